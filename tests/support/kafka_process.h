// A real Kafka for a test program, by scripts/kafka: the tier's (OBM_KAFKA_DIR, started by the ctest fixture), or one
// of its own that the test may kill and bring back. Thread: that of the test. Its end stops a broker of its own and
// removes its data.
#pragma once

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <csignal>
#include <expected>
#include <memory>
#include <sys/types.h>

namespace obm::test {

class KafkaProcess
{
public:
    using Result = std::expected<std::unique_ptr<KafkaProcess>, QString>; // else the reason to skip

    static Result shared()
    {
        const QString dir = qEnvironmentVariable("OBM_KAFKA_DIR");
        if (dir.isEmpty())
            return own();
        std::unique_ptr<KafkaProcess> kafka(new KafkaProcess(dir));
        if (!kafka->readStatus())
            return std::unexpected(QStringLiteral("no Kafka in %1: see the test kafka_start").arg(dir));
        return kafka;
    }

    // options: of scripts/kafka start, such as --secure.
    static Result own(const QStringList& options = {})
    {
        auto folder = std::make_unique<QTemporaryDir>();
        std::unique_ptr<KafkaProcess> kafka(new KafkaProcess(folder->filePath(QStringLiteral("kafka"))));
        kafka->m_folder = std::move(folder);
        kafka->m_options = options;
        if (!kafka->start())
            return std::unexpected(kafka->m_said);
        return kafka;
    }

    ~KafkaProcess()
    {
        if (m_folder)
            run({QStringLiteral("stop")});
    }

    [[nodiscard]] const std::string& servers() const { return m_servers; }
    [[nodiscard]] const std::string& saslServers() const { return m_saslServers; } // of a secure one, like the next
    [[nodiscard]] const std::string& sslServers() const { return m_sslServers; }
    [[nodiscard]] QString certificate(const QString& name) const
    {
        return QStringLiteral("%1/secure/%2.pem").arg(m_dir, name);
    }
    [[nodiscard]] pid_t processId() const { return m_pid; }

    bool start()
    {
        return run(QStringList{QStringLiteral("start")} + m_options) && readStatus();
    } // after kill(): same port, same data
    void kill()
    {
        ::kill(m_pid, SIGKILL);
        m_pid = 0;
    }
    // What is on disk of a topic, batch by batch.
    [[nodiscard]] QString dump(const QString& topic)
    {
        run({QStringLiteral("dump"), topic});
        return m_said;
    }

    // Sends lines KEY<tab>VALUE with Kafka's own Java client.
    [[nodiscard]] bool produce(const QString& topic, const QByteArray& lines)
    {
        return run({QStringLiteral("produce"), topic}, lines);
    }

private:
    explicit KafkaProcess(const QString& dir)
        : m_dir(dir)
    {}

    bool readStatus()
    {
        if (!run({QStringLiteral("status")}))
            return false;
        for (const QString& word : m_said.split(QLatin1Char(' '))) {
            const QString value = word.section(QLatin1Char('='), 1);
            if (word.startsWith(QLatin1String("bootstrap.servers=")))
                m_servers = value.toStdString();
            else if (word.startsWith(QLatin1String("sasl_ssl=")))
                m_saslServers = value.toStdString();
            else if (word.startsWith(QLatin1String("ssl=")))
                m_sslServers = value.toStdString();
            else if (word.startsWith(QLatin1String("pid=")))
                m_pid = value.toInt();
        }
        return m_pid > 0;
    }

    bool run(const QStringList& arguments, const QByteArray& input = {})
    {
        constexpr int limitMs = 300'000; // the first time the jars are fetched
        QProcess script;
        script.setProcessChannelMode(QProcess::MergedChannels);
        script.start(QStringLiteral(OBM_SOURCE_DIR "/scripts/kafka"),
                     arguments + QStringList{QStringLiteral("--dir"), m_dir});
        script.write(input);
        script.closeWriteChannel();
        const bool isDone = script.waitForFinished(limitMs);
        m_said = QString::fromUtf8(script.readAll()).trimmed();
        return isDone && script.exitCode() == 0;
    }

    QString m_dir;
    std::unique_ptr<QTemporaryDir> m_folder; // of a broker of its own
    QString m_said;
    QStringList m_options;
    std::string m_servers;
    std::string m_saslServers;
    std::string m_sslServers;
    pid_t m_pid = 0;
};

} // namespace obm::test

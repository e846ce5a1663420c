// The Kafka between the programs of a site: embedded in one of them, or, where the environment says OBM_KAFKA=real, the
// real one of the tier; there each site has a topic and a group of its own. Thread: that of the test.
#pragma once

#include "support/kafka_process.h"

#include <QCoreApplication>
#include <QStringList>

#include <memory>
#include <string>
#include <utility>

namespace obm::test {

class SiteKafka
{
public:
    static bool isRealWanted() { return qEnvironmentVariable("OBM_KAFKA") == QLatin1String("real"); }

    // For QSKIP: why there is none; empty where there is one.
    static QString whyMissing()
    {
        if (!isRealWanted())
            return {};
        const auto kafka = KafkaProcess::shared();
        return kafka ? QString() : kafka.error();
    }

    SiteKafka()
    {
        if (!isRealWanted())
            return;
        auto kafka = KafkaProcess::shared();
        if (!kafka)
            qFatal("%s", qPrintable(kafka.error()));
        use(std::move(*kafka));
    }

    // A broker of the test's own instead.
    void use(std::shared_ptr<KafkaProcess> kafka)
    {
        static int count = 0;
        m_kafka = std::move(kafka);
        m_name = QStringLiteral("site-%1-%2").arg(QCoreApplication::applicationPid()).arg(++count);
    }

    [[nodiscard]] bool isReal() const { return m_kafka != nullptr; }
    [[nodiscard]] std::string topic() const { return isReal() ? m_name.toStdString() : "orderbook_update"; }
    [[nodiscard]] std::string group() const { return isReal() ? m_name.toStdString() : "ob_consumers"; }

    // For a program's command line. embeddedAt: where an embedded one was found that runs in another program.
    [[nodiscard]] QStringList arguments(const std::string& embeddedAt = "embedded") const
    {
        QStringList arguments = set("bootstrap_servers", isReal() ? m_kafka->servers() : embeddedAt);
        if (isReal())
            arguments += set("topic", topic()) + set("group_id", group());
        return arguments;
    }

private:
    static QStringList set(const char* key, const std::string& value)
    {
        return {QStringLiteral("--set"),
                QStringLiteral("kafka.%1=%2").arg(QLatin1String(key), QString::fromStdString(value))};
    }

    std::shared_ptr<KafkaProcess> m_kafka;
    QString m_name;
};

} // namespace obm::test

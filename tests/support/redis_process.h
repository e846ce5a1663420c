// A private redis-server for a test: unix socket in its own folder, nothing shared with any other instance.
// It can be stopped, started again (empty), frozen and thawed. All waits are for events, with a deadline.
#pragma once

#include "config/config.h"
#include "redis/connection.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <csignal>
#include <sys/prctl.h>

#include <optional>
#include <string>

namespace obm::test {

class RedisProcess
{
public:
    static constexpr int deadlineMs = 10'000;

    explicit RedisProcess(QStringList options = {})
        : m_options(std::move(options))
    {
        start();
    }
    ~RedisProcess() { stop(); }

    void start()
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); }); // a test may crash
        m_process.start(QStringLiteral("redis-server"), QStringList{"--port", "0", "--unixsocket", socketPath(),
                                                                    "--save", "", "--dir", m_folder.path()} +
                                                            m_options);
        QByteArray output;
        while (!output.contains("eady to accept connections") && m_process.waitForReadyRead(deadlineMs))
            output += m_process.readAll();
        if (!output.contains("eady to accept connections"))
            qFatal("redis-server did not start: %s", output.constData());
    }

    void stop()
    {
        m_control.reset();
        if (m_process.state() == QProcess::NotRunning)
            return;
        thaw();
        m_process.kill();
        m_process.waitForFinished(deadlineMs);
        QFile::remove(socketPath());
    }

    void restart()
    {
        stop();
        start();
    }

    void freeze() { signal(SIGSTOP); }
    void thaw() { signal(SIGCONT); }

    [[nodiscard]] QString socketPath() const { return m_folder.filePath(QStringLiteral("redis.sock")); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] std::string url() const { return "unix://" + socketPath().toStdString(); }

    [[nodiscard]] RedisConfig config() const
    {
        RedisConfig config;
        config.url = url();
        return config;
    }

    // Runs a command on a connection of its own; an error reply comes back as a Reply.
    Reply run(const RedisCommand& words)
    {
        if (!m_control || !m_control->isOpen()) {
            auto opened = Connection::open(*redisEndpoint(config()));
            if (!opened)
                qFatal("cannot reach the test's Redis: %s", opened.error().text.c_str());
            m_control = std::move(*opened);
        }
        auto replies = m_control->pipeline(std::span(&words, 1));
        if (!replies)
            qFatal("the test's Redis does not answer: %s", replies.error().text.c_str());
        return replies->front();
    }

    // The text of a reply, or "(nil)".
    std::string text(const RedisCommand& words)
    {
        const Reply reply = run(words);
        return reply.type == Reply::Type::Nil       ? "(nil)"
               : reply.type == Reply::Type::Integer ? std::to_string(reply.integer)
                                                    : reply.text;
    }

private:
    void signal(int number)
    {
        if (m_process.state() == QProcess::Running)
            ::kill(static_cast<pid_t>(m_process.processId()), number);
    }

    QTemporaryDir m_folder;
    QStringList m_options;
    QProcess m_process;
    std::optional<Connection> m_control;
};

} // namespace obm::test

// A private redis-server as a child process, for --demo, --embedded and tests: unix socket only, nothing on disk.
// It listens on ${XDG_RUNTIME_DIR:-/tmp}/obmonitor-UID/redis-PID.sock (PID: this process); beside it lies
// redis-PID.json, by which `obmonitor read` finds it. It ends with this process, also after kill -9; when it dies, it
// is started again. Thread: the main thread only. PR_SET_PDEATHSIG ties the child to the *thread* that forked it.
#pragma once

#include "redis/error.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace obm {

// What is told about a running server to whoever looks for it.
struct EmbeddedAnnouncement
{
    std::string url;
    bool simulated = false; // --demo: the books are made up
    std::vector<std::string> symbols;
};

class EmbeddedServer : public QObject
{
    Q_OBJECT

public:
    static constexpr int startDeadlineMs = 10'000;
    static constexpr int stopDeadlineMs = 2'000;
    static constexpr int restartDelayMs = 500;

    // Returns when it answers PING; the error says in one line what to do.
    [[nodiscard]] static std::expected<std::unique_ptr<EmbeddedServer>, RedisError>
    start(bool simulated, const std::vector<std::string>& symbols);
    ~EmbeddedServer() override;

    [[nodiscard]] std::string url() const; // unix:///...
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }

    // The newest running server; with simulatedOnly the newest running demo.
    [[nodiscard]] static std::optional<EmbeddedAnnouncement> newestRunning(bool simulatedOnly);

Q_SIGNALS:
    void died(const QString& why);
    void restarted();

private:
    explicit EmbeddedServer(QString socketPath);

    std::expected<void, RedisError> launch();
    void onFinished();

    QString m_socketPath;
    QProcess m_process;
    QTimer m_restartTimer;
    bool m_stopping = false;
};

} // namespace obm

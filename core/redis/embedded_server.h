// A private redis-server as a child process, for --demo, --embedded and tests: unix socket only, nothing on disk.
// It listens on ${XDG_RUNTIME_DIR:-/tmp}/obmonitor-UID/redis-PID.sock (PID: this process); beside it lies
// redis-PID.json, by which `obmonitor read` and a viewer find it. It ends with this process, also after kill -9; when
// it dies, it is started again. Thread: the main thread only. PR_SET_PDEATHSIG ties the child to the *thread* that
// forked it.
#pragma once

#include "log/rate_limit.h"
#include "redis/error.h"
#include "redis/runtime_folder.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace obm {

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

    // What else a viewer on this machine looks at; told once it is known.
    void announcePeers(const std::string& kafka, const std::string& metrics);

    [[nodiscard]] std::string url() const; // unix:///...
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }

    // The newest running server; with simulatedOnly the newest running demo.
    [[nodiscard]] static std::optional<EmbeddedAnnouncement> newestRunning(bool simulatedOnly);
    // What is told about the one at this URL, if it is one of this user.
    [[nodiscard]] static std::optional<EmbeddedAnnouncement> runningAt(const std::string& url);

Q_SIGNALS:
    void died(const QString& why);
    void restarted();

private:
    explicit EmbeddedServer(QString socketPath);

    void launch();
    [[nodiscard]] std::expected<void, RedisError> awaitReady();
    [[nodiscard]] RedisError startError() const;
    void onOutput();
    void onEnded(const QString& why);

    QString m_socketPath;
    EmbeddedAnnouncement m_announcement;
    QProcess m_process;
    QTimer m_restartTimer;
    QByteArray m_lastLine; // of its output: says why it would not start
    bool m_isReady = false;
    bool m_isStarted = false; // it was ready once: from then on it is started again when it dies
    bool m_isStopping = false;
    RateLimit m_logLimit;
};

} // namespace obm

#include "redis/embedded_server.h"

#include "config/config_key.h"
#include "redis/connection.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QThread>

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcEmbedded, "obm.redis.embedded")

QStringList argumentsFor(const QString& socketPath)
{
    const QString folder = QFileInfo(socketPath).absolutePath();
    return {QStringLiteral("--port"),
            QStringLiteral("0"),
            QStringLiteral("--unixsocket"),
            socketPath,
            QStringLiteral("--unixsocketperm"),
            QStringLiteral("600"),
            QStringLiteral("--save"),
            QString(),
            QStringLiteral("--appendonly"),
            QStringLiteral("no"),
            QStringLiteral("--dir"),
            folder,
            QStringLiteral("--maxmemory"),
            QStringLiteral("512mb"),
            QStringLiteral("--loglevel"),
            QStringLiteral("notice"),
            QStringLiteral("--daemonize"),
            QStringLiteral("no")};
}

// Without the configuration: a variable of it may hold a secret, and a child shows its environment to whoever looks.
QProcessEnvironment childEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys())
        if (name.startsWith(QLatin1StringView(variablePrefix)))
            environment.remove(name);
    return environment;
}

// Runs in the child between fork and exec: async-signal-safe calls only.
void tieToParent(pid_t parent)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) // it died before the line above
        ::_exit(1);
    ::setpgid(0, 0); // Ctrl-C in the terminal is for the parent, which still has status keys to delete
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

} // namespace

EmbeddedServer::EmbeddedServer(QString socketPath)
    : m_socketPath(std::move(socketPath))
{
    m_process.setProcessEnvironment(childEnvironment());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setChildProcessModifier([parent = ::getpid()] { tieToParent(parent); });
    m_restartTimer.setSingleShot(true);
    m_restartTimer.setInterval(restartDelayMs);
    connect(&m_restartTimer, &QTimer::timeout, this, &EmbeddedServer::launch);
    connect(&m_process, &QProcess::readyRead, this, &EmbeddedServer::onOutput);
    connect(&m_process, &QProcess::finished, this, [this](int exitCode, QProcess::ExitStatus status) {
        onEnded(status == QProcess::CrashExit ? QStringLiteral("it was killed")
                                              : QStringLiteral("exit code %1").arg(exitCode));
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            onEnded(m_process.errorString());
    });
}

EmbeddedServer::~EmbeddedServer()
{
    m_isStopping = true;
    m_process.terminate();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(stopDeadlineMs)) {
        qCWarning(lcEmbedded) << "redis-server did not end within" << stopDeadlineMs << "ms: killed";
        m_process.kill();
        m_process.waitForFinished(stopDeadlineMs);
    }
    QFile::remove(announcementPathOf(m_socketPath));
    QFile::remove(m_socketPath);
}

std::expected<std::unique_ptr<EmbeddedServer>, RedisError>
EmbeddedServer::start(bool simulated, const std::vector<std::string>& symbols)
{
    Q_ASSERT(QThread::currentThread() == QCoreApplication::instance()->thread());
    const QString folder = runtimeFolder();
    if (auto prepared = prepareRuntimeFolder(folder); !prepared)
        return std::unexpected(prepared.error());
    removeStaleSockets(folder);
    const QString socketPath = QStringLiteral("%1/redis-%2.sock").arg(folder).arg(::getpid());
    std::unique_ptr<EmbeddedServer> server(new EmbeddedServer(socketPath));
    server->launch();
    if (auto ready = server->awaitReady(); !ready)
        return std::unexpected(ready.error());
    server->m_announcement.url = server->url();
    server->m_announcement.simulated = simulated;
    server->m_announcement.symbols = symbols;
    if (!announce(socketPath, server->m_announcement))
        return std::unexpected(RedisError{RedisErrorKind::Other, folder.toStdString() + ": cannot be written to"});
    return server;
}

void EmbeddedServer::announcePeers(const std::string& kafka, const std::string& metrics)
{
    m_announcement.kafka = kafka;
    m_announcement.metrics = metrics;
    if (!announce(m_socketPath, m_announcement))
        qCWarning(lcEmbedded).noquote() << announcementPathOf(m_socketPath) << "cannot be written to";
}

std::string EmbeddedServer::url() const
{
    return "unix://" + m_socketPath.toStdString();
}

std::optional<EmbeddedAnnouncement> EmbeddedServer::newestRunning(bool simulatedOnly)
{
    return newestAnnounced(runtimeFolder(), simulatedOnly);
}

std::optional<EmbeddedAnnouncement> EmbeddedServer::runningAt(const std::string& url)
{
    return announcedAt(runtimeFolder(), url);
}

void EmbeddedServer::launch()
{
    m_isReady = false;
    m_lastLine.clear();
    m_process.start(QStringLiteral("redis-server"), argumentsFor(m_socketPath), QIODevice::ReadOnly);
}

std::expected<void, RedisError> EmbeddedServer::awaitReady()
{
    QDeadlineTimer deadline(startDeadlineMs);
    while (!m_isReady && m_process.state() != QProcess::NotRunning && !deadline.hasExpired())
        m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()));
    if (!m_isReady)
        return std::unexpected(startError());
    RedisConfig config;
    config.url = url();
    const auto endpoint = redisEndpoint(config);
    if (!endpoint)
        return std::unexpected(endpoint.error());
    auto connection = Connection::open(*endpoint);
    if (!connection)
        return std::unexpected(connection.error());
    if (auto pong = connection->command({"PING"}); !pong)
        return std::unexpected(pong.error());
    m_isStarted = true;
    return {};
}

RedisError EmbeddedServer::startError() const
{
    if (m_process.error() == QProcess::FailedToStart)
        return {RedisErrorKind::Other, "redis-server cannot be started: install it (Debian and Ubuntu: apt install "
                                       "redis-server), or name a running Redis in redis.url"};
    if (m_process.state() == QProcess::NotRunning)
        return {RedisErrorKind::Other, "redis-server ended at once: " + m_lastLine.toStdString()};
    return {RedisErrorKind::Timeout, "redis-server was not ready within " + std::to_string(startDeadlineMs) + " ms"};
}

// Also keeps its pipe empty: a full one would block the server.
void EmbeddedServer::onOutput()
{
    while (m_process.canReadLine()) {
        m_lastLine = m_process.readLine().trimmed();
        if (m_isReady || !m_lastLine.toLower().contains("ready to accept connections"))
            continue;
        m_isReady = true;
        if (m_isStarted)
            Q_EMIT restarted();
    }
}

void EmbeddedServer::onEnded(const QString& why)
{
    if (m_isStopping || !m_isStarted)
        return;
    if (m_logLimit.allow(QDeadlineTimer::current().deadline()))
        qCWarning(lcEmbedded).noquote() << "the embedded redis-server ended (" + why + "): it is started again, empty"
                                        << QString::fromStdString(m_logLimit.suppressedNote());
    m_restartTimer.start();
    Q_EMIT died(why);
}

} // namespace obm

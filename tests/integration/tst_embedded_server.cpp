// The private redis-server: where it lives, how it ends, and that it ends with the process that keeps it.
#include "redis/embedded_server.h"

#include "redis/connection.h"
#include "support/await.h"
#include "support/std_string.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace obm;

namespace {

constexpr int deadlineMs = 20'000;
constexpr const char* keepServer = "--keep-server"; // this program as the process that keeps a server

bool answers(const std::string& url)
{
    RedisConfig config;
    config.url = url;
    auto connection = Connection::open(*redisEndpoint(config));
    return connection && connection->command({"PING"});
}

// A process that ended but was not waited for has no command line any more.
bool isRunning(qint64 processId)
{
    QFile file(QStringLiteral("/proc/%1/cmdline").arg(processId));
    return file.open(QIODevice::ReadOnly) && !file.readAll().isEmpty();
}

} // namespace

class tst_EmbeddedServer : public QObject
{
    Q_OBJECT

    [[nodiscard]] QString folder() const { return m_runtime->filePath(QStringLiteral("obmonitor-%1").arg(::getuid())); }

    std::unique_ptr<QTemporaryDir> m_runtime;

private Q_SLOTS:
    void init()
    {
        m_runtime = std::make_unique<QTemporaryDir>();
        qputenv("XDG_RUNTIME_DIR", m_runtime->path().toUtf8());
    }
    void cleanup() { m_runtime.reset(); }

    void answersOnItsSocketAlone();
    void leavesNothingBehind();
    void isFoundByWhatItIs();
    void isStartedAgainWhenItDies();
    void endsWithAKilledParent();
    void removesWhatTheDeadLeft();
    void narrowsAnOpenFolder();
    void refusesAFolderThatIsNone();
    void saysWhatIsMissing();
};

void tst_EmbeddedServer::answersOnItsSocketAlone()
{
    const auto server = EmbeddedServer::start(false, {});
    QVERIFY2(server, server ? "" : server.error().text.c_str());
    const std::string url = (*server)->url();
    QCOMPARE(url, QStringLiteral("unix://%1/redis-%2.sock").arg(folder()).arg(::getpid()).toStdString());
    QCOMPARE(QFile::permissions(folder()) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                                             QFile::WriteOther | QFile::ExeOther),
             QFile::Permissions());
    RedisConfig config;
    config.url = url;
    auto connection = Connection::open(*redisEndpoint(config));
    QVERIFY(connection);
    QCOMPARE(connection->command({"CONFIG", "GET", "port"})->items[1].text, std::string("0"));
    QCOMPARE(connection->command({"CONFIG", "GET", "save"})->items[1].text, std::string());
    QCOMPARE(connection->command({"CONFIG", "GET", "appendonly"})->items[1].text, std::string("no"));
}

void tst_EmbeddedServer::leavesNothingBehind()
{
    qint64 processId = 0;
    {
        const auto server = EmbeddedServer::start(true, {"BTCUSDT"});
        QVERIFY(server);
        processId = (*server)->processId();
        QVERIFY(isRunning(processId));
    }
    QVERIFY(!isRunning(processId));
    QCOMPARE(QDir(folder()).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot), QStringList());
}

void tst_EmbeddedServer::isFoundByWhatItIs()
{
    QVERIFY(!EmbeddedServer::newestRunning(false));
    {
        const auto live = EmbeddedServer::start(false, {"BTCUSDT"});
        QVERIFY(live);
        QVERIFY(!EmbeddedServer::newestRunning(true));
        QVERIFY(EmbeddedServer::newestRunning(false));
        QVERIFY(!EmbeddedServer::newestRunning(false)->simulated);
    }
    const auto demo = EmbeddedServer::start(true, {"BTCUSDT", "ETHUSDT"});
    QVERIFY(demo);
    const auto found = EmbeddedServer::newestRunning(true);
    QVERIFY(found);
    QCOMPARE(found->url, (*demo)->url());
    QVERIFY(found->simulated);
    QCOMPARE(found->symbols, (std::vector<std::string>{"BTCUSDT", "ETHUSDT"}));
    QCOMPARE(found->kafka, std::string());
    (*demo)->announcePeers("127.0.0.1:9092", "http://127.0.0.1:9464/metrics");
    const auto told = EmbeddedServer::newestRunning(true);
    QVERIFY(told);
    QCOMPARE(told->url, (*demo)->url());
    QCOMPARE(told->kafka, std::string("127.0.0.1:9092"));
    QVERIFY(EmbeddedServer::runningAt((*demo)->url())->simulated);
    QVERIFY(!EmbeddedServer::runningAt("unix:///nowhere"));
    QCOMPARE(told->metrics, std::string("http://127.0.0.1:9464/metrics"));
}

void tst_EmbeddedServer::isStartedAgainWhenItDies()
{
    const auto server = EmbeddedServer::start(false, {});
    QVERIFY(server);
    QSignalSpy died(server->get(), &EmbeddedServer::died);
    QSignalSpy restarted(server->get(), &EmbeddedServer::restarted);
    const qint64 first = (*server)->processId();
    ::kill(static_cast<pid_t>(first), SIGKILL);
    QVERIFY(restarted.wait(deadlineMs));
    QCOMPARE(died.size(), 1);
    QVERIFY((*server)->processId() != first);
    QVERIFY(answers((*server)->url()));
    QVERIFY(EmbeddedServer::newestRunning(false));
}

void tst_EmbeddedServer::endsWithAKilledParent()
{
    QProcess parent;
    parent.start(QCoreApplication::applicationFilePath(), {keepServer});
    while (!parent.canReadLine() && parent.waitForReadyRead(deadlineMs)) {
    }
    const qint64 child = parent.readLine().trimmed().toLongLong();
    QVERIFY(child > 0);
    QVERIFY(isRunning(child));
    parent.kill();
    QVERIFY(parent.waitForFinished(deadlineMs));
    AWAIT_WITHIN(!isRunning(child), deadlineMs);
    AWAIT_WITHIN(!EmbeddedServer::newestRunning(false), deadlineMs); // its socket closes a little later
}

void tst_EmbeddedServer::removesWhatTheDeadLeft()
{
    endsWithAKilledParent();
    const QDir::Filters filters = QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot;
    QVERIFY(!QDir(folder()).entryList(filters).isEmpty());
    const auto server = EmbeddedServer::start(false, {});
    QVERIFY(server);
    const QString mine = QStringLiteral("redis-%1").arg(::getpid());
    QCOMPARE(QDir(folder()).entryList(filters, QDir::Name), (QStringList{mine + ".json", mine + ".sock"}));
}

void tst_EmbeddedServer::narrowsAnOpenFolder()
{
    QVERIFY(QDir().mkpath(folder()));
    QVERIFY(QFile::setPermissions(folder(), QFile::Permissions(0x7777)));
    QVERIFY(EmbeddedServer::start(false, {}));
    QVERIFY(!QFile::permissions(folder()).testFlag(QFile::ReadOther));
}

void tst_EmbeddedServer::refusesAFolderThatIsNone()
{
    QVERIFY(QFile::link(m_runtime->path(), folder()));
    const auto server = EmbeddedServer::start(false, {});
    QVERIFY(!server);
    QVERIFY2(server.error().text.contains("is not a folder"), server.error().text.c_str());
}

void tst_EmbeddedServer::saysWhatIsMissing()
{
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", "/nowhere");
    const auto server = EmbeddedServer::start(false, {});
    qputenv("PATH", path);
    QVERIFY(!server);
    QVERIFY2(server.error().text.contains("apt install redis-server"), server.error().text.c_str());
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc > 1 && std::string_view(argv[1]) == keepServer) {
        const auto server = EmbeddedServer::start(false, {});
        if (!server)
            return 1;
        std::printf("%lld\n", static_cast<long long>((*server)->processId()));
        std::fflush(stdout);
        return application.exec();
    }
    tst_EmbeddedServer test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_embedded_server.moc"

// The program as a process: how it begins, what it answers, and how it ends, with which code.
#include "redis/connection.h"
#include "support/await.h"
#include "support/exchange_client.h"
#include "support/program.h"
#include "support/site.h"

#include <QSysInfo>
#include <QTcpServer>
#include <QTest>

#include <csignal>

using namespace obm::test;

namespace {

const QString headless = QStringLiteral("--headless");
const QString set = QStringLiteral("--set");
const QStringList demo{headless, QStringLiteral("--demo")};
const QStringList symbols{QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT"), QStringLiteral("S0003USDT")};

} // namespace

class tst_Lifecycle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsSignsOfLife();
    void endsInOrderOnASignal_data();
    void endsInOrderOnASignal();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
    void namesAMetricsAddressThatIsTaken();
    void aViewerFindsTheNewestDemo();
    void demoNeedsNothingElse();
    void namesASymbolThatTheExchangeDoesNotKnow();
    void refusesBooksOfAnotherExchange();
};

// Books stay; what says that somebody keeps them goes unless it is renewed.
void tst_Lifecycle::showsSignsOfLife()
{
    Site site(symbols, {QStringLiteral("--symbols"), symbols.join(QLatin1Char(','))});
    const qint64 pid = site.runAll().processId();
    QVERIFY(site.awaitAllLive());
    const auto lifeMs = [&](const std::string& key) { return std::stoi(site.watch.value({"PTTL", key})); };
    const auto statuses = site.watch.statuses();
    for (const QString& symbol : symbols) {
        const int statusMs = lifeMs("orderbook:" + symbol.toStdString() + ":status");
        QVERIFY2(statusMs > 0 && statusMs <= 5'000, qPrintable(QString::number(statusMs)));
        const QString epoch =
            QString::fromStdString(site.watch.value({"HGET", "obmonitor:epoch", symbol.toStdString()}));
        QCOMPARE(statuses[symbol].value(QLatin1String("owner")).toString(),
                 QStringLiteral("%1:%2:%3").arg(QSysInfo::machineHostName()).arg(pid).arg(epoch));
        AWAIT_EQUAL(lifeMs("orderbook:" + symbol.toStdString() + ":latest"), -1);
    }
    QCOMPARE(lifeMs("LIVE_ORDERBOOK"), -1);
    QCOMPARE(site.watch.value({"GET", "obmonitor:source"}), site.exchange.restUrl().toString().toStdString());
}

void tst_Lifecycle::endsInOrderOnASignal_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

// An interval so long that the last state is still to be written.
void tst_Lifecycle::endsInOrderOnASignal()
{
    QFETCH(int, signal);
    Site site(symbols, {QStringLiteral("--symbols"), symbols.join(QLatin1Char(','))});
    Program& program = site.runAll(
        {set, QStringLiteral("redis.live_interval_ms=60000"), set, QStringLiteral("redis.full_interval_ms=60000")});
    QVERIFY(site.awaitAllLive());
    const auto written = site.watch.lastIds();
    const auto appliedId = [&](const QString& symbol) {
        return site.watch.statuses()[symbol].value(QLatin1String("u")).toInteger();
    };
    AWAIT_WITHIN(appliedId(symbols[0]) > written[symbols[0]], Site::limitMs);
    const qint64 applied = appliedId(symbols[0]);

    program.signal(signal);
    QVERIFY2(program.awaitExit() == 0, qPrintable(program.err()));
    QVERIFY(site.watch.lastIds()[symbols[0]] >= applied);
    QCOMPARE((*site.watch.full(symbols[0]))[QLatin1String("lastUpdateId")].toInteger(),
             site.watch.lastIds()[symbols[0]]);
    QCOMPARE(site.watch.statuses().size(), 0);
    QCOMPARE(site.fault(), QString());
}

void tst_Lifecycle::refusesWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("named"); // in the one line that it says
    const auto row = [](const char* name, const QStringList& arguments, int exitCode, const char* named) {
        QTest::newRow(name) << arguments << exitCode << QString::fromLatin1(named);
    };
    const auto key = [](const char* assignment) { return QStringList{headless, set, QString::fromLatin1(assignment)}; };
    row("unknown option", {QStringLiteral("--nonsense")}, 2, "--nonsense");
    row("unknown key", key("redis.nonsense=1"), 2, "redis.nonsense");
    row("wrong type", key("redis.live_interval_ms=soon"), 2, "redis.live_interval_ms");
    row("out of range", key("exchange.weight_per_minute=1"), 2, "exchange.weight_per_minute");
    row("secret on the command line", key("redis.password=x"), 2, "redis.password");
    row("half local", key("exchange.ws_url=local"), 2, "rest_url");
    row("librdkafka's own check", key("kafka.properties.nonsense=1"), 2, "nonsense");
    row("viewer without a display", {headless, QStringLiteral("--role"), QStringLiteral("viewer")}, 2, "viewer");
    row("viewer of a demo without a display",
        {headless, QStringLiteral("--demo"), QStringLiteral("--role"), QStringLiteral("viewer")}, 2, "viewer");
    row("no such file", {headless, QStringLiteral("--config"), QStringLiteral("/nowhere/obmonitor.toml")}, 2,
        "/nowhere/obmonitor.toml");
    row("no display", {QStringLiteral("--demo")}, 1, "--headless");
    row("no such recording", {QStringLiteral("exchange"), QStringLiteral("--recording"), QStringLiteral("/nowhere")}, 1,
        "/nowhere");
    row("read of nothing", {QStringLiteral("read")}, 2, "symbol");
    row("read without a demo", {QStringLiteral("read"), QStringLiteral("--demo"), QStringLiteral("BTCUSDT")}, 1,
        "demo");
}

void tst_Lifecycle::refusesWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QFETCH(QString, named);
    Program program(QStringLiteral("wrong"), arguments,
                    {{QStringLiteral("DISPLAY"), QString()},
                     {QStringLiteral("WAYLAND_DISPLAY"), QString()},
                     {QStringLiteral("QT_QPA_PLATFORM"), QString()}});
    const std::optional<int> code = program.awaitExit();
    QVERIFY2(code == exitCode, qPrintable(program.err()));
    QVERIFY2(program.err().contains(named), qPrintable(program.err()));
    QCOMPARE(program.err().count(QLatin1Char('\n')), 1);
    QCOMPARE(program.out(), QString());
}

void tst_Lifecycle::namesAMetricsAddressThatIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString address = QStringLiteral("127.0.0.1:%1").arg(other.serverPort());
    Program program(QStringLiteral("demo"), demo + QStringList{set, QStringLiteral("metrics.listen=") + address});
    const std::optional<int> code = program.awaitExit();
    QVERIFY2(code == 1, qPrintable(program.err()));
    QVERIFY2(program.err().contains(address), qPrintable(program.err()));
}

void tst_Lifecycle::aViewerFindsTheNewestDemo()
{
    QTemporaryDir runtime;
    Program::Variables here = Program::inRuntimeFolder(runtime.path());
    here[QStringLiteral("QT_QPA_PLATFORM")] = QStringLiteral("offscreen");
    const QStringList viewer{QStringLiteral("--demo"), QStringLiteral("--role"), QStringLiteral("viewer")};
    {
        Program alone(QStringLiteral("alone"), viewer, here);
        QCOMPARE(alone.awaitExit().value_or(-1), 1);
        if (alone.err().contains(QStringLiteral("no window")))
            QSKIP("built without a window");
        QCOMPARE(alone.err(), QStringLiteral("obmonitor: no demo runs on this machine as this user; redis.url names "
                                             "another\n"));
    }
    Program program(QStringLiteral("demo"), demo, here);
    const QString metrics = program.await(QStringLiteral("SIMULATED metrics (\\S+)")).captured(1);
    QVERIFY(!metrics.isEmpty());
    const QString kafka = program.await(QStringLiteral("SIMULATED kafka (\\S+)")).captured(1);
    const QString redis = program.await(QStringLiteral("SIMULATED redis (\\S+)")).captured(1);
    Program window(QStringLiteral("viewer"), viewer, here);
    QCOMPARE(window.await(QStringLiteral("SIMULATED viewer of (\\S+)")).captured(1), redis);
    QCOMPARE(window.await(QStringLiteral("SIMULATED kafka (\\S+)")).captured(1), kafka);
    QCOMPARE(window.await(QStringLiteral("SIMULATED metrics (\\S+)")).captured(1), metrics);
    QCOMPARE(window.stop().value_or(-1), 0);
    QVERIFY(program.isRunning());
    QCOMPARE(program.stop().value_or(-1), 0);
}

void tst_Lifecycle::demoNeedsNothingElse()
{
    QTemporaryDir runtime;
    const Program::Variables here = Program::inRuntimeFolder(runtime.path());
    Program program(QStringLiteral("demo"), demo, here);
    QVERIFY(program.await(QStringLiteral("^SIMULATED exchange ws_url=ws://127.0.0.1:\\d+/public/stream rest_url="))
                .hasMatch());
    QVERIFY(program.await(QStringLiteral("^SIMULATED kafka 127.0.0.1:\\d+ ")).hasMatch());
    const QString redisUrl = program.await(QStringLiteral("^SIMULATED redis (unix://\\S+)")).captured(1);
    QVERIFY(redisUrl.contains(runtime.path()));
    RestClient metrics(
        QUrl(program.await(QStringLiteral("^SIMULATED metrics (http://127.0.0.1:\\d+)/metrics")).captured(1)));
    AWAIT_WITHIN(metrics.get(QStringLiteral("/metrics"))
                     .body.contains("obmonitor_book_state{symbol=\"ETHUSDT\",state=\"live\"} 1"),
                 Site::limitMs);
    AWAIT_EQUAL_WITHIN(metrics.get(QStringLiteral("/readyz")).status, 200, Site::limitMs);
    QCOMPARE(metrics.get(QStringLiteral("/healthz")).status, 200);
    QVERIFY(metrics.get(QStringLiteral("/metrics")).body.contains("obmonitor_latency_seconds_bucket{hop=\"redis\""));
    QCOMPARE(metrics.get(QStringLiteral("/nothing")).status, 404);

    const auto read = [&](const QString& symbol) {
        return std::make_unique<Program>(QStringLiteral("read"),
                                         QStringList{QStringLiteral("read"), QStringLiteral("--demo"), symbol,
                                                     QStringLiteral("--count"), QStringLiteral("1")},
                                         here);
    };
    const auto known = read(QStringLiteral("ethusdt"));
    QVERIFY(known->awaitExit() == 0);
    QVERIFY2(known->out().startsWith(QLatin1String("ETHUSDT  SIMULATED")), qPrintable(known->out()));
    const auto unknown = read(QStringLiteral("NOPEUSDT"));
    QVERIFY(unknown->awaitExit() == 1);
    QVERIFY2(unknown->err().contains(QLatin1String("NOPEUSDT is not in")), qPrintable(unknown->err()));

    obm::RedisConfig redis;
    redis.url = redisUrl.toStdString();
    const auto answers = [&] { return obm::Connection::open(*obm::redisEndpoint(redis)).has_value(); };
    QVERIFY(answers());
    program.kill();
    AWAIT(!answers()); // the child ends with its parent
}

void tst_Lifecycle::namesASymbolThatTheExchangeDoesNotKnow()
{
    Site site(symbols, {QStringLiteral("--symbols"), symbols.mid(0, 2).join(QLatin1Char(','))});
    Program& program = site.runAll();
    QVERIFY(program.await(QStringLiteral("S0003USDT is rejected")).hasMatch());
    const auto state = [&](int i) {
        return site.watch.statuses()[symbols[i]].value(QLatin1String("state")).toString();
    };
    AWAIT_EQUAL_WITHIN(state(2), QStringLiteral("rejected"), Site::limitMs);
    AWAIT_EQUAL_WITHIN(state(0), QStringLiteral("live"), Site::limitMs);
    AWAIT_EQUAL_WITHIN(state(1), QStringLiteral("live"), Site::limitMs);
    AWAIT_EQUAL_WITHIN(site.get(QStringLiteral("/readyz")).status, 200, Site::limitMs);
    QVERIFY(!site.watch.lastIds().contains(symbols[2]));
    QCOMPARE(site.fault(), QString());
}

void tst_Lifecycle::refusesBooksOfAnotherExchange()
{
    const QString other = QStringLiteral("https://fapi.example.org");
    Site site(symbols, {QStringLiteral("--symbols"), symbols.join(QLatin1Char(','))});
    site.redis.run({"SET", "obmonitor:source", other.toStdString()});
    site.redis.run({"HSET", "LIVE_ORDERBOOK", "BTCUSDT", R"({"s":"BTCUSDT","b":[],"a":[],"u":9000000000000000})"});
    site.watch.pause();
    Program& refused = site.runAll();
    QVERIFY(refused.await(QRegularExpression::escape(other)).hasMatch());
    AWAIT_EQUAL_WITHIN(site.metric(QStringLiteral("obmonitor_book_state"), QStringLiteral("\"live\"")), 3.0,
                       Site::limitMs);
    QCOMPARE(site.watch.lastIds().size(), 1);
    QCOMPARE(site.get(QStringLiteral("/readyz")).status, 503);

    site.runAll({QStringLiteral("--take-over")});
    QVERIFY(site.awaitAllLive());
    site.watch.onRedisEmptied();
    site.watch.resume();
    QVERIFY(site.awaitCaughtUp());
    QCOMPARE(site.fault(), QString());
}

QTEST_GUILESS_MAIN(tst_Lifecycle)
#include "tst_lifecycle.moc"

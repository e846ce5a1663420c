// The conditions of the stages and their words: each case breaks one thing of a healthy process.
#include "monitor/monitor.h"
#include "support/make_status.h"
#include "support/std_string.h"

#include <QtTest>

using namespace obm;
using namespace obm::test;

namespace {

using Break = void (*)(StageStatuses&);

constexpr std::int64_t epochNow = 1'700'000'000'000;

StageStatuses healthy()
{
    StageStatuses statuses;
    statuses.feed.producer.delivered = 10;
    statuses.feed.stream.counters.messages = 10;
    statuses.book.consumer.messages = 10;
    statuses.book.consumer.memberState = "steady";
    statuses.store.redis.writes[0].written = 10;
    return statuses;
}

BookRow broken(const std::string& symbol, SyncState state, SyncReason reason, std::int64_t forMs)
{
    BookRow row = bookRow(symbol, state);
    row.reason = state == SyncState::Bridging ? SyncReason::SnapshotLoaded : reason;
    row.stateForMs = forMs;
    row.counters.resyncs = 1;
    row.lastResync = SyncTransition{.reason = reason};
    return row;
}

std::vector<BookRow> liveRows(int count)
{
    std::vector<BookRow> rows;
    for (int i = 0; i < count; ++i)
        rows.push_back(bookRow("S" + std::to_string(i), SyncState::Live));
    return rows;
}

struct Case
{
    const char* name;
    Break change;
    Stage stage;
    Condition condition;
    const char* words;
};

const Case cases[] = {
    {"exchange delivers", [](StageStatuses&) {}, Stage::Exchange, Condition::Good, "the connection delivers"},
    {"kafka in delivers", [](StageStatuses&) {}, Stage::KafkaIn, Condition::Good, "delivers, 0 in flight"},
    {"kafka out", [](StageStatuses&) {}, Stage::KafkaOut, Condition::Good, "1 partition"},
    {"books", [](StageStatuses&) {}, Stage::Books, Condition::Good, "1 of 1 live"},
    {"redis", [](StageStatuses&) {}, Stage::Redis, Condition::Good, "writes"},
    {"no list of symbols yet", [](StageStatuses& s) { s.feed.stream.connections.clear(); }, Stage::Exchange,
     Condition::Starting, "waiting for the list of symbols"},
    {"no list of symbols",
     [](StageStatuses& s) {
         s.feed.stream.connections.clear();
         s.book.exchangeInfo.lastError = "connection refused";
     },
     Stage::Exchange, Condition::Bad, "no list of symbols: connection refused"},
    {"the only connection is down",
     [](StageStatuses& s) {
         StreamConnectionStatus& connection = s.feed.stream.connections[0];
         connection.state = StreamState::Waiting;
         connection.stateSinceMs = epochNow - 12'000;
         connection.lastError = "connection refused";
     },
     Stage::Exchange, Condition::Bad, "0 of 1 connections deliver; connection 1 waiting for 12 s: connection refused"},
    {"one of two connections",
     [](StageStatuses& s) {
         s.feed.stream.connections.push_back({.number = 2, .state = StreamState::Connecting, .lastError = {}});
     },
     Stage::Exchange, Condition::Degraded, "1 of 2 connections deliver; connection 2 connecting"},
    {"the first connection comes up",
     [](StageStatuses& s) {
         s.feed.stream.counters.messages = 0;
         s.feed.stream.connections[0].state = StreamState::Subscribing;
     },
     Stage::Exchange, Condition::Starting, "connection 1 subscribing"},
    {"silent symbols",
     [](StageStatuses& s) {
         s.feed.stream.symbols = {{.symbol = "BTCUSDT", .refusal = {}},
                                  {.symbol = "XRPUSDT", .silent = true, .refusal = {}}};
     },
     Stage::Exchange, Condition::Degraded, "XRPUSDT is silent"},
    {"stuck", [](StageStatuses& s) { s.feed.takenMs = takenMs - 7'000; }, Stage::Exchange, Condition::Bad,
     "obm-feed is stuck for 7 s"},
    {"no broker",
     [](StageStatuses& s) {
         s.feed.producer.broker = {BrokerState::Away, epochNow - 3'000, 1};
         s.feed.producer.lastError = KafkaError{.name = "_TRANSPORT", .text = "connection refused"};
     },
     Stage::KafkaIn, Condition::Bad, "no broker for 3 s: connection refused"},
    {"topic missing",
     [](StageStatuses& s) {
         s.feed.producer.topic = TopicReport{.state = TopicState::Missing, .retentionMs = {}, .error = {}};
     },
     Stage::KafkaIn, Condition::Bad, "the topic is missing"},
    {"joining",
     [](StageStatuses& s) {
         s.book.consumer.partitions.clear();
         s.book.consumer.memberState = "wait-sync";
     },
     Stage::KafkaOut, Condition::Starting, "joining the group (wait-sync)"},
    {"no partition", [](StageStatuses& s) { s.book.consumer.partitions.clear(); }, Stage::KafkaOut, Condition::Good,
     "other members have all partitions"},
    {"behind", [](StageStatuses& s) { s.book.consumer.partitions[0].lagMs = 9'000; }, Stage::KafkaOut,
     Condition::Degraded, "7 messages behind, 9 s"},
    {"one symbol in 600",
     [](StageStatuses& s) {
         s.book.set.books = liveRows(599);
         s.book.set.books.push_back(broken("XRPUSDT", SyncState::Buffering, SyncReason::Gap, 3'200));
     },
     Stage::Books, Condition::Degraded, "599 of 600 live; XRPUSDT buffering: gap, 3 s"},
    {"the cause outlives the snapshot",
     [](StageStatuses& s) {
         s.book.set.books.push_back(broken("XRPUSDT", SyncState::Bridging, SyncReason::Crossed, 400));
     },
     Stage::Books, Condition::Degraded, "1 of 2 live; XRPUSDT bridging: crossed, 0.4 s"},
    {"many in trouble, the longest first",
     [](StageStatuses& s) {
         for (int i = 1; i <= 5; ++i)
             s.book.set.books.push_back(
                 broken("T" + std::to_string(i), SyncState::Buffering, SyncReason::Gap, i * 1'000));
     },
     Stage::Books, Condition::Degraded,
     "1 of 6 live; T5 buffering: gap, 5 s; T4 buffering: gap, 4 s; T3 buffering: gap, 3 s; 2 more"},
    {"rejected",
     [](StageStatuses& s) {
         BookRow rejected = bookRow("NOSUCH", SyncState::Rejected, std::nullopt);
         rejected.reason = SyncReason::UnknownSymbol;
         rejected.stateForMs = 60'000;
         s.book.set.books.push_back(rejected);
     },
     Stage::Books, Condition::Degraded, "NOSUCH rejected: unknown symbol, 1 min 0 s"},
    {"first synchronisation",
     [](StageStatuses& s) {
         BookRow begins = bookRow("ETHUSDT", SyncState::Buffering);
         begins.reason = SyncReason::FirstEvent;
         s.book.set.books.push_back(begins);
         s.book.snapshotPlaces["ETHUSDT"] = {.ahead = 12, .inFlight = false, .secondsToGo = 34};
     },
     Stage::Books, Condition::Starting,
     "1 of 2 live, 1 synchronising for the first time (last snapshot in about 34 s)"},
    {"snapshots fail",
     [](StageStatuses& s) {
         s.book.set.books[0] = bookRow("BTCUSDT", SyncState::Buffering);
         s.book.set.books[0].reason = SyncReason::FirstEvent;
         s.book.snapshots.queued = 1;
         s.book.snapshots.outage = true;
         s.book.snapshots.lastError = "BTCUSDT: unreachable, connection refused";
     },
     Stage::Books, Condition::Bad, "snapshots fail: BTCUSDT: unreachable, connection refused"},
    {"the exchange blocks",
     [](StageStatuses& s) {
         s.book.set.books.push_back(broken("XRPUSDT", SyncState::Buffering, SyncReason::Gap, 3'200));
         s.book.snapshots.queued = 1;
         s.book.snapshots.blockedUntilMs = epochNow + 30'000;
         s.book.snapshots.lastError = "XRPUSDT: rate limited, 429";
     },
     Stage::Books, Condition::Degraded, "the exchange allows no snapshot for 30 s: XRPUSDT: rate limited, 429"},
    {"silent market", [](StageStatuses& s) { s.book.set.books[0].eventAgeMs = 90'000; }, Stage::Books, Condition::Good,
     "1 of 1 live, 1 of them silent"},
    {"no book here", [](StageStatuses& s) { s.book.set.books.clear(); }, Stage::Books, Condition::Starting,
     "no symbol on these partitions yet"},
    {"redis away",
     [](StageStatuses& s) {
         s.store.redis.error = RedisError{RedisErrorKind::Away, "connection refused"};
         s.store.redis.errorSinceMs = takenMs - 4'000;
     },
     Stage::Redis, Condition::Bad, "away for 4 s: connection refused"},
    {"redis connecting", [](StageStatuses& s) { s.store.redis.connected = false; }, Stage::Redis, Condition::Starting,
     "connecting"},
};

const StageRow& rowOf(const Monitor& monitor, Stage stage)
{
    return monitor.stages()[static_cast<std::size_t>(stage)];
}

} // namespace

Q_DECLARE_METATYPE(obm::Stage)
Q_DECLARE_METATYPE(obm::Condition)

class TestMonitorStages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsCondition_data();
    void tellsCondition();
    void saysWhyARoleHasNoStage_data();
    void saysWhyARoleHasNoStage();
    void startsWithoutAnything();
    void keepsSinceWhileTheConditionHolds();
    void measuresTheLastSeconds();
    void tellsThatABookIsLiveAgain();
    void countsDownFromTheBeginningOfTheTrouble();
    void explainsEveryBlank();
};

void TestMonitorStages::tellsCondition_data()
{
    QTest::addColumn<Break>("change");
    QTest::addColumn<Stage>("stage");
    QTest::addColumn<Condition>("condition");
    QTest::addColumn<std::string>("words");
    for (const Case& one : cases)
        QTest::newRow(one.name) << one.change << one.stage << one.condition << std::string(one.words);
}

void TestMonitorStages::tellsCondition()
{
    QFETCH(Break, change);
    QFETCH(Stage, stage);
    QFETCH(Condition, condition);
    QFETCH(std::string, words);
    StageStatuses statuses = healthy();
    change(statuses);
    Monitor monitor{Config{}};
    monitor.update(statuses.all(), takenMs, epochNow);
    const StageRow& row = rowOf(monitor, stage);
    QVERIFY2(row.words.find(words) != std::string::npos, ("is: " + row.words).c_str());
    QCOMPARE(toText(row.condition), toText(condition));
    QCOMPARE(row.sinceEpochMs, epochNow);
    for (const StageRow& other : monitor.stages())
        if (other.stage != stage && stage != Stage::Exchange && stage != Stage::KafkaIn)
            QVERIFY2(other.condition != Condition::Bad || other.stage == stage, other.words.c_str());
}

void TestMonitorStages::saysWhyARoleHasNoStage_data()
{
    QTest::addColumn<Role>("role");
    QTest::addColumn<Stage>("stage");
    QTest::addColumn<std::string>("words");
    QTest::newRow("producer") << Role::Producer << Stage::Books << std::string("role producer has no such stage");
    QTest::newRow("handler") << Role::Handler << Stage::KafkaIn << std::string("role handler has no such stage");
}

void TestMonitorStages::saysWhyARoleHasNoStage()
{
    QFETCH(Role, role);
    QFETCH(Stage, stage);
    Config config;
    config.pipeline.role = role;
    Monitor monitor(config);
    const StageStatuses statuses = healthy();
    monitor.update(role == Role::Producer ? statuses.producer() : statuses.handler(), takenMs, epochNow);
    QCOMPARE(toText(rowOf(monitor, stage).condition), toText(Condition::Off));
    QTEST(rowOf(monitor, stage).words, "words");
    QVERIFY(!rowOf(monitor, stage).blank.empty());
}

void TestMonitorStages::startsWithoutAnything()
{
    Monitor monitor{Config{}};
    monitor.update({}, takenMs, epochNow);
    for (const StageRow& row : monitor.stages()) {
        QCOMPARE(toText(row.condition), toText(Condition::Starting));
        QVERIFY2(row.words.find("has not begun") != std::string::npos, row.words.c_str());
    }
    Config config;
    config.pipeline.role = Role::Viewer;
    Monitor viewer(config);
    viewer.update({}, takenMs, epochNow);
    for (const StageRow& row : viewer.stages())
        QCOMPARE(row.words, std::string("nothing was read yet"));
}

void TestMonitorStages::keepsSinceWhileTheConditionHolds()
{
    StageStatuses statuses = healthy();
    Monitor monitor{Config{}};
    monitor.update(statuses.all(), takenMs, epochNow);
    monitor.update(statuses.all(), takenMs + 250, epochNow + 250);
    QCOMPARE(rowOf(monitor, Stage::Books).sinceEpochMs, epochNow);
    statuses.book.set.books.push_back(broken("XRPUSDT", SyncState::Buffering, SyncReason::Gap, 100));
    monitor.update(statuses.all(), takenMs + 500, epochNow + 500);
    QCOMPARE(rowOf(monitor, Stage::Books).sinceEpochMs, epochNow + 500);
    QCOMPARE(rowOf(monitor, Stage::Redis).sinceEpochMs, epochNow);
}

void TestMonitorStages::measuresTheLastSeconds()
{
    StageStatuses statuses = healthy();
    statuses.store.redisHop.record(900'000); // long ago
    Monitor monitor{Config{}};
    std::int64_t now = takenMs;
    const auto look = [&](std::int64_t latencyUs) {
        now += 1'000;
        statuses.feed.takenMs = statuses.book.takenMs = statuses.store.takenMs = now;
        statuses.store.redisHop.record(latencyUs);
        statuses.store.redis.writes[0].written += 50;
        monitor.update(statuses.all(), now, epochNow);
    };
    monitor.update(statuses.all(), now, epochNow);
    QVERIFY(!rowOf(monitor, Stage::Redis).latency);
    for (int i = 0; i < 4; ++i)
        look(2'000);
    const StageRow& row = rowOf(monitor, Stage::Redis);
    QVERIFY(row.latency);
    QVERIFY(row.latency->p99Ms < 2.1);
    QCOMPARE(qRound(*row.perSecond), 50);
    look(300'000);
    QVERIFY(row.latency->p99Ms > 290);
    for (int i = 0; i < 6; ++i)
        look(2'000);
    QVERIFY(row.latency->p99Ms < 2.1);
}

void TestMonitorStages::tellsThatABookIsLiveAgain()
{
    StageStatuses statuses = healthy();
    Monitor monitor{Config{}};
    monitor.update(statuses.all(), takenMs, epochNow);
    // Down and up again between two looks.
    statuses.book.set.books[0] = broken("BTCUSDT", SyncState::Live, SyncReason::Gap, 100);
    monitor.update(statuses.all(), takenMs + 250, epochNow + 250);
    const StageRow& row = rowOf(monitor, Stage::Books);
    QCOMPARE(row.words, std::string("1 of 1 live; BTCUSDT live again for 0.1 s after: gap"));
    QCOMPARE(toText(row.condition), toText(Condition::Good));
    statuses.book.takenMs = takenMs + 12'000;
    monitor.update(statuses.all(), takenMs + 12'000, epochNow + 12'000);
    QCOMPARE(row.words, std::string("1 of 1 live"));
}

void TestMonitorStages::countsDownFromTheBeginningOfTheTrouble()
{
    StageStatuses statuses = healthy();
    Monitor monitor{Config{}};
    statuses.book.set.books[0] = broken("BTCUSDT", SyncState::Buffering, SyncReason::Gap, 2'000);
    monitor.update(statuses.all(), takenMs, epochNow);
    statuses.book.set.books[0] = broken("BTCUSDT", SyncState::Bridging, SyncReason::Gap, 0);
    statuses.book.takenMs = takenMs + 1'000;
    monitor.update(statuses.all(), takenMs + 1'000, epochNow + 1'000);
    const StageRow& row = rowOf(monitor, Stage::Books);
    QCOMPARE(row.words, std::string("0 of 1 live; BTCUSDT bridging: gap, 3 s"));
    QCOMPARE(toText(row.condition), toText(Condition::Bad));
}

void TestMonitorStages::explainsEveryBlank()
{
    const StageStatuses statuses = healthy();
    for (const PipelineStatus& status : {statuses.all(), statuses.producer(), statuses.handler(), PipelineStatus{}}) {
        Monitor monitor{Config{}};
        monitor.update(status, takenMs, epochNow);
        for (const StageRow& row : monitor.stages())
            QVERIFY2((row.perSecond && row.latency) || !row.blank.empty(), toText(row.stage));
    }
}

QTEST_GUILESS_MAIN(TestMonitorStages)
#include "tst_monitor_stages.moc"

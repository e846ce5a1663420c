// The journal: what is different between two looks is one entry, and a storm is one line with a count.
#include "monitor/burst_limit.h"
#include "monitor/monitor.h"
#include "support/make_status.h"
#include "support/std_string.h"

#include <QtTest>

using namespace obm;
using namespace obm::test;

namespace {

using Break = void (*)(StageStatuses&);

constexpr std::int64_t epochNow = 1'700'000'000'000;

BookRow resynced(const std::string& symbol, SyncReason reason, SyncState state = SyncState::Buffering)
{
    BookRow row = bookRow(symbol, state);
    row.counters.resyncs = 1;
    row.counters.resyncsByReason[static_cast<std::size_t>(reason)] = 1;
    row.lastResync = SyncTransition{.reason = reason, .lastId = 100, .eventPreviousId = 110, .eventLastId = 115};
    return row;
}

struct Case
{
    const char* name;
    Break change;
    const char* line;
};

const Case cases[] = {
    {"gap", [](StageStatuses& s) { s.book.set.books[0] = resynced("BTCUSDT", SyncReason::Gap); },
     "warning|books|BTCUSDT|synchronises again: gap; the book stood at u 100, the event has pu 110 and u 115"},
    {"a gap, and where",
     [](StageStatuses& s) {
         s.book.set.books[0] = resynced("BTCUSDT", SyncReason::Gap);
         s.book.set.books[0].lastResync->origin = GapOrigin::Producer;
     },
     "warning|books|BTCUSDT|synchronises again: gap, lost in the producer's queue, or while none ran; the book stood"},
    {"a gap that is healed already",
     [](StageStatuses& s) { s.book.set.books[0] = resynced("BTCUSDT", SyncReason::Crossed, SyncState::Live); },
     "warning|books|BTCUSDT|synchronises again: crossed"},
    {"live again",
     [](StageStatuses& s) {
         s.book.set.books[0] = resynced("BTCUSDT", SyncReason::Gap, SyncState::Live);
         s.book.set.books[0].lastId = 120;
     },
     "note|books|BTCUSDT|live at u 120"},
    {"an operator's wish is none",
     [](StageStatuses& s) { s.book.set.books[0] = resynced("BTCUSDT", SyncReason::Operator); },
     "note|books|BTCUSDT|synchronises again: operator"},
    {"rejected",
     [](StageStatuses& s) {
         s.book.set.books.push_back(bookRow("NOSUCH", SyncState::Rejected));
         s.book.set.books.back().reason = SyncReason::UnknownSymbol;
     },
     "error|books|NOSUCH|rejected: unknown symbol"},
    {"reconnect",
     [](StageStatuses& s) {
         s.feed.stream.connections[0].reconnects = 2;
         s.feed.stream.connections[0].lastError = "reset by peer";
     },
     "warning|exchange||connection 1 reconnects, 2 times: reset by peer"},
    {"alarm", [](StageStatuses& s) { s.feed.stream.alarm = "no data for 10 s"; }, "error|exchange||no data for 10 s"},
    {"silent symbol",
     [](StageStatuses& s) { s.feed.stream.symbols = {{.symbol = "XRPUSDT", .silent = true, .refusal = {}}}; },
     "warning|exchange|XRPUSDT|subscribed, and no data comes"},
    {"missing where they come in", [](StageStatuses& s) { s.feed.stream.counters.gaps = 3; },
     "warning|exchange||event missing before Kafka, 3 times"},
    {"idle connection", [](StageStatuses& s) { s.feed.stream.counters.idleKills = 1; },
     "warning|exchange||connection ended because no data came"},
    {"broker away",
     [](StageStatuses& s) {
         s.feed.producer.broker = {BrokerState::Away, 0, 1};
         s.feed.producer.lastError = KafkaError{.name = "_TRANSPORT", .text = "connection refused"};
     },
     "error|kafka||the producer has no broker: connection refused"},
    {"lost", [](StageStatuses& s) { s.feed.producer.queueFull = 7; },
     "error|kafka||message dropped, the local queue is full, 7 times"},
    {"given up", [](StageStatuses& s) { s.feed.producer.failed["_MSG_TIMED_OUT"] = 3; },
     "error|kafka||message given up: _MSG_TIMED_OUT (3)"},
    {"rebalance", [](StageStatuses& s) { s.book.consumer.rebalances = 1; },
     "note|kafka||rebalance: partitions 3 are assigned here"},
    {"offset reset", [](StageStatuses& s) { s.book.consumer.offsetResets = 1; },
     "warning|kafka||offset was no longer there"},
    {"rate limit",
     [](StageStatuses& s) {
         s.book.snapshots.failed[static_cast<std::size_t>(SnapshotFault::RateLimited)] = 1;
         s.book.snapshots.lastError = "BTCUSDT: rate limited, 429";
     },
     "error|rest||1 snapshot failed, rate limited; the last: BTCUSDT: rate limited, 429"},
    {"rate limit told by metrics",
     [](StageStatuses& s) { s.book.snapshots.failed[static_cast<std::size_t>(SnapshotFault::RateLimited)] = 1; },
     "error|rest||1 snapshot failed, rate limited\n"},
    {"blocked", [](StageStatuses& s) { s.book.snapshots.blockedUntilMs = epochNow + 60'250; },
     "error|rest||no request for 1 min 0 s"},
    {"outage", [](StageStatuses& s) { s.book.snapshots.outage = true; }, "error|rest||snapshots fail in a row"},
    {"redis fault",
     [](StageStatuses& s) { s.store.redis.error = RedisError{RedisErrorKind::Away, "connection refused"}; },
     "error|redis||away: connection refused"},
    {"a redis fault between two looks", [](StageStatuses& s) { s.store.redis.errors[0] = 2; },
     "warning|redis||away, over already"},
    {"redis reconnect", [](StageStatuses& s) { s.store.redis.connects = 2; }, "note|redis||connected again"},
    {"stolen books", [](StageStatuses& s) { s.store.redis.writes[0].notOwner = 4; },
     "warning|redis||4 writes refused: another process owns these books"},
    {"stuck", [](StageStatuses& s) { s.store.takenMs -= 10'000; }, "error|pipeline||obm-store is stuck"},
};

Config ofViewer()
{
    Config config;
    config.pipeline.role = Role::Viewer;
    return config;
}

std::string linesOf(const Journal& journal, std::uint64_t after)
{
    std::string lines;
    for (const JournalEntry& entry : journal.entries())
        if (entry.number > after)
            lines +=
                std::string(toText(entry.severity)) + '|' + entry.part + '|' + entry.symbol + '|' + entry.text + '\n';
    return lines;
}

} // namespace

class TestMonitorJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tells_data();
    void tells();
    void isQuietWhileNothingHappens();
    void aViewersFirstLookIsNoNews();
    void tellsWhatIsSeenFromOutside();
    void takesNoCounterForNewsThatWasNotKnown();
    void tellsAFaultThatBeginsWithTheCounters();
    void sumsUpAStorm();
    void sumsUpWhatGoesOn();
    void tellsAlerts();
    void isBounded();
};

void TestMonitorJournal::tells_data()
{
    QTest::addColumn<Break>("change");
    QTest::addColumn<std::string>("line");
    for (const Case& one : cases)
        QTest::newRow(one.name) << one.change << std::string(one.line);
}

void TestMonitorJournal::tells()
{
    QFETCH(Break, change);
    QFETCH(std::string, line);
    StageStatuses statuses;
    statuses.store.redis.connects = 1;
    Monitor monitor{Config{}};
    monitor.update(statuses.all(), takenMs, epochNow);
    const std::uint64_t before = monitor.journal().lastNumber();
    change(statuses);
    monitor.update(statuses.all(), takenMs + 250, epochNow + 250);
    const std::string lines = linesOf(monitor.journal(), before);
    QVERIFY2(('\n' + lines).find('\n' + line) != std::string::npos, lines.c_str());
    QCOMPARE(monitor.journal().entries().back().epochMs, epochNow + 250);
}

void TestMonitorJournal::isQuietWhileNothingHappens()
{
    const StageStatuses statuses;
    Monitor monitor{Config{}};
    monitor.update(statuses.all(), takenMs, epochNow);
    const std::uint64_t before = monitor.journal().lastNumber();
    for (int look = 1; look < 10; ++look)
        monitor.update(statuses.all(), takenMs + look * 250, epochNow);
    QCOMPARE(linesOf(monitor.journal(), before), std::string());
}

void TestMonitorJournal::aViewersFirstLookIsNoNews()
{
    StageStatuses statuses;
    statuses.store.redis.connects = 5;
    statuses.book.set.books[0] = resynced("BTCUSDT", SyncReason::Gap);
    Monitor monitor(ofViewer());
    monitor.update(statuses.handler(), takenMs, epochNow);
    QCOMPARE(linesOf(monitor.journal(), 0), std::string());
    statuses.book.set.books[0].counters.resyncs = 2;
    statuses.book.set.books[0].counters.resyncsByReason[static_cast<std::size_t>(SyncReason::Gap)] = 2;
    monitor.update(statuses.handler(), takenMs, epochNow);
    QVERIFY(linesOf(monitor.journal(), 0).find("synchronises again: gap") != std::string::npos);
}

void TestMonitorJournal::tellsWhatIsSeenFromOutside()
{
    Monitor monitor(ofViewer());
    const StageStatuses statuses;
    std::uint64_t told = 0;
    const auto linesAfter = [&](const OutsideView& outside) {
        monitor.update(statuses.seenFromOutside(outside), takenMs, epochNow);
        const std::string lines = linesOf(monitor.journal(), told);
        told = monitor.journal().lastNumber();
        return lines;
    };
    QCOMPARE(linesAfter({.owners = {"a:1:7"}}), std::string());
    QCOMPARE(linesAfter({.owners = {"a:1:7", "b:2:8"}}), std::string("note|books||kept by a:1:7, b:2:8 now\n"));
    QCOMPARE(linesAfter({.noBooks = "Redis cannot be read"}), std::string());
    QCOMPARE(linesAfter({}), std::string());
    QCOMPARE(linesAfter({.owners = {"b:2:9"}}), std::string("note|books||kept by b:2:9 now\n"));
    QCOMPARE(linesAfter({}), std::string("error|books||nobody keeps a book any more\n"));
    QCOMPARE(linesAfter({.noCounters = "no metrics: refused"}), std::string("warning|pipeline||no metrics: refused\n"));
    QCOMPARE(linesAfter({}), std::string("note|pipeline||the metrics of that process can be read\n"));
}

void TestMonitorJournal::takesNoCounterForNewsThatWasNotKnown()
{
    Monitor monitor(ofViewer());
    StageStatuses statuses;
    monitor.update(statuses.seenFromOutside({.noCounters = "not read yet"}), takenMs, epochNow);
    statuses.store.redis.writes[0].notOwner = 4;
    statuses.book.set.books[0] = resynced("BTCUSDT", SyncReason::Gap); // Redis tells it, whatever is told else
    monitor.update(statuses.seenFromOutside({}), takenMs, epochNow);
    const std::string lines = linesOf(monitor.journal(), 0);
    QVERIFY2(lines.find("synchronises again: gap") != std::string::npos, lines.c_str());
    QVERIFY2(lines.find("refused") == std::string::npos, lines.c_str());
    statuses.store.redis.writes[0].notOwner = 6;
    monitor.update(statuses.seenFromOutside({}), takenMs, epochNow);
    QVERIFY(linesOf(monitor.journal(), 0).find("2 writes refused") != std::string::npos);
}

void TestMonitorJournal::tellsAFaultThatBeginsWithTheCounters()
{
    Monitor monitor(ofViewer());
    StageStatuses statuses;
    monitor.update(statuses.seenFromOutside({.noCounters = "not read yet"}), takenMs, epochNow);
    statuses.store.redis.error = obm::RedisError{obm::RedisErrorKind::Timeout, "no answer"};
    statuses.store.redis.connects = 3;
    monitor.update(statuses.seenFromOutside({}), takenMs, epochNow);
    const std::string lines = linesOf(monitor.journal(), 0);
    QVERIFY2(lines.find("error|redis||") != std::string::npos, lines.c_str());
    QVERIFY2(lines.find("connected") == std::string::npos, lines.c_str());
}

void TestMonitorJournal::sumsUpAStorm()
{
    StageStatuses statuses;
    Monitor monitor{Config{}};
    monitor.update(statuses.all(), takenMs, epochNow);
    const std::uint64_t before = monitor.journal().lastNumber();
    statuses.book.set.books.clear();
    for (int i = 0; i < 600; ++i)
        statuses.book.set.books.push_back(resynced("S" + std::to_string(i), SyncReason::Gap));
    monitor.update(statuses.all(), takenMs + 250, epochNow);
    QCOMPARE(linesOf(monitor.journal(), before),
             std::string("warning|books||synchronises again: gap - 600 times: S0, S1, S10 and 597 more symbols\n"));
}

void TestMonitorJournal::sumsUpWhatGoesOn()
{
    BurstLimit limit;
    Journal journal;
    const Happenings one = {{"books", "gap", Severity::Warning, "BTCUSDT", "a gap"}};
    for (int i = 0; i < 25; ++i)
        limit.pass(one, i * 100, epochNow, journal);
    QCOMPARE(journal.entries().size(), BurstLimit::linesMax);
    limit.pass({}, BurstLimit::windowMs, epochNow, journal);
    QCOMPARE(journal.entries().back().text, std::string("gap - 15 times: BTCUSDT"));
    limit.pass(one, BurstLimit::windowMs + 1, epochNow, journal);
    QCOMPARE(journal.entries().back().text, std::string("a gap"));
    for (std::size_t i = 0; i < BurstLimit::linesMax; ++i) // one more than fits
        limit.pass(one, BurstLimit::windowMs + 2, epochNow, journal);
    limit.pass({}, 2 * BurstLimit::windowMs + 2, epochNow, journal);
    QCOMPARE(journal.entries().back().text, std::string("a gap")); // one is no sum
    QCOMPARE(journal.entries().back().symbol, std::string("BTCUSDT"));
}

void TestMonitorJournal::tellsAlerts()
{
    StageStatuses statuses;
    Monitor monitor{Config{}};
    statuses.book.consumer.partitions[0].lagMs = 10'000;
    monitor.update(statuses.all(), takenMs, epochNow);
    monitor.update(statuses.all(), takenMs + 3'000, epochNow);
    QVERIFY(linesOf(monitor.journal(), 0).find("error|alert||the books are 10 s behind") != std::string::npos);
}

void TestMonitorJournal::isBounded()
{
    Journal journal;
    for (std::size_t i = 0; i < Journal::entriesMax + 5; ++i)
        journal.add(epochNow, Severity::Note, "books", "", "text");
    QCOMPARE(journal.entries().size(), Journal::entriesMax);
    QCOMPARE(journal.entries().front().number, std::uint64_t(6));
    QCOMPARE(journal.entries().back().number, journal.lastNumber());
}

QTEST_GUILESS_MAIN(TestMonitorJournal)
#include "tst_monitor_journal.moc"

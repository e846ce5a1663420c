// The rows of the symbols table: every value that is missing has its reason in the words.
#include "monitor/monitor.h"
#include "monitor/symbol_words.h"
#include "support/make_status.h"
#include "support/std_string.h"

#include <QtTest>

using namespace obm;
using namespace obm::test;

namespace {

constexpr std::int64_t epochNow = 1'700'000'000'000;

Level level(const char* price, const char* quantity)
{
    return {*Decimal::parse(price), *Decimal::parse(quantity)};
}

Config configOf(std::vector<std::string> symbols, Role role = Role::All)
{
    Config config;
    config.exchange.symbols = std::move(symbols);
    config.pipeline.role = role;
    return config;
}

BookRow row(SyncState state, SyncReason reason, std::uint64_t resyncs = 0)
{
    BookRow row = bookRow("BTCUSDT", state);
    row.reason = reason;
    row.counters.resyncs = resyncs;
    if (resyncs > 0)
        row.lastResync = SyncTransition{.reason = SyncReason::Gap};
    return row;
}

} // namespace

class TestMonitorSymbols : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void says_data();
    void says();
    void saysWhatTheExchangeRefused();
    void showsALiveBook();
    void keepsTheOrderOfTheConfiguration();
    void showsWhatIsStreamedWhereNoBookIsKept();
    void takesWhateverThereIsOfAll();
    void saysFromOutside_data();
    void saysFromOutside();
    void showsFromOutsideWhatIsTold();
    void keepsItsRowsWhileRedisIsAway();
    void keepsSinceSteady();
};

void TestMonitorSymbols::says_data()
{
    using enum SyncState;
    QTest::addColumn<BookRow>("book");
    QTest::addColumn<std::optional<QueuePlace>>("place");
    QTest::addColumn<std::string>("words");
    const auto add = [](const char* name, BookRow book, std::optional<QueuePlace> place, const char* words) {
        QTest::newRow(name) << book << place << std::string(words);
    };
    const QueuePlace queued{.ahead = 12, .inFlight = false, .secondsToGo = 34};
    const QueuePlace next{.ahead = 0, .inFlight = false, .secondsToGo = 0};
    const QueuePlace sent{.ahead = 0, .inFlight = true, .secondsToGo = 0};
    add("live", row(Live, SyncReason::Bridged), {}, "live");
    BookRow silent = row(Live, SyncReason::Bridged);
    silent.eventAgeMs = 75'000;
    add("silent", silent, {}, "live, silent for 1 min 15 s");
    add("waiting", row(Waiting, SyncReason::Created), {}, "subscribed, waiting for its first event");
    add("queued", row(Buffering, SyncReason::FirstEvent), queued, "waiting for a snapshot: 12 before it, about 34 s");
    add("next", row(Buffering, SyncReason::FirstEvent), next, "waiting for a snapshot: it is next");
    add("asked for", row(Buffering, SyncReason::Gap, 1), sent, "gap; waiting for a snapshot: it is on its way");
    BookRow lost = row(Buffering, SyncReason::Gap, 1);
    lost.lastResync->origin = GapOrigin::Exchange;
    add("where it was lost", lost, sent,
        "gap, lost before Kafka (exchange or network); waiting for a snapshot: it is on its way");
    add("may not ask", row(Buffering, SyncReason::Gap, 3), {}, "gap; waiting for a snapshot: it may not ask yet");
    add("bridging", row(Bridging, SyncReason::SnapshotLoaded), {},
        "snapshot loaded, waiting for the event that proves it");
    add("taken up again", row(Bridging, SyncReason::Resumed), {},
        "taken up again, waiting for the event that proves it");
    add("rejected", row(Rejected, SyncReason::UnknownSymbol), {}, "rejected: unknown symbol");
}

void TestMonitorSymbols::says()
{
    QFETCH(BookRow, book);
    QFETCH(std::optional<QueuePlace>, place);
    StageStatuses statuses;
    statuses.book.set.books = {book};
    if (place)
        statuses.book.snapshotPlaces["BTCUSDT"] = *place;
    Monitor monitor(configOf({"BTCUSDT"}));
    monitor.update(statuses.all(), takenMs, epochNow);
    QTEST(monitor.symbols()[0].words, "words");
}

void TestMonitorSymbols::saysWhatTheExchangeRefused()
{
    StageStatuses statuses;
    statuses.book.set.books = {row(SyncState::Waiting, SyncReason::Created)};
    statuses.feed.stream.symbols = {
        {.symbol = "BTCUSDT", .subscription = SubscriptionState::Refused, .refusal = "no such stream"}};
    Monitor monitor(configOf({"BTCUSDT"}));
    monitor.update(statuses.all(), takenMs, epochNow);
    QCOMPARE(monitor.symbols()[0].words, std::string("refused by the exchange: no such stream"));
}

void TestMonitorSymbols::showsALiveBook()
{
    StageStatuses statuses;
    BookRow& book = statuses.book.set.books[0];
    book.partition = 3;
    book.stateForMs = 5'000;
    book.bestBid = level("63947.30", "0.113");
    book.bestAsk = level("63947.4", "2");
    book.latencyMs = 12;
    book.lastId = 77;
    statuses.store.rows = {{.symbol = "BTCUSDT", .writes = 10, .lastId = 77, .lastWriteEpochMs = epochNow - 40}};
    Monitor monitor(configOf({"BTCUSDT"}));
    monitor.update(statuses.all(), takenMs, epochNow);
    book.events += 20;
    statuses.store.rows[0].writes += 10;
    statuses.book.takenMs = takenMs + 1'000;
    monitor.update(statuses.all(), takenMs + 2'000, epochNow + 2'000); // a second after the status was taken

    const SymbolRow& shown = monitor.symbols()[0];
    QCOMPARE(shown.bestBid->toString(), std::string("63947.30"));
    QCOMPARE(shown.spread->toString(), std::string("0.10"));
    QCOMPARE(qRound(*shown.eventsPerSecond), 10);
    QCOMPARE(qRound(*shown.writesPerSecond), 5);
    QCOMPARE(*shown.ageMs, std::int64_t(1'010));
    QCOMPARE(*shown.writeAgeMs, std::int64_t(2'040));
    QCOMPARE(*shown.lagMessages, std::int64_t(7));
    QCOMPARE(*shown.latencyMs, std::int64_t(12));
    QCOMPARE(shown.sinceEpochMs, epochNow - 4'000);
    QCOMPARE(shown.lastId, std::int64_t(77));
}

void TestMonitorSymbols::keepsTheOrderOfTheConfiguration()
{
    StageStatuses statuses;
    statuses.book.set.books = {bookRow("ADAUSDT", SyncState::Live), bookRow("BTCUSDT", SyncState::Live)};
    Monitor monitor(configOf({"BTCUSDT", "XRPUSDT", "ADAUSDT"}, Role::Handler));
    monitor.update(statuses.handler(), takenMs, epochNow);
    QCOMPARE(monitor.symbols().size(), std::size_t(3));
    QCOMPARE(monitor.symbols()[0].symbol, std::string("BTCUSDT"));
    QCOMPARE(monitor.symbols()[1].words, std::string("not assigned here: another process keeps it"));
    QVERIFY(!monitor.symbols()[1].ageMs);
    statuses.book.consumer.partitions.clear();
    monitor.update(statuses.handler(), takenMs, epochNow);
    QCOMPARE(monitor.symbols()[1].words, std::string("no partition is assigned here yet"));
}

void TestMonitorSymbols::showsWhatIsStreamedWhereNoBookIsKept()
{
    StageStatuses statuses;
    statuses.feed.stream.symbols = {
        {.symbol = "BTCUSDT", .messages = 10, .lastMessageMs = epochNow - 30, .refusal = {}}};
    Monitor monitor(configOf({"BTCUSDT"}, Role::Producer));
    monitor.update(statuses.producer(), takenMs, epochNow);
    statuses.feed.stream.symbols[0].messages = 30;
    monitor.update(statuses.producer(), takenMs + 1'000, epochNow);
    QCOMPARE(monitor.symbols()[0].words, std::string("role producer keeps no books"));
    QCOMPARE(qRound(*monitor.symbols()[0].eventsPerSecond), 20);
    QCOMPARE(*monitor.symbols()[0].ageMs, std::int64_t(30));
}

void TestMonitorSymbols::takesWhateverThereIsOfAll()
{
    StageStatuses statuses;
    statuses.book.set.books = {bookRow("ADAUSDT", SyncState::Live), bookRow("BTCUSDT", SyncState::Live)};
    Config config = configOf({});
    config.exchange.allSymbols = true;
    Monitor monitor(config);
    monitor.update(statuses.all(), takenMs, epochNow);
    QCOMPARE(monitor.symbols().size(), std::size_t(2));
    statuses.book.set.books.pop_back();
    monitor.update(statuses.all(), takenMs, epochNow);
    QCOMPARE(monitor.symbols().size(), std::size_t(1));
}

void TestMonitorSymbols::saysFromOutside_data()
{
    using enum SyncState;
    QTest::addColumn<BookRow>("book");
    QTest::addColumn<std::string>("words");
    QTest::newRow("live") << row(Live, SyncReason::Bridged) << std::string("live");
    QTest::newRow("waiting") << row(Waiting, SyncReason::Created) << std::string("waiting for its first event");
    QTest::newRow("first") << row(Buffering, SyncReason::FirstEvent)
                           << std::string("waiting for a snapshot, its place in the queue is not told");
    QTest::newRow("gap") << row(Buffering, SyncReason::FirstEvent, 1)
                         << std::string("gap; waiting for a snapshot, its place in the queue is not told");
    BookRow untold = row(Buffering, SyncReason::FirstEvent, 1);
    untold.lastResync.reset();
    QTest::newRow("untold") << untold
                            << std::string(
                                   "reason not told; waiting for a snapshot, its place in the queue is not told");
    QTest::newRow("rejected") << row(Rejected, SyncReason::UnknownSymbol) << std::string("rejected: unknown symbol");
}

void TestMonitorSymbols::saysFromOutside()
{
    QFETCH(BookRow, book);
    book.stateForMs = -1;
    StageStatuses statuses;
    statuses.book.set.books = {book};
    Monitor monitor(configOf({"BTCUSDT"}, Role::Viewer));
    monitor.update(statuses.seenFromOutside({}), takenMs, epochNow);
    QTEST(monitor.symbols()[0].words, "words");
    QCOMPARE(monitor.symbols()[0].sinceEpochMs, std::int64_t(0)); // longer than anybody has looked
}

void TestMonitorSymbols::showsFromOutsideWhatIsTold()
{
    StageStatuses statuses;
    const OutsideView told;
    Monitor monitor(configOf({"BTCUSDT"}, Role::Viewer));
    monitor.update(statuses.seenFromOutside(told), takenMs, epochNow);
    QVERIFY(!monitor.symbols()[0].eventsPerSecond);
    QCOMPARE(monitor.symbols()[0].blank, std::string("the metrics are of a process that does not keep this book"));

    statuses.store.rows = {{.symbol = "BTCUSDT", .writes = 10}};
    monitor.update(statuses.seenFromOutside(told), takenMs, epochNow);
    statuses.store.rows[0].writes += 5;
    statuses.book.set.books[0].events += 20;
    monitor.update(statuses.seenFromOutside(told), takenMs + 1'000, epochNow);
    QCOMPARE(qRound(*monitor.symbols()[0].eventsPerSecond), 20);
    QCOMPARE(qRound(*monitor.symbols()[0].writesPerSecond), 5);
    QCOMPARE(monitor.symbols()[0].blank, std::string("neither Redis nor the metrics tell it"));

    statuses.book.consumer.partitions.clear();
    statuses.book.consumer.lastError = KafkaError{.name = "_TIMED_OUT", .text = "timed out"};
    monitor.update(statuses.seenFromOutside({.noCounters = "no metrics: refused"}), takenMs + 1'000, epochNow);
    QVERIFY(!monitor.symbols()[0].eventsPerSecond && !monitor.symbols()[0].writesPerSecond);
    QVERIFY(!monitor.symbols()[0].lagMessages);
    QCOMPARE(monitor.symbols()[0].blank, std::string("lag: timed out; else: no metrics: refused"));
}

void TestMonitorSymbols::keepsItsRowsWhileRedisIsAway()
{
    Config config = configOf({}, Role::Viewer);
    config.exchange.allSymbols = true;
    Monitor monitor(config);
    StageStatuses statuses;
    statuses.book.set.books = {bookRow("BTCUSDT", SyncState::Live)};
    monitor.update(statuses.seenFromOutside({.withoutBook = {"ADAUSDT"}}), takenMs, epochNow);
    QCOMPARE(monitor.symbols().size(), std::size_t(2));
    QCOMPARE(monitor.symbols()[0].words, std::string("nobody keeps this book"));
    QCOMPARE(monitor.symbols()[1].words, std::string("live"));

    statuses.book.set.books.clear();
    const OutsideView blind{.noBooks = "Redis cannot be read: refused", .withoutBook = {"ADAUSDT", "BTCUSDT"}};
    for (const int look : {1, 2})
        monitor.update(statuses.seenFromOutside(blind), takenMs, epochNow + look * 5'000);
    for (const SymbolRow& shown : monitor.symbols())
        QCOMPARE(shown.words, blind.noBooks);
    QCOMPARE(monitor.symbols()[0].sinceEpochMs, epochNow);
    QCOMPARE(monitor.symbols()[1].sinceEpochMs, epochNow + 5'000);
}

void TestMonitorSymbols::keepsSinceSteady()
{
    StageStatuses statuses;
    statuses.book.set.books[0].stateForMs = 5'000;
    Monitor monitor(configOf({"BTCUSDT"}));
    monitor.update(statuses.all(), takenMs, epochNow);
    const SymbolRow before = monitor.symbols()[0];
    monitor.update(statuses.all(), takenMs + 250, epochNow + 253); // two clocks
    QCOMPARE(monitor.symbols()[0].sinceEpochMs, before.sinceEpochMs);
    statuses.book.set.books[0] = row(SyncState::Buffering, SyncReason::Gap, 1);
    statuses.book.takenMs = takenMs + 500;
    monitor.update(statuses.all(), takenMs + 500, epochNow + 500);
    QCOMPARE(monitor.symbols()[0].sinceEpochMs, epochNow + 500);
}

QTEST_GUILESS_MAIN(TestMonitorSymbols)
#include "tst_monitor_symbols.moc"

// Alerts: raised when something lasted, cleared when it stayed away, one line for many.
#include "monitor/alerts.h"
#include "support/make_status.h"
#include "support/std_string.h"

#include <QtTest>

using namespace obm;
using namespace obm::test;

namespace {

using Break = void (*)(StageStatuses&);

} // namespace

Q_DECLARE_METATYPE(obm::AlertKind)

class TestMonitorAlerts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void raises_data();
    void raises();
    void doesNotFlutter();
    void mutes();
    void saysManyInOneLine();
    void forgetsASymbolThatIsGone();
    void missesABookThatNobodyKeeps();
};

void TestMonitorAlerts::raises_data()
{
    QTest::addColumn<Break>("change");
    QTest::addColumn<AlertKind>("kind");
    QTest::addColumn<qint64>("afterMs");
    QTest::addColumn<std::string>("text");
    const auto row = [](const char* name, Break change, AlertKind kind, qint64 afterMs, const char* text) {
        QTest::newRow(name) << change << kind << afterMs << std::string(text);
    };
    const AlertLimits limits;
    row(
        "not live", [](StageStatuses& s) { s.book.set.books[0] = bookRow("BTCUSDT", SyncState::Buffering); },
        AlertKind::SymbolNotLive, limits.notLiveMs, "BTCUSDT is not live (buffering: gap)");
    row(
        "silent", [](StageStatuses& s) { s.book.set.books[0].eventAgeMs = 75'000; }, AlertKind::SymbolSilent, 0,
        "BTCUSDT had no event for 1 min 15 s");
    row(
        "lag", [](StageStatuses& s) { s.book.consumer.partitions[0].lagMs = 6'000; }, AlertKind::Lag,
        limits.raiseAfterMs, "the books are 6 s behind the topic (7 messages)");
    row(
        "redis", [](StageStatuses& s) { s.store.redis.error = RedisError{RedisErrorKind::ReadOnly, "READONLY"}; },
        AlertKind::Redis, limits.raiseAfterMs, "Redis: read_only (READONLY)");
    row(
        "own weight",
        [](StageStatuses& s) {
            s.book.snapshots.weightPerMinute = 1'000;
            s.book.snapshots.ownWeightUsed = 801;
        },
        AlertKind::Weight, limits.raiseAfterMs, "this process has used 801 of 1000 REST weight in this minute");
    row(
        "weight of the IP",
        [](StageStatuses& s) {
            s.book.snapshots.ipWeightLimit = 2'400;
            s.book.snapshots.ipWeightUsed = 2'000;
        },
        AlertKind::Weight, limits.raiseAfterMs, "this IP has used 2000 of 2400 REST weight in this minute");
}

void TestMonitorAlerts::raises()
{
    QFETCH(Break, change);
    QFETCH(qint64, afterMs);
    StageStatuses statuses;
    Alerts alerts;
    QVERIFY(alerts.update(statuses.all(), takenMs).raised.empty());
    change(statuses);
    statuses.store.takenMs = takenMs + afterMs;
    if (afterMs > 0) {
        QVERIFY(alerts.update(statuses.all(), takenMs).raised.empty());
        QVERIFY(alerts.update(statuses.all(), takenMs + afterMs - 1).raised.empty());
    }
    const AlertChanges changes = alerts.update(statuses.all(), takenMs + afterMs);
    QCOMPARE(changes.raised.size(), std::size_t(1));
    QTEST(changes.raised[0].kind, "kind");
    QTEST(changes.raised[0].text, "text");
    QCOMPARE(alerts.active().size(), std::size_t(1));
    QVERIFY(alerts.update(statuses.all(), takenMs + afterMs + 250).raised.empty()); // once
}

void TestMonitorAlerts::doesNotFlutter()
{
    StageStatuses statuses;
    Alerts alerts;
    std::int64_t now = takenMs;
    const auto look = [&](std::int64_t lagMs, std::int64_t laterMs) {
        now += laterMs;
        statuses.store.takenMs = now;
        statuses.book.consumer.partitions[0].lagMs = lagMs;
        return alerts.update(statuses.all(), now);
    };
    for (int i = 0; i < 10; ++i) { // over and under again, never for long
        QVERIFY(look(9'000, 1'500).raised.empty());
        QVERIFY(look(0, 1'500).raised.empty());
    }
    look(9'000, 250);
    QCOMPARE(look(9'000, 2'000).raised.size(), std::size_t(1));
    for (int i = 0; i < 10; ++i) { // better and worse again, never for long
        QVERIFY(look(0, 2'000).cleared.empty());
        QVERIFY(look(9'000, 2'000).raised.empty());
    }
    look(0, 250);
    QCOMPARE(look(0, 5'000).cleared.size(), std::size_t(1));
    QVERIFY(alerts.active().empty());
}

void TestMonitorAlerts::mutes()
{
    StageStatuses statuses;
    statuses.book.set.books[0].eventAgeMs = 75'000;
    Alerts alerts;
    alerts.mute(AlertKind::SymbolSilent, true);
    QVERIFY(alerts.update(statuses.all(), takenMs).raised.empty());
    QCOMPARE(alerts.active().size(), std::size_t(1));
    QVERIFY(alerts.active()[0].muted);
}

void TestMonitorAlerts::saysManyInOneLine()
{
    StageStatuses statuses;
    statuses.book.set.books.clear();
    for (int i = 0; i < 20; ++i)
        statuses.book.set.books.push_back(bookRow("S" + std::to_string(i), SyncState::Live, 75'000));
    Alerts alerts;
    const AlertChanges changes = alerts.update(statuses.all(), takenMs);
    QCOMPARE(changes.raised.size(), std::size_t(1));
    QVERIFY(changes.raised[0].symbol.empty());
    QCOMPARE(changes.raised[0].text, std::string("20 symbols: S0 had no event for 1 min 15 s; S1, S10 and 17 more"));
    QCOMPARE(alerts.active().size(), std::size_t(20));
}

void TestMonitorAlerts::forgetsASymbolThatIsGone()
{
    StageStatuses statuses;
    statuses.book.set.books[0].eventAgeMs = 75'000;
    Alerts alerts;
    alerts.update(statuses.all(), takenMs);
    statuses.book.set.books.clear();
    alerts.update(statuses.all(), takenMs + 250);
    QCOMPARE(alerts.active().size(), std::size_t(1));
    QCOMPARE(alerts.update(statuses.all(), takenMs + 5'250).cleared.size(), std::size_t(1));
    QVERIFY(alerts.active().empty());
}

void TestMonitorAlerts::missesABookThatNobodyKeeps()
{
    Alerts alerts;
    const StageStatuses statuses;
    const AlertLimits limits;
    const OutsideView blind{.noBooks = "Redis cannot be read", .withoutBook = {"ADAUSDT"}};
    alerts.update(statuses.seenFromOutside(blind), takenMs);
    QVERIFY(alerts.update(statuses.seenFromOutside(blind), takenMs + limits.notLiveMs).raised.empty());
    const OutsideView unkept{.withoutBook = {"ADAUSDT"}};
    alerts.update(statuses.seenFromOutside(unkept), takenMs);
    const AlertChanges changes = alerts.update(statuses.seenFromOutside(unkept), takenMs + limits.notLiveMs);
    QCOMPARE(changes.raised.size(), std::size_t(1));
    QCOMPARE(changes.raised[0].text, std::string("ADAUSDT is not live (nobody keeps it)"));
    const std::int64_t laterMs = takenMs + limits.notLiveMs + 10 * limits.clearAfterMs;
    QVERIFY(alerts.update(statuses.seenFromOutside(blind), laterMs).cleared.empty()); // not known is not over
    QVERIFY(std::ranges::any_of(alerts.active(), [](const Alert& alert) { return alert.symbol == "ADAUSDT"; }));
}

QTEST_GUILESS_MAIN(TestMonitorAlerts)
#include "tst_monitor_alerts.moc"

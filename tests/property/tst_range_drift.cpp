// Days of a drifting market, one symbol, on a clock of its own: what the book shows is proven, and it stays small.
#include "support/drifting_market.h"
#include "support/make_sync.h"
#include "support/seed.h"

#include <QTest>

using namespace obm;
using namespace obm::test;

class TestRangeDrift : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsOnlyWhatIsProven_data();
    void showsOnlyWhatIsProven();
};

void TestRangeDrift::showsOnlyWhatIsProven_data()
{
    QTest::addColumn<int>("snapshotLimit");
    QTest::addColumn<bool>("isAnswered"); // else no snapshot comes but the first
    QTest::addColumn<int>("resyncsPerDayMax");
    QTest::newRow("snapshots of 100 levels") << 100 << true << 0; // refreshed in time, each time
    QTest::newRow("snapshots of 20 levels") << 20 << true << 20;  // which a jump may leave at once
    QTest::newRow("the exchange answers once") << 100 << false << 1;
}

void TestRangeDrift::showsOnlyWhatIsProven()
{
    QFETCH(int, snapshotLimit);
    QFETCH(bool, isAnswered);
    QFETCH(int, resyncsPerDayMax);

    const std::uint64_t seed = seedOfRun();
    const auto check = qScopeGuard([seed] { tellSeedOnFailure(seed); });
    constexpr std::int64_t eventMs = 250;
    const std::int64_t days = qEnvironmentVariableIsSet("OBM_TEST_FULL") ? 30 : 3;
    const std::int64_t events = days * 86'400'000 / eventMs;
    DriftingMarket market(seed);
    BookSync sync(0, {.snapshotLimit = static_cast<std::size_t>(snapshotLimit)});
    std::size_t levelsMax = 0;
    std::int64_t liveEvents = 0;
    for (std::int64_t event = 1; event <= events; ++event) {
        const std::int64_t nowMs = event * eventMs;
        sync.onUpdate(market.nextEvent(nowMs), nowMs);
        if (sync.wantsSnapshot(nowMs) && (isAnswered || event < 100)) {
            sync.onSnapshotQueued();
            sync.onSnapshotRequested();
        } else if (sync.snapshotPhase() == SnapshotPhase::Requested) { // one event later
            sync.onSnapshot(market.snapshot(static_cast<std::size_t>(snapshotLimit), nowMs), nowMs);
        }
        if (sync.state() != SyncState::Live)
            continue;
        ++liveEvents;
        const PriceLadder& bids = sync.book().bids();
        const PriceLadder& asks = sync.book().asks();
        levelsMax = std::max(levelsMax, bids.size() + asks.size());
        if (event % 20 == 0)
            QVERIFY2(market.isTrue(bids, asks), qPrintable(QStringLiteral("event %1").arg(event)));
    }
    QVERIFY(levelsMax <= 2 * OrderBook::levelsPerLimitMax * static_cast<std::size_t>(snapshotLimit));
    qInfo() << days << "days:" << liveEvents << "of" << events << "events live, resyncs" << sync.counters().resyncs
            << ", audits" << sync.counters().auditsByVerdict[0] << ", levels at most" << levelsMax << "of"
            << market.levels();
    const std::uint64_t exhausted = resyncs(sync, SyncReason::RangeExhausted);
    QVERIFY(exhausted <= static_cast<std::uint64_t>(resyncsPerDayMax * days));
    QCOMPARE(sync.counters().resyncs, exhausted);
    QCOMPARE(sync.counters().auditsByVerdict[std::size_t(AuditVerdict::Different)], std::uint64_t(0));
    if (isAnswered)
        QVERIFY(liveEvents > events - 100 * days);
}

QTEST_APPLESS_MAIN(TestRangeDrift)
#include "tst_range_drift.moc"

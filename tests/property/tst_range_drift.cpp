// Days of a drifting market, one symbol, on a clock of its own: what the book shows is proven, and it stays small.
// The truth is a std::map a side; the exchange's REST answers with its best levels only.
#include "book/book_set.h"
#include "support/make_sync.h"
#include "support/seed.h"

#include <QTest>

#include <map>
#include <random>

using namespace obm;
using namespace obm::test;

namespace {

using Prices = std::map<int, int>; // ticks -> quantity

Level levelOf(int price, int quantity)
{
    return {Decimal::fromUnits(price * (Decimal::unitsPerOne / 10), 1),
            Decimal::fromUnits(quantity * Decimal::unitsPerOne, 0)};
}

// A market whose middle wanders, and jumps now and then; levels that it leaves behind stay, as at the exchange.
class DriftingMarket
{
public:
    explicit DriftingMarket(std::uint64_t seed)
        : m_random(seed)
    {
        for (int i = 1; i <= 400; ++i) {
            m_bids[m_middle - i] = 1 + below(99);
            m_asks[m_middle + i] = 1 + below(99);
        }
    }

    int below(int end) { return std::uniform_int_distribution(0, end - 1)(m_random); }

    DepthUpdate nextEvent(std::int64_t eventTimeMs)
    {
        DepthUpdate update{
            .symbol = "BTCUSDT", .eventTimeMs = eventTimeMs, .previousLastId = m_id, .bids = {}, .asks = {}};
        update.firstId = m_id + 1;
        update.lastId = m_id = m_id + 1 + below(5);
        drift(update);
        for (int i = 0; i < 4; ++i)
            set(update, below(2), below(40), below(3) ? 1 + below(99) : 0);
        return update;
    }

    [[nodiscard]] DepthSnapshot snapshot(std::size_t limit, std::int64_t eventTimeMs) const
    {
        DepthSnapshot made{.lastUpdateId = m_id, .eventTimeMs = eventTimeMs, .bids = {}, .asks = {}};
        for (auto bid = m_bids.rbegin(); bid != m_bids.rend() && made.bids.size() < limit; ++bid)
            made.bids.push_back(levelOf(bid->first, bid->second));
        for (auto ask = m_asks.begin(); ask != m_asks.end() && made.asks.size() < limit; ++ask)
            made.asks.push_back(levelOf(ask->first, ask->second));
        return made;
    }

    // Whether a side is the truth from its best level to its worst one.
    [[nodiscard]] bool isTrue(const PriceLadder& bids, const PriceLadder& asks) const
    {
        return isTrue(bids, m_bids.rbegin(), m_bids.rend()) && isTrue(asks, m_asks.begin(), m_asks.end());
    }
    [[nodiscard]] std::size_t levels() const { return m_bids.size() + m_asks.size(); }

private:
    template <class Truth>
    static bool isTrue(const PriceLadder& ladder, Truth truth, Truth end)
    {
        for (const Level& level : ladder.bestFirst()) {
            if (truth == end || level.price != levelOf(truth->first, 1).price ||
                level.quantity != levelOf(truth->first, truth->second).quantity)
                return false;
            ++truth;
        }
        return true;
    }

    // In one direction for hours, and then in the other one.
    void drift(DepthUpdate& update)
    {
        if (below(20'000) == 0)
            m_isRising = !m_isRising;
        if (below(30) != 0)
            return;
        const int ticks = 1 + below(3);
        m_middle += m_isRising ? ticks : -ticks;
        clear(update, m_bids, m_bids.lower_bound(m_middle), m_bids.end(), true);
        clear(update, m_asks, m_asks.begin(), m_asks.upper_bound(m_middle), false);
        set(update, true, 0, 1 + below(99));
        set(update, false, 0, 1 + below(99));
    }

    static void clear(DepthUpdate& update, Prices& side, Prices::iterator from, Prices::iterator to, bool isBid)
    {
        for (auto level = from; level != to; ++level)
            (isBid ? update.bids : update.asks).push_back(levelOf(level->first, 0));
        side.erase(from, to);
    }

    void set(DepthUpdate& update, bool isBid, int distance, int quantity)
    {
        const int price = isBid ? m_middle - 1 - distance : m_middle + 1 + distance;
        Prices& side = isBid ? m_bids : m_asks;
        if (quantity == 0 && side.size() < 50)
            return;
        if (quantity == 0)
            side.erase(price);
        else
            side[price] = quantity;
        (isBid ? update.bids : update.asks).push_back(levelOf(price, quantity));
    }

    std::mt19937_64 m_random;
    Prices m_bids;
    Prices m_asks;
    int m_middle = 5'000'000;
    bool m_isRising = true;
    std::int64_t m_id = 1;
};

} // namespace

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

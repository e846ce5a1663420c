// The state machine under a stream that loses, doubles, reorders and garbles, with snapshots that fail, lag or lie.
// Whatever happens: a book that is Live equals the market at its u over the range it calls proven, and u never falls.
#include "book/book_sync.h"
#include "support/seed.h"

#include <QTest>

#include <map>
#include <random>

using namespace obm;

namespace {

using Prices = std::map<int, int>; // price in ticks -> quantity, rising

Level levelOf(int price, int quantity)
{
    return {Decimal::fromUnits(price * Decimal::unitsPerOne / 10, 1),
            Decimal::fromUnits(quantity * Decimal::unitsPerOne, 0)};
}

// A market that changes one level per id and remembers its book at every id.
class Market
{
public:
    struct Book
    {
        Prices bids;
        Prices asks;
    };

    explicit Market(std::mt19937_64& random)
        : m_random(random)
    {
        m_past.push_back({});
        for (int i = 0; i < 200; ++i)
            change(nullptr);
        m_eventId = lastId(); // what came before was never sent
    }

    int below(int end) { return std::uniform_int_distribution(0, end - 1)(m_random); }
    [[nodiscard]] std::int64_t lastId() const { return static_cast<std::int64_t>(m_past.size()) - 1; }
    [[nodiscard]] const Book& at(std::int64_t id) const { return m_past[static_cast<std::size_t>(id)]; }

    DepthUpdate nextEvent(std::int64_t eventTimeMs)
    {
        DepthUpdate update{
            .symbol = "A", .eventTimeMs = eventTimeMs, .previousLastId = m_eventId, .bids = {}, .asks = {}};
        for (int i = below(3); i > 0; --i)
            m_past.push_back(m_past.back()); // ids that belong to no event: U > pu + 1
        update.firstId = lastId() + 1;
        Book changes;
        for (int i = 1 + below(12); i > 0; --i)
            change(&changes);
        update.lastId = m_eventId = lastId();
        for (const auto& [price, quantity] : changes.bids)
            update.bids.push_back(levelOf(price, quantity));
        for (const auto& [price, quantity] : changes.asks)
            update.asks.push_back(levelOf(price, quantity));
        return update;
    }

    [[nodiscard]] DepthSnapshot snapshot(std::int64_t id, std::size_t limit) const
    {
        DepthSnapshot made{.lastUpdateId = id, .eventTimeMs = 0, .bids = {}, .asks = {}};
        const Book& book = at(id);
        for (auto bid = book.bids.rbegin(); bid != book.bids.rend() && made.bids.size() < limit; ++bid)
            made.bids.push_back(levelOf(bid->first, bid->second));
        for (auto ask = book.asks.begin(); ask != book.asks.end() && made.asks.size() < limit; ++ask)
            made.asks.push_back(levelOf(ask->first, ask->second));
        return made;
    }

private:
    // One id: a level changes, or the middle moves over one that has to go first.
    void change(Book* changes)
    {
        Book book = m_past.back();
        const bool isBid = below(2);
        const bool isMove = below(8) == 0;
        const int price = m_middle + (isBid ? -1 : 1) * (isMove ? 1 : 1 + below(60));
        const int quantity = isMove || below(3) == 0 ? 0 : 1 + below(99);
        Prices& side = isBid ? book.bids : book.asks;
        if (quantity == 0)
            side.erase(price);
        else
            side[price] = quantity;
        if (changes)
            (isBid ? changes->bids : changes->asks)[price] = quantity;
        if (isMove)
            m_middle += isBid ? -1 : 1;
        m_past.push_back(std::move(book));
    }

    std::mt19937_64& m_random;
    std::vector<Book> m_past; // by id
    std::int64_t m_eventId = 0;
    int m_middle = 10'000;
};

QByteArray textOf(const Level& level)
{
    return QByteArray::fromStdString(level.price.toString() + ':' + level.quantity.toString() + ' ');
}

QByteArray ladderText(const PriceLadder& ladder)
{
    QByteArray text;
    for (const Level& level : ladder.bestFirst())
        text += textOf(level);
    return text;
}

// What the market has from its best price to `worst`.
template <class BestFirst>
QByteArray marketText(BestFirst begin, BestFirst end, std::optional<Decimal> worst, bool isBid)
{
    QByteArray text;
    for (; begin != end; ++begin) {
        const Level level = levelOf(begin->first, begin->second);
        if (worst && (isBid ? level.price < *worst : level.price > *worst))
            break;
        text += textOf(level);
    }
    return text;
}

struct Chaos
{
    int lostPercent = 0;
    int doubledPercent = 0;
    int reorderedPercent = 0;
    int garbledPercent = 0;
    int snapshotFailedPercent = 0;
    int snapshotLagIds = 0;
};

// One symbol's pipeline, 100 ms a step.
class Simulation
{
public:
    Simulation(std::uint64_t seed, std::size_t snapshotLimit)
        : m_random(seed)
        , m_market(m_random)
        , m_snapshotLimit(snapshotLimit)
        , m_sync(0, {.snapshotLimit = snapshotLimit})
    {}

    void step(const Chaos& chaos)
    {
        m_nowMs += 100;
        m_sent.push_back(m_market.nextEvent(m_nowMs));
        m_events += 1;
        if (!happens(chaos.lostPercent))
            deliver(chaos);
        if (happens(chaos.doubledPercent))
            receive(m_sent[m_sent.size() - 1 - static_cast<std::size_t>(m_market.below(std::min<int>(m_events, 30)))]);
        serveSnapshot(chaos);
    }

    [[nodiscard]] const BookSync& sync() const { return m_sync; }
    [[nodiscard]] std::int64_t newestId() const { return m_sent.back().lastId; }
    [[nodiscard]] bool isSound() const { return m_isSound; }
    [[nodiscard]] int liveSteps() const { return m_liveSteps; }

private:
    bool happens(int percent) { return m_market.below(100) < percent; }

    void deliver(const Chaos& chaos)
    {
        if (m_held) {
            receive(m_sent.back());
            receive(*std::exchange(m_held, std::nullopt)); // after the one that followed it
        } else if (happens(chaos.reorderedPercent)) {
            m_held = m_sent.back();
        } else if (happens(chaos.garbledPercent)) {
            m_sync.onMalformed(m_nowMs);
        } else {
            receive(m_sent.back());
        }
    }

    void receive(const DepthUpdate& update)
    {
        m_sync.onUpdate(update, m_nowMs);
        compare();
    }

    void serveSnapshot(const Chaos& chaos)
    {
        if (m_sync.wantsSnapshot(m_nowMs)) {
            m_sync.onSnapshotQueued();
            m_answerMs = m_nowMs + 100 * m_market.below(10);
        }
        if (m_sync.snapshotPhase() == SnapshotPhase::Queued)
            m_sync.onSnapshotRequested();
        if (m_sync.snapshotPhase() != SnapshotPhase::Requested || m_nowMs < m_answerMs)
            return;
        if (happens(chaos.snapshotFailedPercent)) {
            m_sync.onSnapshotFailed(m_nowMs);
            m_answerMs = m_nowMs + 300;
            return;
        }
        const std::int64_t id = m_market.lastId() - m_market.below(chaos.snapshotLagIds + 1);
        m_sync.onSnapshot(m_market.snapshot(std::max<std::int64_t>(id, 0), m_snapshotLimit), m_nowMs);
        compare();
    }

    void compare()
    {
        if (m_sync.state() != SyncState::Live)
            return;
        ++m_liveSteps;
        const Market::Book& truth = m_market.at(m_sync.lastId());
        const PriceLadder& bids = m_sync.book().bids();
        const PriceLadder& asks = m_sync.book().asks();
        m_isSound = m_isSound && m_sync.lastId() >= m_publishedId &&
                    ladderText(bids) == marketText(truth.bids.rbegin(), truth.bids.rend(), bids.provenWorst(), true) &&
                    ladderText(asks) == marketText(truth.asks.begin(), truth.asks.end(), asks.provenWorst(), false);
        m_publishedId = m_sync.lastId();
    }

    std::mt19937_64 m_random;
    Market m_market;
    std::size_t m_snapshotLimit;
    BookSync m_sync;
    std::vector<DepthUpdate> m_sent;
    std::optional<DepthUpdate> m_held;
    std::int64_t m_nowMs = 0;
    std::int64_t m_answerMs = 0;
    std::int64_t m_publishedId = 0;
    int m_events = 0;
    int m_liveSteps = 0;
    bool m_isSound = true;
};

} // namespace

Q_DECLARE_METATYPE(Chaos)

class TestSyncChaos : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysRightAndHeals_data();
    void staysRightAndHeals();
    void doublesAloneCostNothing();
};

void TestSyncChaos::staysRightAndHeals_data()
{
    QTest::addColumn<Chaos>("chaos");
    QTest::addColumn<int>("snapshotLimit");

    QTest::newRow("calm") << Chaos{} << 1000;
    QTest::newRow("lossy") << Chaos{.lostPercent = 2} << 1000;
    QTest::newRow("narrow proven range") << Chaos{.lostPercent = 1} << 5;
    QTest::newRow("reordered") << Chaos{.reorderedPercent = 3} << 1000;
    QTest::newRow("garbled") << Chaos{.garbledPercent = 2} << 20;
    QTest::newRow("snapshots fail and lag")
        << Chaos{.lostPercent = 2, .snapshotFailedPercent = 50, .snapshotLagIds = 60} << 30;
    QTest::newRow("everything") << Chaos{.lostPercent = 2,
                                         .doubledPercent = 20,
                                         .reorderedPercent = 2,
                                         .garbledPercent = 1,
                                         .snapshotFailedPercent = 30,
                                         .snapshotLagIds = 40}
                                << 20;
}

void TestSyncChaos::staysRightAndHeals()
{
    QFETCH(Chaos, chaos);
    QFETCH(int, snapshotLimit);

    const std::uint64_t seed = test::seedOfRun();
    const auto check = qScopeGuard([seed] { test::tellSeedOnFailure(seed); });
    Simulation simulation(seed, static_cast<std::size_t>(snapshotLimit));
    for (int step = 0; step < 1500; ++step) {
        simulation.step(chaos);
        QVERIFY2(simulation.isSound(), qPrintable(QStringLiteral("step %1").arg(step)));
    }
    QVERIFY(simulation.liveSteps() > 0);
    // Once the stream is whole again, so is the book, and up to date. A narrow range may just run out once more.
    for (int step = 0; step < 100 || (step < 1000 && simulation.sync().state() != SyncState::Live); ++step)
        simulation.step({});
    QVERIFY(simulation.isSound());
    QCOMPARE(toText(simulation.sync().state()), toText(SyncState::Live));
    QCOMPARE(simulation.sync().lastId(), simulation.newestId());
}

void TestSyncChaos::doublesAloneCostNothing()
{
    const std::uint64_t seed = test::seedOfRun();
    const auto check = qScopeGuard([seed] { test::tellSeedOnFailure(seed); });
    Simulation simulation(seed, 1000);
    for (int step = 0; step < 1500; ++step)
        simulation.step({.doubledPercent = 60});
    QVERIFY(simulation.isSound());
    QCOMPARE(simulation.sync().counters().resyncs, std::uint64_t(0));
    QVERIFY(simulation.sync().counters().duplicates > 100);
}

QTEST_APPLESS_MAIN(TestSyncChaos)
#include "tst_sync_chaos.moc"

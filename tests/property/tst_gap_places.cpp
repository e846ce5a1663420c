// Events on their way from the exchange into books, lost at random where they can be lost: each gap of a book is told
// to come from a place where one of its missing events was lost. The oracle lost them and knows where.
#include "exchange/event_chain.h"
#include "kafka/loss_trail.h"
#include "support/book_rig.h"
#include "support/seed.h"

#include <QTest>

#include <array>
#include <deque>
#include <random>
#include <set>

using namespace obm;
using namespace obm::test;

namespace {

const std::string xrp = "XRPUSDT"; // in one partition with ADAUSDT
const std::array symbols = {btc, ada, xrp};
constexpr std::int64_t stepMs = 100;
constexpr std::int64_t timeoutMs = 2'000; // of a message in the producer's queue
constexpr std::size_t queueMax = 40;

// One step in so many; 0: never.
struct Faults
{
    int drop = 0;    // at the exchange, or on its network
    int reorder = 0; // there
    int away = 0;    // no broker, for longer than messages wait
    int blink = 0;   // no broker, for a moment
    int restart = 0; // of the producer, with what is in its queue
    int erase = 0;   // of messages in Kafka
    int revoke = 0;  // and messages are erased meanwhile
};

struct Event
{
    std::string symbol;
    EventIds ids;
    std::int64_t eventMs = 0;
};

struct Message
{
    Event event;
    std::optional<GapOrigin> mark;
    std::int64_t queuedMs = 0;
};

class Way
{
public:
    Way(std::uint64_t seed, const Faults& faults)
        : m_random(seed)
        , m_faults(faults)
    {
        m_rig.select({btc, ada, xrp});
        m_rig.set.assign({0, 2});
    }

    void step()
    {
        m_rig.nowMs += stepMs;
        breakSomething();
        for (const std::string& symbol : symbols)
            happen(symbol);
        giveUp();
        if (m_rig.nowMs >= m_awayUntilMs)
            deliver();
        consume();
        serveSnapshots();
    }

    [[nodiscard]] const std::set<GapOrigin>& told() const { return m_told; }
    [[nodiscard]] const QString& fault() const { return m_fault; }

private:
    struct Feed // of one symbol; gone with the producer
    {
        EventChain chain;
        LossTrail trail;
    };
    struct Partition
    {
        std::deque<std::optional<Message>> log; // none: erased
        std::int64_t position = 0;
        bool isAssigned = true;
    };

    int below(int end) { return std::uniform_int_distribution(0, end - 1)(m_random); }
    bool happens(int oneIn) { return oneIn > 0 && below(oneIn) == 0; }
    Partition& partitionOf(const std::string& symbol) { return m_partitions[partitionOfName(symbol)]; }
    void lose(const Event& event, GapOrigin origin) { m_lost[event.symbol][event.ids.lastId].insert(origin); }

    void breakSomething()
    {
        if (happens(m_faults.away))
            m_awayUntilMs = m_rig.nowMs + timeoutMs / 2 + stepMs * below(40);
        if (m_rig.nowMs > m_awayUntilMs + 5 * stepMs && happens(m_faults.blink))
            m_awayUntilMs = m_rig.nowMs + stepMs * below(5);
        if (happens(m_faults.restart)) {
            for (const Message& message : std::exchange(m_queue, {}))
                lose(message.event, GapOrigin::Producer);
            m_feeds.clear();
            m_isBeginning = {{btc, true}, {ada, true}, {xrp, true}};
            m_downUntilMs = m_rig.nowMs + stepMs * below(10);
        }
        for (auto& [number, partition] : m_partitions) {
            if (happens(m_faults.revoke))
                passOn(number, partition);
            if (partition.isAssigned && happens(m_faults.erase))
                m_eraseIn = number;
        }
    }

    // A symbol's next event: to the producer, unless it is lost or late.
    void happen(const std::string& symbol)
    {
        std::int64_t& last = m_newest[symbol];
        const std::int64_t previous = last;
        last += 1 + below(9);
        Event event{symbol, {previous, last}, BookRig::epochAtStartMs + m_rig.nowMs};
        if (m_rig.nowMs < m_downUntilMs)
            return lose(event, GapOrigin::Producer);
        if (happens(m_faults.drop))
            return lose(event, GapOrigin::Exchange);
        if (!m_held && happens(m_faults.reorder)) {
            lose(event, GapOrigin::Exchange); // when the next one comes, it is not there
            m_held = event;
            return;
        }
        produce(event);
        if (m_held && m_held->symbol == symbol)
            produce(*std::exchange(m_held, std::nullopt));
    }

    void produce(const Event& event)
    {
        Feed& feed = m_feeds[event.symbol];
        const bool followsGap = feed.chain.isBrokenBy(event.ids);
        if (m_queue.size() >= queueMax) {
            feed.trail.onRefused();
            return lose(event, GapOrigin::Producer);
        }
        if (std::exchange(m_isBeginning[event.symbol], false))
            m_first[event.symbol].insert(event.ids.previousLastId);
        Message message{event, std::nullopt, m_rig.nowMs};
        if (followsGap || feed.trail.isDoubtful())
            message.mark = followsGap ? GapOrigin::Exchange : GapOrigin::Producer;
        feed.trail.onQueued();
        m_queue.push_back(std::move(message));
    }

    void giveUp()
    {
        while (!m_queue.empty() && m_rig.nowMs - m_queue.front().queuedMs >= timeoutMs) {
            lose(m_queue.front().event, GapOrigin::Producer);
            m_feeds[m_queue.front().event.symbol].trail.onGivenUp();
            m_queue.pop_front();
        }
    }

    void deliver()
    {
        for (int count = below(20); count > 0 && !m_queue.empty(); --count) {
            m_feeds[m_queue.front().event.symbol].trail.onDelivered();
            partitionOf(m_queue.front().event.symbol).log.push_back(std::move(m_queue.front()));
            m_queue.pop_front();
        }
    }

    void erase(Partition& partition, std::int64_t offset)
    {
        std::optional<Message>& message = partition.log[static_cast<std::size_t>(offset)];
        if (message)
            lose(message->event, m_isFirstHere[message->event.symbol] ? GapOrigin::Rebalance : GapOrigin::Kafka);
        message.reset();
    }

    // To another member and back; what was not read may be gone by then.
    void passOn(int number, Partition& partition)
    {
        partition.isAssigned = !partition.isAssigned;
        if (!partition.isAssigned) {
            m_rig.set.revoke({number});
            for (const std::string& symbol : symbols)
                m_isFirstHere[symbol] = m_isFirstHere[symbol] || partitionOfName(symbol) == number;
            return;
        }
        for (auto at = partition.position; at < std::ssize(partition.log) && below(8) > 0; ++at)
            erase(partition, at);
        m_rig.set.assign({number});
        for (const std::string& symbol : symbols)
            m_gaps[symbol] = partitionOfName(symbol) == number ? 0 : m_gaps[symbol];
    }

    void consume()
    {
        for (auto& [number, partition] : m_partitions)
            while (partition.isAssigned && partition.position < std::ssize(partition.log)) {
                if (std::exchange(m_eraseIn, m_eraseIn == number ? -1 : m_eraseIn) == number)
                    erase(partition, partition.position);
                const std::int64_t offset = partition.position++;
                if (const auto& message = partition.log[static_cast<std::size_t>(offset)])
                    handOver(*message, number, offset);
                else
                    for (const std::string& symbol : symbols)
                        m_isBehindJump[symbol] = m_isBehindJump[symbol] || partitionOfName(symbol) == number;
            }
    }

    void handOver(const Message& message, int partition, std::int64_t offset)
    {
        const auto& [symbol, ids, eventMs] = message.event;
        if (m_isBehindJump[symbol]) // nobody can see whether what was erased was of this symbol
            m_erasedBefore[symbol][ids.previousLastId] =
                m_isFirstHere[symbol] ? GapOrigin::Rebalance : GapOrigin::Kafka;
        m_rig.set.onMessage(
            {.key = symbol,
             .value = eventJson(symbol, {ids.previousLastId, ids.previousLastId + 1, ids.lastId}, {}, {}, eventMs),
             .partition = partition,
             .offset = offset,
             .receivedEpochMs = eventMs,
             .mark = message.mark});
        judge(symbol);
        if (ids.lastId > m_seen[symbol]) {
            m_seen[symbol] = ids.lastId;
            m_isFirstHere[symbol] = m_isBehindJump[symbol] = false;
        }
    }

    void serveSnapshots()
    {
        m_rig.set.tick();
        for (const auto& [symbol, priority] : std::exchange(m_rig.requested, {}))
            m_asked[symbol] = m_rig.nowMs + stepMs * below(6);
        for (auto asked = m_asked.begin(); asked != m_asked.end();) {
            const auto& [symbol, dueMs] = *asked;
            if (m_rig.nowMs < dueMs || !m_rig.row(symbol)) {
                ++asked;
                continue;
            }
            m_rig.snapshot(symbol, m_newest[symbol] - below(20));
            judge(symbol);
            asked = m_asked.erase(asked);
        }
    }

    // Is there a new gap, and was one of its events lost where it says?
    void judge(const std::string& symbol)
    {
        const BookRow* row = m_rig.row(symbol);
        if (!row || row->counters.gaps == std::exchange(m_gaps[symbol], row->counters.gaps))
            return;
        const SyncTransition& gap = row->lastResync.value();
        std::set<GapOrigin> places;
        const auto& lost = m_lost[symbol];
        for (auto at = lost.upper_bound(gap.lastId); at != lost.end() && at->first <= gap.eventPreviousId; ++at)
            places.insert(at->second.begin(), at->second.end());
        if (m_first[symbol].contains(gap.eventPreviousId)) // what was lost before it is not known to the new producer
            places.insert(GapOrigin::Producer);
        if (const auto erased = m_erasedBefore[symbol].find(gap.eventPreviousId);
            erased != m_erasedBefore[symbol].end())
            places.insert(erased->second);
        const GapOrigin told = gap.origin.value();
        m_told.insert(told);
        if (places.contains(told))
            return;
        m_fault = QStringLiteral("%1: pu %2 > u %3 is told to be of %4, and is of")
                      .arg(QString::fromStdString(symbol))
                      .arg(gap.eventPreviousId)
                      .arg(gap.lastId)
                      .arg(QLatin1String(toText(told)));
        for (const GapOrigin place : places)
            m_fault += QLatin1Char(' ') + QLatin1String(toText(place));
    }

    std::mt19937_64 m_random;
    Faults m_faults;
    BookRig m_rig{{.sync = {.snapshotsAhead = 1'000'000}}};
    std::map<std::string, std::int64_t> m_newest;
    std::map<std::string, std::map<std::int64_t, std::set<GapOrigin>>> m_lost; // by u
    std::optional<Event> m_held;
    std::map<std::string, Feed> m_feeds;
    std::map<std::string, bool> m_isBeginning;
    std::map<std::string, std::set<std::int64_t>> m_first; // pu of each producer's first event
    std::deque<Message> m_queue;
    std::int64_t m_awayUntilMs = 0;
    std::int64_t m_downUntilMs = 0;
    std::map<int, Partition> m_partitions = {{0, {}}, {2, {}}};
    int m_eraseIn = -1; // the next message that is consumed there
    std::map<std::string, bool> m_isFirstHere = {{btc, true}, {ada, true}, {xrp, true}};
    std::map<std::string, bool> m_isBehindJump;
    std::map<std::string, std::map<std::int64_t, GapOrigin>> m_erasedBefore; // by pu
    std::map<std::string, std::int64_t> m_seen;
    std::map<std::string, std::int64_t> m_asked;
    std::map<std::string, std::uint64_t> m_gaps;
    std::set<GapOrigin> m_told;
    QString m_fault;
};

} // namespace

Q_DECLARE_METATYPE(Faults)

class TestGapPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areTold_data();
    void areTold();
};

void TestGapPlaces::areTold_data()
{
    using enum GapOrigin;
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<std::set<GapOrigin>>("origins");

    const auto row = [](const char* name, const Faults& faults, const std::set<GapOrigin>& origins) {
        QTest::newRow(name) << faults << origins;
    };
    row("none", {}, {});
    row("short outages alone lose nothing", {.blink = 10}, {});
    row("exchange", {.drop = 50}, {Exchange});
    row("exchange, late", {.reorder = 50}, {Exchange});
    row("exchange, and short outages", {.drop = 50, .blink = 10}, {Exchange});
    row("producer: queue full, or given up", {.away = 60}, {Producer});
    row("producer: began anew", {.restart = 60}, {Producer});
    row("kafka", {.erase = 60}, {Kafka});
    row("kafka, and short outages", {.blink = 10, .erase = 60}, {Kafka});
    row("rebalance", {.revoke = 20}, {Rebalance});
    row("everything", {.drop = 60, .away = 90, .blink = 50, .restart = 90, .erase = 50, .revoke = 40},
        {Exchange, Producer, Kafka, Rebalance});
    // Not beside others that are dropped or erased: a late event hides what is missing before it.
    row("late, and all that a producer does", {.reorder = 50, .away = 90, .blink = 50, .restart = 90},
        {Exchange, Producer});
}

void TestGapPlaces::areTold()
{
    QFETCH(Faults, faults);
    QFETCH(std::set<GapOrigin>, origins);
    const std::uint64_t seed = seedOfRun();
    const auto check = qScopeGuard([seed] { tellSeedOnFailure(seed); });
    Way way(seed, faults);
    for (int step = 0; step < 4'000; ++step) {
        way.step();
        QVERIFY2(way.fault().isEmpty(), qPrintable(QStringLiteral("step %1, %2").arg(step).arg(way.fault())));
    }
    QVERIFY(way.told() == origins);
}

QTEST_APPLESS_MAIN(TestGapPlaces)
#include "tst_gap_places.moc"

// Many symbols that begin together: they are listened to first, then the most active one comes first, each in its turn.
#include "exchange/snapshot_schedule.h"
#include "exchange/weight_budget.h"
#include "support/book_rig.h"
#include "support/std_string.h"

#include <QTest>

using namespace obm;
using namespace obm::test;

namespace {

BookSetLimits coldLimits()
{
    return {.coldAtOnceMax = 2, .coldListenMs = 1'000};
}

} // namespace

class TestColdStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<BookRig>(coldLimits());
        m_rig->select({btc, eth, ada});
    }

    void listensBeforeItAsks();
    void aFewAskAtOnce();
    void ranksByWhatWasMissed();
    void aLostBookDoesNotListen();
    void sixHundredStayInsideTheWeight();

private:
    // An event of so many levels, each of them taken away.
    void send(const std::string& symbol, std::int64_t id, int levelCount)
    {
        std::string text;
        for (int i = 0; i < levelCount; ++i)
            text += fmt::format(R"({}["{}","0"])", i ? "," : "", 100 + i);
        const std::string json =
            fmt::format(R"({{"e":"depthUpdate","E":{},"s":"{}","U":{},"u":{},"pu":{},"b":[{}],"a":[]}})",
                        BookRig::epochAtStartMs + m_rig->nowMs, symbol, id, id, id - 1, text);
        m_rig->message(symbol, json, partitionOfName(symbol));
    }
    [[nodiscard]] Names asked() const
    {
        Names names;
        for (const auto& [symbol, priority] : m_rig->requested)
            names.push_back(symbol);
        return names;
    }
    // The priority told last.
    [[nodiscard]] int priorityOf(const std::string& symbol) const
    {
        int priority = -1;
        for (const auto& [name, told] : m_rig->requested)
            priority = name == symbol ? told : priority;
        return priority;
    }

    std::unique_ptr<BookRig> m_rig;
};

void TestColdStart::listensBeforeItAsks()
{
    m_rig->set.assign({0, 1, 2});
    send(btc, 1, 1);
    send(eth, 1, 1);
    m_rig->nowMs += 500;
    m_rig->set.tick();
    QCOMPARE(asked(), Names{});
    send(eth, 2, 50);
    m_rig->nowMs += 500;
    m_rig->set.tick();
    QCOMPARE(asked(), (Names{btc, eth}));
    QVERIFY(priorityOf(eth) > priorityOf(btc));
    send(ada, 1, 1); // the first one of a symbol that was silent until now
    QCOMPARE(asked(), (Names{btc, eth, ada}));
}

void TestColdStart::aFewAskAtOnce()
{
    m_rig->set.assign({0, 1});
    send(btc, 1, 1);
    QCOMPARE(asked(), Names{btc});
}

void TestColdStart::ranksByWhatWasMissed()
{
    m_rig->set.assign({0, 1});
    send(btc, 1, 3);
    send(eth, 1, 1);
    QVERIFY(priorityOf(btc) > priorityOf(eth));
    for (std::int64_t id = 2; id < 10; ++id)
        send(eth, id, 2);
    m_rig->set.tick();
    QVERIFY(priorityOf(eth) > priorityOf(btc));
    QVERIFY(priorityOf(eth) < priorityWorn);
    m_rig->forgetOutputs();
    m_rig->set.tick();
    QCOMPARE(asked(), Names{}); // nothing new
}

void TestColdStart::aLostBookDoesNotListen()
{
    m_rig->set.assign({0, 1, 2});
    m_rig->nowMs += 1'000;
    m_rig->goLive(btc);
    m_rig->set.revoke({0, 1, 2});
    m_rig->set.assign({0, 1, 2}); // two of the three are cold, btc is not
    m_rig->forgetOutputs();
    m_rig->event(btc, {105, 106, 110});
    QCOMPARE(asked(), Names{btc});
    QVERIFY(priorityOf(btc) >= priorityResync);
}

// BookSet, schedule and budget as a handler has them, in virtual time; weight and order are counted here.
void TestColdStart::sixHundredStayInsideTheWeight()
{
    constexpr int symbolCount = 600;
    constexpr int weight = 20;
    constexpr int perMinute = 1'200;
    constexpr std::int64_t stepMs = 50;
    const auto activityOf = [](int i) { return 1 + 7 * i % symbolCount; };
    Names symbols;
    Names byActivity(symbolCount);
    for (int i = 0; i < symbolCount; ++i) {
        symbols.push_back(fmt::format("S{:03}USDT", i));
        byActivity[std::size_t(symbolCount - activityOf(i))] = symbols.back();
    }
    m_rig = std::make_unique<BookRig>();
    m_rig->select(symbols);
    m_rig->set.assign({0, 1, 2});
    WeightBudget budget(perMinute);
    SnapshotSchedule schedule(budget, weight, {});

    struct Flight
    {
        std::string symbol;
        WeightBudget::SpendingId spending;
    };
    std::vector<Flight> flights;
    Names asked;
    std::map<std::string, std::int64_t> turnsMs;
    std::map<std::int64_t, int> usedInMinute;
    std::int64_t id = 0;
    const auto utcMs = [&] { return BookRig::epochAtStartMs + m_rig->nowMs; };
    for (int step = 0; asked.size() < symbolCount || !flights.empty(); ++step, m_rig->nowMs += stepMs) {
        QVERIFY(step * stepMs < 11 * obm::minuteMs);
        if (step % 20 == 0 && ++id > 0)
            for (int i = 0; i < symbolCount; ++i)
                send(symbols[std::size_t(i)], id, id == 1 ? activityOf(i) : 1);
        for (const Flight& flight : std::exchange(flights, {})) {
            budget.onAnswered(flight.spending, utcMs());
            schedule.onResult(flight.symbol, snapshotAt(id), utcMs());
            m_rig->set.onSnapshot(flight.symbol, snapshotAt(id));
        }
        m_rig->set.tick();
        for (const auto& [symbol, priority] : std::exchange(m_rig->requested, {}))
            schedule.request(symbol, priority);
        if (turnsMs.empty() && schedule.status(utcMs()).queued == symbolCount)
            for (const auto& [symbol, place] : schedule.places(utcMs()))
                turnsMs[symbol] = m_rig->nowMs + 1000 * place.secondsToGo;
        while (const auto symbol = schedule.take(utcMs())) {
            flights.push_back({*symbol, budget.spend(weight, utcMs())});
            usedInMinute[utcMs() / obm::minuteMs] += weight;
            m_rig->set.onSnapshotRequested(*symbol);
            asked.push_back(*symbol);
            QVERIFY2(std::abs(m_rig->nowMs - turnsMs[*symbol]) <= 3'000, symbol->c_str());
        }
    }
    QCOMPARE(asked, byActivity);
    for (const auto& [minute, used] : usedInMinute)
        QVERIFY2(used <= perMinute, qPrintable(QString::number(used)));
    for (const std::string& symbol : symbols)
        QCOMPARE(m_rig->state(symbol), std::string("live bridged"));
}

QTEST_APPLESS_MAIN(TestColdStart)
#include "tst_cold_start.moc"

// Many symbols that begin together: they are listened to first, then the most active one comes first.
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

private:
    // An event of so many levels.
    void send(const std::string& symbol, std::int64_t id, int levelCount)
    {
        std::string text;
        for (int i = 0; i < levelCount; ++i)
            text += fmt::format(R"({}["{}","1"])", i ? "," : "", 100 + i);
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

QTEST_APPLESS_MAIN(TestColdStart)
#include "tst_cold_start.moc"

#include "exchange/subscription_plan.h"

#include <QTest>

#include <map>

using namespace obm;

namespace {

std::vector<std::string> symbols(int from, int to)
{
    std::vector<std::string> names;
    for (int i = from; i < to; ++i)
        names.push_back("S" + std::to_string(i));
    return names;
}

} // namespace

class TestSubscriptionPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spreadsEvenly_data();
    void spreadsEvenly();
    void staysWhereItIs();
    void refillsWhatBecameFree();
    void doublesCountOnce();
    void neverAboveTheProtocolsLimit();
};

void TestSubscriptionPlan::spreadsEvenly_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("perConnection");
    QTest::addColumn<int>("connections");
    QTest::addColumn<int>("fullest");
    QTest::newRow("none") << 0 << 200 << 0 << 0;
    QTest::newRow("one") << 1 << 200 << 1 << 1;
    QTest::newRow("exactly one connection") << 200 << 200 << 1 << 200;
    QTest::newRow("one more") << 201 << 200 << 2 << 101;
    QTest::newRow("the whole market") << 800 << 200 << 4 << 200;
    QTest::newRow("one each") << 3 << 1 << 3 << 1;
}

void TestSubscriptionPlan::spreadsEvenly()
{
    QFETCH(int, count);
    QFETCH(int, perConnection);
    QFETCH(int, connections);
    QFETCH(int, fullest);
    SubscriptionPlan plan(perConnection);
    const PlanChange change = plan.change(symbols(0, count));
    QCOMPARE(int(change.added.size()), count);
    QCOMPARE(int(plan.connectionCount()), connections);
    std::map<int, int> loads;
    int most = 0;
    for (const PlannedSymbol& planned : change.added)
        most = std::max(most, ++loads[planned.connection]);
    QCOMPARE(most, fullest);
}

void TestSubscriptionPlan::staysWhereItIs()
{
    SubscriptionPlan plan(10);
    std::ignore = plan.change(symbols(0, 15));
    QVERIFY(plan.change(symbols(0, 15)).added.empty());
    const PlanChange grown = plan.change(symbols(0, 25));
    QCOMPARE(int(grown.added.size()), 10);
    QVERIFY(grown.removed.empty());
    QCOMPARE(int(plan.connectionCount()), 3);
}

void TestSubscriptionPlan::refillsWhatBecameFree()
{
    SubscriptionPlan plan(10);
    std::ignore = plan.change(symbols(0, 20));
    const PlanChange change = plan.change(symbols(5, 25));
    QCOMPARE(int(change.removed.size()), 5);
    QCOMPARE(int(change.added.size()), 5);
    QCOMPARE(int(plan.connectionCount()), 2);
    QCOMPARE(int(plan.symbolCount()), 20);
    QCOMPARE(int(plan.change({}).removed.size()), 20);
    QCOMPARE(int(plan.symbolCount()), 0);
}

void TestSubscriptionPlan::doublesCountOnce()
{
    SubscriptionPlan plan(2);
    const PlanChange change = plan.change({"A", "B", "A", "B"});
    QCOMPARE(int(change.added.size()), 2);
    QCOMPARE(int(plan.connectionCount()), 1);
}

void TestSubscriptionPlan::neverAboveTheProtocolsLimit()
{
    SubscriptionPlan plan(5000);
    std::ignore = plan.change(symbols(0, 1025));
    QCOMPARE(int(plan.connectionCount()), 2);
}

QTEST_APPLESS_MAIN(TestSubscriptionPlan)
#include "tst_subscription_plan.moc"

#include "exchange/idle_deadline.h"

#include <QTest>

using obm::IdleDeadline;

class TestIdleDeadline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void silenceEndsAConnection();
    void quietSymbolsEarnALongerAllowance();
    void dataRightAfterTheReconnectRestoresTheBase();
    void steadyDataRestoresTheBase();
    void allowanceIsCapped();
};

void TestIdleDeadline::silenceEndsAConnection()
{
    IdleDeadline idle(15, 600);
    idle.onSubscribed(100);
    QVERIFY(!idle.isOver(115));
    QVERIFY(idle.isOver(116));
    idle.onData(115);
    QVERIFY(!idle.isOver(130));
    QVERIFY(idle.isOver(131));
}

void TestIdleDeadline::quietSymbolsEarnALongerAllowance()
{
    IdleDeadline idle(15, 600);
    idle.onSubscribed(0);
    idle.onKill(16);
    idle.onSubscribed(17);
    QVERIFY(!idle.isOver(40));
    idle.onData(42); // a pause of 25: they are quiet
    QCOMPARE(idle.allowanceMs(), std::int64_t(30));
    QVERIFY(!idle.isOver(72));
}

void TestIdleDeadline::dataRightAfterTheReconnectRestoresTheBase()
{
    IdleDeadline idle(15, 600);
    idle.onSubscribed(0);
    idle.onKill(16);
    idle.onSubscribed(17);
    idle.onData(18);
    QCOMPARE(idle.allowanceMs(), std::int64_t(15));
}

void TestIdleDeadline::steadyDataRestoresTheBase()
{
    IdleDeadline idle(15'000, 600'000);
    idle.onSubscribed(0);
    idle.onKill(16'000);
    idle.onSubscribed(17'000);
    idle.onData(42'000);
    for (std::int64_t now = 43'000; now < 42'000 + IdleDeadline::forgetMs; now += 1'000) {
        idle.onData(now);
        QCOMPARE(idle.allowanceMs(), std::int64_t(30'000));
    }
    idle.onData(42'000 + IdleDeadline::forgetMs);
    QCOMPARE(idle.allowanceMs(), std::int64_t(15'000));
}

void TestIdleDeadline::allowanceIsCapped()
{
    IdleDeadline idle(15, 100);
    for (int i = 0; i < 100; ++i)
        idle.onKill(i);
    QCOMPARE(idle.allowanceMs(), std::int64_t(100));
}

QTEST_APPLESS_MAIN(TestIdleDeadline)
#include "tst_idle_deadline.moc"

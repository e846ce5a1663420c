// The pace of hand-overs: leading edge, trailing edge, never more often than the interval.
#include "concurrent/pace.h"

#include <QtTest>

using namespace obm;

class TestPace : public QObject
{
    Q_OBJECT

    static std::vector<Pace::Id> due(Pace& pace, std::int64_t nowMs, std::size_t max = 100)
    {
        std::vector<Pace::Id> ids;
        pace.takeDue(nowMs, max, ids);
        return ids;
    }
    using Ids = std::vector<Pace::Id>;

private Q_SLOTS:
    void firstChangeIsDueAtOnce()
    {
        Pace pace(100);
        pace.markChanged(3, 1000);
        QCOMPARE(pace.nextDueMs(), std::optional<std::int64_t>(1000));
        QCOMPARE(due(pace, 1000), Ids{3});
        QCOMPARE(due(pace, 1000), Ids{});
        QVERIFY(!pace.nextDueMs());
    }

    void lastOfABurstFollowsWhenTheIntervalHasPassed()
    {
        Pace pace(100);
        pace.markChanged(0, 1000);
        due(pace, 1000);
        pace.markChanged(0, 1010);
        pace.markChanged(0, 1020);
        QCOMPARE(due(pace, 1099), Ids{});
        QCOMPARE(pace.nextDueMs(), std::optional<std::int64_t>(1100));
        QCOMPARE(due(pace, 1100), Ids{0});
        QCOMPARE(due(pace, 2000), Ids{});
    }

    void ordersByDueTimeNotByChange()
    {
        Pace pace(100);
        pace.markChanged(0, 1000);
        due(pace, 1000);
        pace.markChanged(1, 1050);
        due(pace, 1050);
        pace.markChanged(1, 1060);
        pace.markChanged(0, 1070);
        QCOMPARE(due(pace, 1200), (Ids{0, 1}));
    }

    void aFailedHandOverComesBackAtOnce()
    {
        Pace pace(1000);
        pace.markChanged(0, 1000);
        due(pace, 1000);
        pace.giveBack(0);
        QCOMPARE(due(pace, 1001), Ids{0});
    }

    void whatIsGivenBackWhileItWaitsComesAtOnceAndOnce()
    {
        Pace pace(1000);
        pace.markChanged(0, 1000);
        due(pace, 1000);
        pace.markChanged(0, 1001);
        pace.giveBack(0);
        QCOMPARE(due(pace, 1002), Ids{0});
        QCOMPARE(pace.waiting(), std::size_t(0));
        QVERIFY(!pace.nextDueMs());
    }

    void aForgottenItemIsNotHandedOn()
    {
        Pace pace(100);
        pace.markChanged(0, 1000);
        pace.forget(0);
        QCOMPARE(pace.waiting(), std::size_t(0));
        QCOMPARE(due(pace, 2000), Ids{});
        pace.markChanged(0, 2000);
        QCOMPARE(due(pace, 2000), Ids{0});
    }

    void takesNoMoreThanAsked()
    {
        Pace pace(100);
        for (Pace::Id id = 0; id < 5; ++id)
            pace.markChanged(id, 1000);
        QCOMPARE(due(pace, 1000, 2).size(), std::size_t(2));
        QCOMPARE(pace.waiting(), std::size_t(3));
    }
};

QTEST_GUILESS_MAIN(TestPace)
#include "tst_pace.moc"

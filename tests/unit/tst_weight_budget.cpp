#include "exchange/weight_budget.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>

using namespace obm;

namespace {

constexpr std::int64_t minuteStart = 1'700'000'040'000; // a whole UTC minute
static_assert(minuteStart % minuteMs == 0);
constexpr std::int64_t middle = minuteStart + 30'000;
constexpr int snapshot = 20;

void spendAnswered(WeightBudget& budget, int times, std::int64_t nowMs)
{
    for (int i = 0; i < times; ++i)
        budget.onAnswered(budget.spend(snapshot, nowMs), nowMs);
}

} // namespace

class TestWeightBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void depthWeights_data();
    void depthWeights();
    void ownBudgetHoldsInAMinute();
    void newMinuteBringsNewRoomAfterTheGuard();
    void spendingAtABoundaryCountsInBothMinutes_data();
    void spendingAtABoundaryCountsInBothMinutes();
    void unansweredRequestFollowsIntoTheNextMinute();
    void ipLimitHoldsAtItsShare_data();
    void ipLimitHoldsAtItsShare();
    void headerBelongsToTheMinuteOfItsAnswer();
    void lateAnswerDoesNotLowerTheHeader();
    void retryAfterStopsEverything();
    void refusalWithoutRetryAfter_data();
    void refusalWithoutRetryAfter();
    void longerRetryAfterWins();
    void budgetBelowOneRequestIsKeptOnAverage_data();
    void budgetBelowOneRequestIsKeptOnAverage();
    void ipLimitBelowOneRequestStillMoves();
    void nextChanceIsNeverTooLate();
    void estimateFollowsTheBudget();
    void clockSetBackDoesNotStall();
    void aClockThatIsSetChangesNoWait_data();
    void aClockThatIsSetChangesNoWait();
    void noMinuteOfAnyNearbyClockIsExceeded_data();
    void noMinuteOfAnyNearbyClockIsExceeded();
};

void TestWeightBudget::depthWeights_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("weight");
    for (const int limit : {5, 10, 20, 50})
        QTest::addRow("%d", limit) << limit << 2;
    QTest::newRow("100") << 100 << 5;
    QTest::newRow("500") << 500 << 10;
    QTest::newRow("1000") << 1000 << 20;
}

void TestWeightBudget::depthWeights()
{
    QFETCH(int, limit);
    QFETCH(int, weight);
    QCOMPARE(depthWeight(limit), weight);
}

void TestWeightBudget::ownBudgetHoldsInAMinute()
{
    WeightBudget budget(100);
    for (int i = 0; i < 5; ++i) {
        QVERIFY(budget.canSpend(snapshot, middle));
        spendAnswered(budget, 1, middle);
    }
    QCOMPARE(budget.ownUsed(middle), 100);
    QVERIFY(!budget.canSpend(snapshot, middle));
    QVERIFY(!budget.canSpend(1, minuteStart + minuteMs - 1));
}

void TestWeightBudget::newMinuteBringsNewRoomAfterTheGuard()
{
    WeightBudget budget(100);
    spendAnswered(budget, 5, middle);
    const std::int64_t next = minuteStart + minuteMs;
    QCOMPARE(budget.nextChanceMs(snapshot, middle), next + minuteGuardMs);
    QVERIFY(!budget.canSpend(snapshot, next));
    QVERIFY(!budget.canSpend(snapshot, next + minuteGuardMs - 1));
    QVERIFY(budget.canSpend(snapshot, next + minuteGuardMs));
    QCOMPARE(budget.ownUsed(next + minuteGuardMs), 0);
}

void TestWeightBudget::spendingAtABoundaryCountsInBothMinutes_data()
{
    QTest::addColumn<qint64>("sentMs");
    QTest::addColumn<int>("thisMinute");
    QTest::addColumn<int>("nextMinute");
    QTest::newRow("middle") << qint64(middle) << 20 << 0;
    QTest::newRow("before the guard") << qint64(minuteStart + minuteMs - minuteGuardMs - 1) << 20 << 0;
    QTest::newRow("in the guard") << qint64(minuteStart + minuteMs - minuteGuardMs) << 20 << 20;
    QTest::newRow("last ms") << qint64(minuteStart + minuteMs - 1) << 20 << 20;
    QTest::newRow("first ms of the next") << qint64(minuteStart + minuteMs) << 20 << 20;
    QTest::newRow("guard of the next") << qint64(minuteStart + minuteMs + minuteGuardMs - 1) << 20 << 20;
    QTest::newRow("after it") << qint64(minuteStart + minuteMs + minuteGuardMs) << 0 << 20;
}

void TestWeightBudget::spendingAtABoundaryCountsInBothMinutes()
{
    QFETCH(qint64, sentMs);
    QFETCH(int, thisMinute);
    QFETCH(int, nextMinute);
    WeightBudget budget(1200);
    spendAnswered(budget, 1, sentMs);
    QCOMPARE(budget.ownUsed(middle), thisMinute);
    QCOMPARE(budget.ownUsed(middle + minuteMs), nextMinute);
}

void TestWeightBudget::unansweredRequestFollowsIntoTheNextMinute()
{
    WeightBudget budget(100);
    const auto id = budget.spend(snapshot, middle);
    QCOMPARE(budget.ownUsed(middle + minuteMs), snapshot);
    budget.onAnswered(id, middle + minuteMs);
    QCOMPARE(budget.ownUsed(middle + 2 * minuteMs), 0);
}

void TestWeightBudget::ipLimitHoldsAtItsShare_data()
{
    QTest::addColumn<int>("ipLimit");
    QTest::addColumn<int>("headerUsed");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("up to 80 %") << 2400 << 1900 << true;
    QTest::newRow("one more") << 2400 << 1901 << false;
    QTest::newRow("above") << 2400 << 2500 << false;
    QTest::newRow("other limit") << 6000 << 4780 << true;
    QTest::newRow("other limit, one more") << 6000 << 4781 << false;
}

void TestWeightBudget::ipLimitHoldsAtItsShare()
{
    QFETCH(int, ipLimit);
    QFETCH(int, headerUsed);
    QFETCH(bool, allowed);
    WeightBudget budget(1'000'000);
    budget.setIpLimit(ipLimit);
    budget.onUsedWeightHeader(headerUsed, middle);
    QCOMPARE(budget.canSpend(snapshot, middle), allowed);
}

void TestWeightBudget::headerBelongsToTheMinuteOfItsAnswer()
{
    WeightBudget budget(1200);
    budget.onUsedWeightHeader(2300, middle);
    QVERIFY(!budget.canSpend(snapshot, middle));
    QVERIFY(budget.canSpend(snapshot, middle + minuteMs));
    QCOMPARE(budget.headerUsed(middle + minuteMs), 0);
}

void TestWeightBudget::lateAnswerDoesNotLowerTheHeader()
{
    WeightBudget budget(1200);
    budget.onUsedWeightHeader(1950, middle);
    budget.onUsedWeightHeader(1890, middle + 5);
    QCOMPARE(budget.headerUsed(middle + 5), 1950);
}

void TestWeightBudget::retryAfterStopsEverything()
{
    WeightBudget budget(1200);
    budget.onRetryAfter(90'000, middle);
    QVERIFY(!budget.canSpend(1, middle));
    QVERIFY(!budget.canSpend(1, middle + 89'999));
    QVERIFY(budget.canSpend(1, middle + 90'000));
    QCOMPARE(budget.nextChanceMs(1, middle), middle + 90'000);
}

void TestWeightBudget::refusalWithoutRetryAfter_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<std::int64_t>("atMs");
    QTest::addColumn<std::int64_t>("untilMs");
    constexpr std::int64_t minuteEnd = middle - middle % minuteMs + minuteMs;
    QTest::newRow("429: until the minute is over") << 429 << middle << minuteEnd + minuteGuardMs;
    QTest::newRow("429 when the exchange's next minute may have begun")
        << 429 << minuteEnd - minuteGuardMs << minuteEnd + minuteMs + minuteGuardMs;
    QTest::newRow("418: two minutes") << 418 << middle << middle + 120'000;
    QTest::newRow("503: nothing") << 503 << middle << std::int64_t(0);
}

void TestWeightBudget::refusalWithoutRetryAfter()
{
    QFETCH(int, status);
    QFETCH(std::int64_t, atMs);
    QFETCH(std::int64_t, untilMs);
    WeightBudget budget(1200);
    budget.onHttpStatus(status, std::nullopt, atMs);
    QCOMPARE(budget.blockedUntilMs(), untilMs);
}

void TestWeightBudget::longerRetryAfterWins()
{
    WeightBudget budget(1200);
    budget.onRetryAfter(10'000, middle);
    budget.onRetryAfter(1'000, middle + 100);
    QCOMPARE(budget.blockedUntilMs(), middle + 10'000);
    budget.onRetryAfter(1LL << 60, middle);
    QCOMPARE(budget.blockedUntilMs(), middle + maxRetryAfterMs);
}

void TestWeightBudget::budgetBelowOneRequestIsKeptOnAverage_data()
{
    QTest::addColumn<int>("weightPerMinute");
    QTest::addColumn<int>("minutes");
    QTest::newRow("2") << 2 << 10;
    QTest::newRow("7") << 7 << 3;
    QTest::newRow("19") << 19 << 2;
}

void TestWeightBudget::budgetBelowOneRequestIsKeptOnAverage()
{
    QFETCH(int, weightPerMinute);
    QFETCH(int, minutes);
    WeightBudget budget(weightPerMinute);
    QVERIFY(budget.canSpend(snapshot, middle));
    spendAnswered(budget, 1, middle);
    const std::int64_t next = minuteStart + minutes * minuteMs + minuteGuardMs;
    QCOMPARE(budget.nextChanceMs(snapshot, middle), next);
    QVERIFY(!budget.canSpend(1, next - 1));
    QVERIFY(budget.canSpend(snapshot, next));
}

void TestWeightBudget::ipLimitBelowOneRequestStillMoves()
{
    WeightBudget budget(1200);
    budget.setIpLimit(10);
    QVERIFY(budget.canSpend(snapshot, middle));
    budget.onUsedWeightHeader(1, middle);
    QVERIFY(!budget.canSpend(snapshot, middle));
}

// Walks from chance to chance: each must come within two minutes, or a symbol would never be synced.
void TestWeightBudget::nextChanceIsNeverTooLate()
{
    WeightBudget budget(60);
    std::int64_t now = minuteStart + 59'500;
    for (int sent = 0; sent < 30;) {
        const std::int64_t chance = budget.nextChanceMs(snapshot, now);
        QVERIFY(chance >= now && chance - now <= 2 * minuteMs);
        QCOMPARE(budget.canSpend(snapshot, now), chance == now);
        if (chance == now) {
            spendAnswered(budget, 1, now);
            ++sent;
        }
        now = chance;
    }
    QVERIFY(now - minuteStart <= 11 * minuteMs + minuteGuardMs);
}

void TestWeightBudget::estimateFollowsTheBudget()
{
    WeightBudget budget(1200);
    QCOMPARE(budget.estimateMs(0, snapshot, middle), middle);
    QCOMPARE(budget.estimateMs(60, snapshot, middle), middle);
    QCOMPARE(budget.estimateMs(61, snapshot, middle), minuteStart + minuteMs + minuteGuardMs);
    // 800 symbols at the default budget: 13 minutes and the rest
    QCOMPARE(budget.estimateMs(800, snapshot, middle), minuteStart + 13 * minuteMs + minuteGuardMs);
}

void TestWeightBudget::clockSetBackDoesNotStall()
{
    WeightBudget budget(100);
    spendAnswered(budget, 5, middle + 60 * minuteMs);
    QVERIFY(budget.canSpend(snapshot, middle));
}

void TestWeightBudget::aClockThatIsSetChangesNoWait_data()
{
    QTest::addColumn<qint64>("jumpMs");
    QTest::newRow("back") << qint64(-3'600'000);
    QTest::newRow("back by half a minute") << qint64(-30'000);
    QTest::newRow("ahead") << qint64(3'600'000);
    QTest::newRow("ahead by years") << qint64(3LL * 365 * 24 * 3'600'000);
}

void TestWeightBudget::aClockThatIsSetChangesNoWait()
{
    QFETCH(qint64, jumpMs);
    const std::int64_t nowMs = middle;
    WeightBudget blocked(100);
    blocked.onRetryAfter(10'000, nowMs);
    blocked.onClockSet(jumpMs, nowMs + jumpMs + 1'000);
    QVERIFY(!blocked.canSpend(20, nowMs + jumpMs + 9'999));
    QVERIFY(blocked.canSpend(20, nowMs + jumpMs + 10'000));

    WeightBudget used(100);
    spendAnswered(used, 5, nowMs);
    used.onClockSet(jumpMs, nowMs + jumpMs);
    QVERIFY(!used.canSpend(20, nowMs + jumpMs));
    QVERIFY(used.canSpend(20, nowMs + jumpMs + 3 * minuteMs));

    WeightBudget free(100);
    free.onClockSet(jumpMs, nowMs + jumpMs);
    QVERIFY(free.canSpend(20, nowMs + jumpMs));
}

void TestWeightBudget::noMinuteOfAnyNearbyClockIsExceeded_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// The exchange's clock differs by up to the guard less the time of travel, and answers come late: whichever of its
// minutes a request falls into, none holds more than the budget.
void TestWeightBudget::noMinuteOfAnyNearbyClockIsExceeded()
{
    QFETCH(quint32, seed);
    std::mt19937 random(seed);
    const auto upTo = [&random](std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(0, most)(random);
    };
    const std::int64_t clockDifference = upTo(2 * minuteGuardMs) - minuteGuardMs;
    WeightBudget budget(200);
    std::map<std::int64_t, int> usedByExchangeMinute;
    std::multimap<std::int64_t, WeightBudget::SpendingId> answers;
    std::int64_t now = minuteStart + upTo(minuteMs);
    for (int i = 0; i < 3000; ++i) {
        now += upTo(300);
        while (!answers.empty() && answers.begin()->first <= now) {
            budget.onAnswered(answers.begin()->second, answers.begin()->first);
            answers.erase(answers.begin());
        }
        if (answers.size() >= 4 || !budget.canSpend(snapshot, now))
            continue;
        const std::int64_t travelMs = upTo(5'000);
        usedByExchangeMinute[(now + travelMs + clockDifference) / minuteMs] += snapshot;
        answers.emplace(now + travelMs + upTo(1'000), budget.spend(snapshot, now));
    }
    for (const auto& [minute, used] : usedByExchangeMinute)
        QVERIFY2(used <= 200, qPrintable(QString("%1 used, seed %2").arg(used).arg(seed)));
    QVERIFY(usedByExchangeMinute.size() > 5);
}

QTEST_APPLESS_MAIN(TestWeightBudget)
#include "tst_weight_budget.moc"

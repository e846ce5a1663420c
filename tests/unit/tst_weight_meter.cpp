// The exchange's weight rule: used weight per UTC minute, 429 over the limit, 418 for a client that goes on.
#include "localexchange/weight_meter.h"

#include <QTest>

using obm::localexchange::WeightMeter;
using Verdict = WeightMeter::Verdict;

class TestWeightMeter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allowsUpToTheLimit();
    void beginsAnewEachMinute();
    void bansTheOneThatGoesOn();
    void remembersTheWorstMinute();
};

namespace {

constexpr std::int64_t minuteStartMs = 60'000LL * 29'000'000;

}

void TestWeightMeter::allowsUpToTheLimit()
{
    WeightMeter meter(40);
    QCOMPARE(meter.use(20, minuteStartMs), Verdict::Allowed);
    QCOMPARE(meter.use(20, minuteStartMs + 1'000), Verdict::Allowed);
    QCOMPARE(meter.use(1, minuteStartMs + 58'500), Verdict::TooMany);
    QCOMPARE(meter.retryAfterSeconds(minuteStartMs + 58'500), 2);
    QCOMPARE(meter.used(), 41);
}

void TestWeightMeter::beginsAnewEachMinute()
{
    WeightMeter meter(40);
    QCOMPARE(meter.use(40, minuteStartMs + 59'999), Verdict::Allowed);
    QCOMPARE(meter.use(40, minuteStartMs + 60'000), Verdict::Allowed);
    QCOMPARE(meter.used(), 40);
}

void TestWeightMeter::bansTheOneThatGoesOn()
{
    WeightMeter meter(1);
    QCOMPARE(meter.use(1, minuteStartMs), Verdict::Allowed);
    for (int i = 0; i < WeightMeter::refusalsBeforeBan; ++i)
        QCOMPARE(meter.use(1, minuteStartMs), Verdict::TooMany);
    QCOMPARE(meter.use(1, minuteStartMs), Verdict::Banned);
    QCOMPARE(meter.retryAfterSeconds(minuteStartMs), WeightMeter::banMs / 1'000);
    QCOMPARE(meter.use(1, minuteStartMs + WeightMeter::banMs - 1), Verdict::Banned);
    QCOMPARE(meter.use(1, minuteStartMs + WeightMeter::banMs), Verdict::Allowed);
}

void TestWeightMeter::remembersTheWorstMinute()
{
    WeightMeter meter(40);
    meter.use(30, minuteStartMs);
    meter.use(15, minuteStartMs + 1);
    meter.use(10, minuteStartMs + 60'000);
    QCOMPARE(meter.highest(), 45);
    QCOMPARE(meter.tooManyAnswers(), 1);
    QCOMPARE(meter.bannedAnswers(), 0);
    for (int i = 0; i <= WeightMeter::refusalsBeforeBan; ++i)
        meter.use(40, minuteStartMs + 120'000);
    meter.use(1, minuteStartMs + 120'000);
    QCOMPARE(meter.bannedAnswers(), 1);
    QCOMPARE(meter.tooManyAnswers(), 1 + WeightMeter::refusalsBeforeBan);
}

QTEST_GUILESS_MAIN(TestWeightMeter)
#include "tst_weight_meter.moc"

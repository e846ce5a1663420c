// The numbers of a ladder: amounts and their text, the tick, groups of prices, the scale of the bars.
#include "support/make_depth.h"
#include "ui/ladder/amount.h"
#include "ui/ladder/price_grouping.h"
#include "ui/ladder/steady_scale.h"

#include <QTest>

#include <limits>

using namespace obm;
using namespace obm::test;

class LadderNumbersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void amountsAreWritten_data();
    void amountsAreWritten();
    void amountsStopAtTheLargest();
    void columnsAgreeOnAStyle_data();
    void columnsAgreeOnAStyle();
    void tickIsLearned_data();
    void tickIsLearned();
    void pricesAreGrouped_data();
    void pricesAreGrouped();
    void groupsFollowOneTwoFive();
    void scaleIsSteady();
};

void LadderNumbersTest::amountsAreWritten_data()
{
    QTest::addColumn<qint64>("units");
    QTest::addColumn<int>("power");
    QTest::addColumn<int>("decimals");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64{0} << 0 << 3 << QStringLiteral("0.000");
    QTest::newRow("zero, whole") << qint64{0} << 0 << 0 << QStringLiteral("0");
    QTest::newRow("plain") << qint64{11'300'000} << 0 << 3 << QStringLiteral("0.113");
    QTest::newRow("rounded up") << qint64{199'950'000} << 0 << 3 << QStringLiteral("2.000");
    QTest::newRow("rounded down") << qint64{199'949'999} << 0 << 3 << QStringLiteral("1.999");
    QTest::newRow("whole") << qint64{150'000'000} << 0 << 0 << QStringLiteral("2");
    QTest::newRow("thousands") << qint64{1'234'567'000'000} << 3 << 2 << QStringLiteral("12.35K");
    QTest::newRow("millions") << qint64{1'234'567'000'000'000} << 6 << 1 << QStringLiteral("12.3M");
    QTest::newRow("all digits") << qint64{1'234'567'812'345'678} << 0 << 8 << QStringLiteral("12345678.12345678");
}

void LadderNumbersTest::amountsAreWritten()
{
    QFETCH(qint64, units);
    QFETCH(int, power);
    QFETCH(int, decimals);
    QTEST(amountText(Amount{units}, {.scale = 8, .power = power, .decimals = decimals}), "text");
}

void LadderNumbersTest::amountsStopAtTheLargest()
{
    const Decimal largest = Decimal::parse("92233720368.54775807").value();
    const Amount product = amountOf(largest, largest, LadderUnits::Quote);
    QVERIFY(product > 0);
    QVERIFY(addAmounts(addAmounts(product, product), product) == amountMax);
    QVERIFY(addAmounts(amountMax, 1) == amountMax);
    QCOMPARE(amountText(amountMax, styleFor(amountMax, LadderUnits::Quote, 2)), QStringLiteral("17014118346T"));
}

void LadderNumbersTest::columnsAgreeOnAStyle_data()
{
    QTest::addColumn<qint64>("whole"); // of the largest amount
    QTest::addColumn<int>("dataDecimals");
    QTest::addColumn<QString>("text"); // of that largest amount
    QTest::newRow("small") << qint64{7} << 3 << QStringLiteral("7.000");
    QTest::newRow("many decimals") << qint64{1234} << 8 << QStringLiteral("1234.0000");
    QTest::newRow("no decimals in the data") << qint64{1'234'567} << 0 << QStringLiteral("1234567");
    QTest::newRow("seven digits") << qint64{1'234'567} << 3 << QStringLiteral("1234567.0");
    QTest::newRow("eight digits") << qint64{12'345'678} << 3 << QStringLiteral("12345.7K");
    QTest::newRow("ten digits") << qint64{1'234'567'890} << 3 << QStringLiteral("1234.57M");
}

void LadderNumbersTest::columnsAgreeOnAStyle()
{
    QFETCH(qint64, whole);
    QFETCH(int, dataDecimals);
    const Amount largest = Amount{whole} * Decimal::unitsPerOne;
    QTEST(amountText(largest, styleFor(largest, LadderUnits::Base, dataDecimals)), "text");
}

void LadderNumbersTest::tickIsLearned_data()
{
    QTest::addColumn<QStringList>("prices");
    QTest::addColumn<qint64>("units");
    QTest::newRow("nothing seen") << QStringList{} << qint64{1};
    QTest::newRow("a tenth, two digits sent") << QStringList{"63947.30", "63947.20", "63946.90"} << qint64{10'000'000};
    QTest::newRow("falls with more prices") << QStringList{"100", "300", "301.5"} << qint64{50'000'000};
    QTest::newRow("not three") << QStringList{"0.3", "0.6"} << qint64{10'000'000};
    QTest::newRow("fine") << QStringList{"0.00001234"} << qint64{2};
    QTest::newRow("one") << QStringList{"3", "4"} << qint64{100'000'000};
}

void LadderNumbersTest::tickIsLearned()
{
    QFETCH(QStringList, prices);
    TickSize tick;
    std::vector<Level> seen;
    for (const QString& price : prices)
        seen.push_back(level(price.toStdString(), "1"));
    tick.see(seen);
    QTEST(qint64{tick.units()}, "units");
}

void LadderNumbersTest::pricesAreGrouped_data()
{
    QTest::addColumn<qint64>("price");
    QTest::addColumn<qint64>("width");
    QTest::addColumn<qint64>("bid");
    QTest::addColumn<qint64>("ask");
    const qint64 largest = std::numeric_limits<qint64>::max();
    QTest::newRow("on the edge") << qint64{500} << qint64{50} << qint64{500} << qint64{500};
    QTest::newRow("between") << qint64{501} << qint64{50} << qint64{500} << qint64{550};
    QTest::newRow("just below") << qint64{549} << qint64{50} << qint64{500} << qint64{550};
    QTest::newRow("below the first") << qint64{3} << qint64{50} << qint64{0} << qint64{50};
    QTest::newRow("width one") << qint64{3} << qint64{1} << qint64{3} << qint64{3};
    QTest::newRow("no room above") << largest << qint64{50} << largest - largest % 50 << largest;
}

void LadderNumbersTest::pricesAreGrouped()
{
    QFETCH(qint64, price);
    QFETCH(qint64, width);
    QTEST(qint64{groupedPrice(price, width, BookSide::Bid)}, "bid");
    QTEST(qint64{groupedPrice(price, width, BookSide::Ask)}, "ask");
}

void LadderNumbersTest::groupsFollowOneTwoFive()
{
    const std::vector<std::int64_t> expected{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    for (std::size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(groupTicks(static_cast<int>(i)), expected[i]);
}

void LadderNumbersTest::scaleIsSteady()
{
    SteadyScale scale;
    const double first = scale.update(10, 0);
    QVERIFY(first >= 10 && first < 12);
    QVERIFY(scale.update(100, 10) >= 100);
    const double high = scale.value();
    QCOMPARE(scale.update(10, 20), high);
    QCOMPARE(scale.update(10, SteadyScale::shrinkAfterMs), high); // 10 ms too early
    const double lower = scale.update(10, SteadyScale::shrinkAfterMs + 10);
    QVERIFY(lower < high && lower > high / 1.3);
    QCOMPARE(scale.update(95, SteadyScale::shrinkAfterMs + 400), high);
    for (std::int64_t now = 10'000; now < 20'000; now += 100)
        scale.update(10, now);
    QVERIFY(scale.value() >= 10 && scale.value() < 12);
}

QTEST_APPLESS_MAIN(LadderNumbersTest)
#include "tst_ladder_numbers.moc"

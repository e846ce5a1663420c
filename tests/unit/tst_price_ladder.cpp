// One side of a book: order, absolute quantities, the proven range, and texts kept.
#include "book/price_ladder.h"
#include "support/make_depth.h"

#include <QTest>

using namespace obm;
using test::level;
using test::levels;

namespace {

// "price:quantity ..." best first
QByteArray textOf(const PriceLadder& ladder)
{
    std::string text;
    for (const Level& each : ladder.bestFirst())
        text += each.price.toString() + ':' + each.quantity.toString() + ' ';
    return QByteArray::fromStdString(text).trimmed();
}

PriceLadder loaded(Side side, test::Texts texts, Proof proof)
{
    PriceLadder ladder(side);
    if (!ladder.load(levels(texts), proof))
        qFatal("the levels of a test are not sorted");
    return ladder;
}

} // namespace

class TestPriceLadder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sortsBothSides();
    void sets_data();
    void sets();
    void keepsTheProvenRangeOnly();
    void keepsEverythingWhenProvenToItsEnd();
    void refusesUnsortedLevels();
    void takesManyLevelsInAnyOrder();
};

void TestPriceLadder::sortsBothSides()
{
    const auto unsorted = levels({{"10", "1"}, {"12", "1"}, {"9.5", "1"}, {"11", "1"}});
    PriceLadder bids(Side::Bid);
    bids.set(unsorted);
    QCOMPARE(textOf(bids), QByteArray("12:1 11:1 10:1 9.5:1"));
    QCOMPARE(bids.best().price.toString(), std::string("12"));

    PriceLadder asks(Side::Ask);
    asks.set(unsorted);
    QCOMPARE(textOf(asks), QByteArray("9.5:1 10:1 11:1 12:1"));
    QCOMPARE(asks.best().price.toString(), std::string("9.5"));
}

void TestPriceLadder::sets_data()
{
    QTest::addColumn<QByteArray>("price");
    QTest::addColumn<QByteArray>("quantity");
    QTest::addColumn<QByteArray>("result"); // of bids 12:1 11:2 10:3

    QTest::newRow("absolute, not added") << QByteArray("11") << QByteArray("5") << QByteArray("12:1 11:5 10:3");
    QTest::newRow("the number is the key, the text is new")
        << QByteArray("11.00") << QByteArray("2.0") << QByteArray("12:1 11.00:2.0 10:3");
    QTest::newRow("new best") << QByteArray("13") << QByteArray("1") << QByteArray("13:1 12:1 11:2 10:3");
    QTest::newRow("between") << QByteArray("10.5") << QByteArray("1") << QByteArray("12:1 11:2 10.5:1 10:3");
    QTest::newRow("removes the best") << QByteArray("12.0") << QByteArray("0.000") << QByteArray("11:2 10:3");
    QTest::newRow("removes the worst") << QByteArray("10") << QByteArray("0") << QByteArray("12:1 11:2");
    QTest::newRow("removes nothing") << QByteArray("10.5") << QByteArray("0") << QByteArray("12:1 11:2 10:3");
}

void TestPriceLadder::sets()
{
    QFETCH(QByteArray, price);
    QFETCH(QByteArray, quantity);
    QFETCH(QByteArray, result);

    PriceLadder ladder = loaded(Side::Bid, {{"12", "1"}, {"11", "2"}, {"10", "3"}}, Proof::ToEnd);
    ladder.set(std::vector{level(price.toStdString(), quantity.toStdString())});
    QCOMPARE(textOf(ladder), result);
}

void TestPriceLadder::keepsTheProvenRangeOnly()
{
    PriceLadder asks = loaded(Side::Ask, {{"10", "1"}, {"11", "1"}, {"12", "1"}}, Proof::ToWorst);
    QVERIFY(asks.provenWorst().has_value());
    asks.set(levels({{"12.01", "1"}, {"500", "1"}, {"9", "1"}}));
    QCOMPARE(textOf(asks), QByteArray("9:1 10:1 11:1 12:1"));
    // The range does not shrink with its worst level: what comes back there is proven.
    asks.set(levels({{"12", "0"}, {"11", "0"}}));
    asks.set(levels({{"12", "7"}}));
    QCOMPARE(textOf(asks), QByteArray("9:1 10:1 12:7"));
    asks.clear();
    QVERIFY(!asks.provenWorst().has_value());
}

void TestPriceLadder::keepsEverythingWhenProvenToItsEnd()
{
    PriceLadder bids = loaded(Side::Bid, {{"10", "1"}}, Proof::ToEnd);
    QVERIFY(!bids.provenWorst().has_value());
    bids.set(levels({{"0.00000001", "60000000000"}}));
    QCOMPARE(textOf(bids), QByteArray("10:1 0.00000001:60000000000"));

    PriceLadder none = loaded(Side::Bid, {}, Proof::ToEnd);
    none.set(levels({{"3", "1"}}));
    QCOMPARE(textOf(none), QByteArray("3:1"));
}

void TestPriceLadder::refusesUnsortedLevels()
{
    PriceLadder bids(Side::Bid);
    QVERIFY(!bids.load(levels({{"10", "1"}, {"11", "1"}}), Proof::ToEnd));
    QVERIFY(bids.isEmpty());
    QVERIFY(!bids.load(levels({{"10", "1"}, {"10.0", "2"}}), Proof::ToEnd));
    PriceLadder asks(Side::Ask);
    QVERIFY(!asks.load(levels({{"11", "1"}, {"10", "1"}}), Proof::ToWorst));
    QVERIFY(!asks.provenWorst().has_value());
}

void TestPriceLadder::takesManyLevelsInAnyOrder()
{
    PriceLadder ladder(Side::Ask);
    constexpr int count = 500;
    for (int i = 0; i < count; ++i) {
        const int price = i * 211 % count + 1; // 211 and 500 share no factor: each price once
        ladder.set(std::vector{level(std::to_string(price), "1")});
    }
    QCOMPARE(ladder.size(), std::size_t(count));
    int expected = 1;
    for (const Level& each : ladder.bestFirst())
        QCOMPARE(each.price.toString(), std::to_string(expected++));
}

QTEST_APPLESS_MAIN(TestPriceLadder)
#include "tst_price_ladder.moc"

// Two ladders from a snapshot on: what is refused, what is proven, when a book is wrong.
#include "book/book_view.h"
#include "book/order_book.h"
#include "support/make_depth.h"

#include <QTest>

using namespace obm;
using test::levels;
using test::snapshot;
using test::update;

Q_DECLARE_METATYPE(obm::SnapshotDefect)

class TestOrderBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void provesEachSideByItself();
    void appliesBothSides();
    void tellsACrossedBook_data();
    void tellsACrossedBook();
    void tellsAnExhaustedRange();
    void replacesTheWholeBook();
    void copiesTheTop();
};

void TestOrderBook::refuses_data()
{
    QTest::addColumn<QList<QByteArray>>("bids");
    QTest::addColumn<QList<QByteArray>>("asks");
    QTest::addColumn<SnapshotDefect>("defect");

    using Prices = QList<QByteArray>;
    QTest::newRow("empty") << Prices{} << Prices{} << SnapshotDefect::Empty;
    QTest::newRow("bids rise") << Prices{"9", "10"} << Prices{"11"} << SnapshotDefect::Unsorted;
    QTest::newRow("asks fall") << Prices{"10"} << Prices{"12", "11"} << SnapshotDefect::Unsorted;
    QTest::newRow("a price twice") << Prices{"10"} << Prices{"11", "11.0"} << SnapshotDefect::Unsorted;
    QTest::newRow("crossed") << Prices{"12", "10"} << Prices{"11", "13"} << SnapshotDefect::Crossed;
    QTest::newRow("locked") << Prices{"11.0"} << Prices{"11"} << SnapshotDefect::Crossed;
}

void TestOrderBook::refuses()
{
    QFETCH(QList<QByteArray>, bids);
    QFETCH(QList<QByteArray>, asks);
    QFETCH(SnapshotDefect, defect);

    DepthSnapshot bad{.lastUpdateId = 1, .eventTimeMs = 0, .bids = {}, .asks = {}};
    for (const QByteArray& price : bids)
        bad.bids.push_back(test::level(price.toStdString(), "1"));
    for (const QByteArray& price : asks)
        bad.asks.push_back(test::level(price.toStdString(), "1"));

    OrderBook book;
    const auto loaded = book.load(bad, 1000);
    QVERIFY(!loaded.has_value());
    QCOMPARE(loaded.error(), defect);
    QVERIFY(book.isEmpty());
}

void TestOrderBook::provesEachSideByItself()
{
    OrderBook book;
    // Of three levels asked for the bids have two: those are all there are.
    QVERIFY(book.load(snapshot(1, {{"10", "1"}, {"9", "1"}}, {{"11", "1"}, {"12", "1"}, {"13", "1"}}), 3).has_value());
    QVERIFY(!book.bids().provenWorst().has_value());
    QCOMPARE(book.asks().provenWorst().value().toString(), std::string("13"));
    book.apply(update({1, 2, 3}, {{"0.5", "1"}}, {{"14", "1"}}));
    QCOMPARE(book.bids().size(), std::size_t(3));
    QCOMPARE(book.asks().size(), std::size_t(3));
}

void TestOrderBook::appliesBothSides()
{
    OrderBook book;
    QVERIFY(book.load(snapshot(1, {{"10", "1"}}, {{"11", "1"}}), 1000).has_value());
    book.apply(update({1, 2, 3}, {{"10", "0"}, {"10.5", "2"}}, {{"11", "4.50"}}));
    QCOMPARE(book.bids().best().price.toString(), std::string("10.5"));
    QCOMPARE(book.asks().best().quantity.toString(), std::string("4.50"));
}

void TestOrderBook::tellsACrossedBook_data()
{
    QTest::addColumn<QByteArray>("bid");
    QTest::addColumn<bool>("crossed"); // asks begin at 11

    QTest::newRow("below") << QByteArray("10.99999999") << false;
    QTest::newRow("equal") << QByteArray("11.00") << true;
    QTest::newRow("above") << QByteArray("11.5") << true;
}

void TestOrderBook::tellsACrossedBook()
{
    QFETCH(QByteArray, bid);
    QFETCH(bool, crossed);

    OrderBook book;
    QVERIFY(book.load(snapshot(1, {{"10", "1"}}, {{"11", "1"}}), 1000).has_value());
    DepthUpdate change;
    change.bids = {test::level(bid.toStdString(), "1")};
    book.apply(change);
    QCOMPARE(book.isCrossed(), crossed);
}

void TestOrderBook::tellsAnExhaustedRange()
{
    OrderBook book;
    QVERIFY(book.load(snapshot(1, {{"10", "1"}, {"9", "1"}}, {{"11", "1"}, {"12", "1"}}), 2).has_value());
    book.apply(update({1, 2, 3}, {{"10", "0"}}));
    QVERIFY(!book.isExhausted());
    book.apply(update({3, 4, 5}, {{"9", "0"}}));
    QVERIFY(book.isExhausted());

    // Proven to its end, an empty side is a market without buyers.
    QVERIFY(book.load(snapshot(1, {{"10", "1"}}, {{"11", "1"}}), 2).has_value());
    book.apply(update({1, 2, 3}, {{"10", "0"}}));
    QVERIFY(!book.isExhausted());
    QVERIFY(!book.isCrossed());
}

void TestOrderBook::replacesTheWholeBook()
{
    OrderBook book;
    QVERIFY(book.load(snapshot(1, {{"10", "1"}, {"9", "1"}}, {{"11", "1"}}), 1000).has_value());
    QVERIFY(book.load(snapshot(2, {{"20", "1"}}, {{"21", "1"}}), 1000).has_value());
    QCOMPARE(book.bids().size(), std::size_t(1));
    QCOMPARE(book.bids().best().price.toString(), std::string("20"));
}

void TestOrderBook::copiesTheTop()
{
    OrderBook book;
    QVERIFY(book.load(snapshot(1, {{"10", "1"}, {"9", "1"}, {"8", "1"}}, {{"11", "1"}}), 1000).has_value());
    BookView view;
    copyTop(book, 2, view);
    QCOMPARE(view.bids.size(), std::size_t(2));
    QCOMPARE(view.bids.front().price.toString(), std::string("10"));
    QCOMPARE(view.asks.size(), std::size_t(1));
    QCOMPARE(view.bidCount, std::size_t(3));
}

QTEST_APPLESS_MAIN(TestOrderBook)
#include "tst_order_book.moc"

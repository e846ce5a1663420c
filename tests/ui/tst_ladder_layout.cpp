// Rows of a ladder: grouping against an independent oracle, the window and what holds it still.
#include "support/made_book.h"
#include "support/make_depth.h"
#include "support/seed.h"
#include "ui/ladder/ladder_layout.h"

#include <QTest>

#include <map>

using namespace obm;
using namespace obm::test;

namespace {

__extension__ typedef __int128 Int128;

std::shared_ptr<BookView> bookOf(Texts bids, Texts asks)
{
    auto view = std::make_shared<BookView>();
    view->symbol = "BTCUSDT";
    view->state = SyncState::Live;
    view->bids = levels(bids);
    view->asks = levels(asks);
    return view;
}

// "ask 63950 2 3", "spread 0.1", "bid 63947 1 1 best", "-": a frame as words, top first.
QStringList words(const LadderLayout& layout)
{
    QStringList lines;
    for (const LadderRow& row : layout.frame().rows) {
        if (row.kind == LadderRowKind::Blank)
            lines << QStringLiteral("-");
        else if (row.kind == LadderRowKind::Spread)
            lines << QStringLiteral("spread");
        else
            lines << QStringLiteral("%1 %2 %3 %4%5")
                         .arg(row.kind == LadderRowKind::Ask ? QStringLiteral("ask") : QStringLiteral("bid"),
                              QString::fromStdString(row.price.toString()),
                              amountText(row.size, layout.frame().sizeStyle),
                              amountText(row.total, layout.frame().totalStyle),
                              row.isBest ? QStringLiteral(" best") : QString());
    }
    return lines;
}

struct Setting
{
    std::int64_t group = 1;
    LadderUnits units = LadderUnits::Base;
    int window = 7;
};

LadderLayout laidOut(const std::shared_ptr<const BookView>& book, const Setting& setting)
{
    LadderLayout layout;
    layout.setWindow(setting.window);
    layout.setGroup(setting.group);
    layout.setUnits(setting.units);
    layout.setBook(book);
    layout.update(0);
    return layout;
}

} // namespace

class LadderLayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void booksBecomeRows_data();
    void booksBecomeRows();
    void groupingKeepsSums();
    void changesFlashAndFade();
    void windowStaysCentred();
    void scrolledWindowStaysAtItsPrice();
    void heldRowsKeepTheirPrices();
    void heldRowsAreLetGoWithTheMarket();
    void heldWindowDeepInTheBookCountsOnlyItsOwn();
    void blankWithoutALiveBook();
    void nothingNewIsNoFrame();
};

void LadderLayoutTest::booksBecomeRows_data()
{
    QTest::addColumn<std::shared_ptr<BookView>>("book");
    QTest::addColumn<Setting>("setting");
    QTest::addColumn<QStringList>("rows");
    const auto book = bookOf({{"99.9", "1"}, {"99.7", "2.5"}, {"99.4", "4"}}, {{"100.1", "3"}, {"100.2", "0.5"}});
    QTest::newRow("as it is") << book << Setting{}
                              << QStringList{"-",
                                             "ask 100.2 0.5 3.5",
                                             "ask 100.1 3.0 3.0 best",
                                             "spread",
                                             "bid 99.9 1.0 1.0 best",
                                             "bid 99.7 2.5 3.5",
                                             "bid 99.4 4.0 7.5"};
    QTest::newRow("grouped by five ticks")
        << book << Setting{.group = 5}
        << QStringList{"-", "-", "ask 100.5 3.5 3.5 best", "spread", "bid 99.5 3.5 3.5 best", "bid 99.0 4.0 7.5", "-"};
    QTest::newRow("quote") << book << Setting{.units = LadderUnits::Quote, .window = 3}
                           << QStringList{"ask 100.1 300.30 300.30 best", "spread", "bid 99.9 99.90 99.90 best"};
    QTest::newRow("grouped quote") << book << Setting{.group = 10, .units = LadderUnits::Quote, .window = 3}
                                   << QStringList{"ask 101.0 350.40 350.40 best", "spread",
                                                  "bid 99.0 746.75 746.75 best"};
    QTest::newRow("one side only") << bookOf({{"1", "1"}}, {}) << Setting{.window = 3}
                                   << QStringList{"-", "spread", "bid 1 1 1 best"};
    QTest::newRow("prices keep their text") << bookOf({{"99.90", "1"}}, {{"100", "1"}}) << Setting{.window = 3}
                                            << QStringList{"ask 100 1 1 best", "spread", "bid 99.90 1 1 best"};
}

void LadderLayoutTest::booksBecomeRows()
{
    QFETCH(std::shared_ptr<BookView>, book);
    QFETCH(Setting, setting);
    QTEST(words(laidOut(book, setting)), "rows");
}

// The oracle: a map of groups, made with a division that rounds on its own.
void LadderLayoutTest::groupingKeepsSums()
{
    const std::uint64_t seed = seedOfRun();
    std::mt19937_64 random(seed);
    for (int round = 0; round < 60 && !QTest::currentTestFailed(); ++round) {
        MadeBook made({.levels = 1 + random() % 300}, random());
        made.step(static_cast<int>(random() % 200));
        const auto book = made.view();
        const auto units = random() % 2 == 0 ? LadderUnits::Base : LadderUnits::Quote;
        const std::int64_t group = groupTicks(static_cast<int>(random() % 12));
        const LadderLayout layout = laidOut(book, {.group = group, .units = units});
        const std::int64_t width = layout.tick().units() * group;
        for (const bool isBid : {true, false}) {
            std::map<Int128, Int128> oracle;
            for (const Level& level : isBid ? book->bids : book->asks) {
                const Int128 up = isBid ? 0 : width - 1;
                const Int128 factor = units == LadderUnits::Base ? 1 : level.price.units();
                oracle[(level.price.units() + up) / width * width] += factor * level.quantity.units();
            }
            const std::vector<DepthRow>& rows = isBid ? layout.bids().rows() : layout.asks().rows();
            QCOMPARE(rows.size(), oracle.size());
            Int128 total = 0;
            for (const DepthRow& row : rows) {
                total += row.size;
                QVERIFY(oracle[row.price.units()] == row.size);
                QVERIFY(row.total == total);
            }
        }
        QVERIFY(layout.bids().rows().front().price < layout.asks().rows().front().price);
    }
    tellSeedOnFailure(seed);
}

void LadderLayoutTest::changesFlashAndFade()
{
    LadderLayout layout = laidOut(bookOf({{"9", "1"}, {"8", "1"}}, {{"10", "1"}}), {.window = 5});
    const auto flashes = [&] {
        QList<int> steps;
        for (const LadderRow& row : layout.frame().rows)
            steps << row.flash;
        return steps;
    };
    QCOMPARE(flashes(), (QList<int>{0, 0, 0, 0, 0})); // the first look is no change
    layout.setBook(bookOf({{"9", "1"}, {"8", "2"}}, {{"10", "1"}, {"11", "1"}}));
    QVERIFY(layout.update(1000));
    QCOMPARE(flashes(), (QList<int>{4, 0, 0, 0, 4}));
    QVERIFY(layout.update(1100));
    QCOMPARE(flashes(), (QList<int>{3, 0, 0, 0, 3}));
    QVERIFY(!layout.update(1110));
    QVERIFY(layout.update(1000 + ChangeFlash::durationMs));
    QCOMPARE(flashes(), (QList<int>{0, 0, 0, 0, 0}));
    QVERIFY(!layout.update(5000));
}

void LadderLayoutTest::windowStaysCentred()
{
    LadderLayout layout = laidOut(bookOf({{"9", "1"}}, {{"10", "1"}}), {.window = 3});
    layout.setBook(bookOf({{"19", "1"}, {"18", "1"}}, {{"20", "1"}}));
    layout.update(1);
    QCOMPARE(words(layout), (QStringList{"ask 20 1 1 best", "spread", "bid 19 1 1 best"}));
    QCOMPARE(layout.frame().rowsBelow, 1u);
    QCOMPARE(layout.frame().rowsAbove, 0u);
}

void LadderLayoutTest::scrolledWindowStaysAtItsPrice()
{
    LadderLayout layout =
        laidOut(bookOf({{"9", "1"}, {"8", "1"}, {"7", "1"}, {"6", "1"}, {"5", "1"}}, {{"10", "1"}}), {.window = 3});
    layout.scrollTo(2);
    layout.update(1);
    QCOMPARE(words(layout), (QStringList{"bid 8 1 2", "bid 7 1 3", "bid 6 1 4"}));
    QVERIFY(!layout.isCentred());
    layout.setBook(bookOf({{"9.5", "1"}, {"9", "1"}, {"8", "1"}, {"7", "3"}, {"6", "1"}, {"5", "1"}}, {{"10", "1"}}));
    layout.update(2);
    QCOMPARE(words(layout), (QStringList{"bid 8 1 3", "bid 7 3 6", "bid 6 1 7"}));
    layout.scrollTo(1000);
    layout.update(3);
    QCOMPARE(words(layout).last(), QStringLiteral("bid 5 1 8"));
    layout.setCentred(true);
    layout.update(4);
    QCOMPARE(words(layout).at(1), QStringLiteral("spread"));
}

void LadderLayoutTest::heldRowsKeepTheirPrices()
{
    LadderLayout layout = laidOut(bookOf({{"9", "1"}, {"7", "1"}}, {{"10", "1"}, {"12", "1"}}), {.window = 5});
    layout.setHeld(true);
    // 8 comes between rows, 9.5 before the first, 10 goes, 11 comes instead.
    layout.setBook(bookOf({{"9.5", "2"}, {"8", "4"}, {"7", "1"}}, {{"11", "8"}, {"12", "1"}}));
    layout.update(1);
    QVERIFY(layout.frame().isHeld);
    QCOMPARE(words(layout), (QStringList{"ask 12 9 9 best", "ask 10 0 0", "spread", "bid 9 2 2 best", "bid 7 5 7"}));
    layout.setHeld(false);
    layout.update(2);
    QCOMPARE(words(layout), (QStringList{"ask 12 1 9", "ask 11 8 8 best", "spread", "bid 9.5 2 2 best", "bid 8 4 6"}));
}

void LadderLayoutTest::heldRowsAreLetGoWithTheMarket()
{
    LadderLayout layout = laidOut(bookOf({{"9", "1"}, {"7", "1"}}, {{"10", "1"}, {"12", "1"}}), {.window = 5});
    layout.setHeld(true);
    layout.setBook(bookOf({{"13", "1"}}, {{"14", "1"}}));
    layout.update(1);
    QCOMPARE(words(layout), (QStringList{"-", "ask 14 1 1 best", "spread", "bid 13 1 1 best", "-"}));
    QVERIFY(layout.frame().isHeld); // at the new place
}

void LadderLayoutTest::heldWindowDeepInTheBookCountsOnlyItsOwn()
{
    LadderLayout layout =
        laidOut(bookOf({{"9", "1"}, {"8", "1"}, {"7", "1"}, {"6", "1"}}, {{"10", "1"}}), {.window = 2});
    layout.scrollTo(3);
    layout.update(1);
    layout.setHeld(true);
    layout.setBook(bookOf({{"9", "5"}, {"8", "1"}, {"7.5", "2"}, {"7", "1"}, {"6", "1"}}, {{"10", "1"}}));
    layout.update(2);
    QCOMPARE(words(layout), (QStringList{"bid 7 3 9", "bid 6 1 10"}));
}

void LadderLayoutTest::blankWithoutALiveBook()
{
    LadderLayout layout = laidOut(bookOf({{"9", "1"}}, {{"10", "1"}}), {.window = 3});
    auto gone = bookOf({}, {});
    gone->state = SyncState::Buffering;
    layout.setBook(gone);
    QVERIFY(layout.update(1));
    QCOMPARE(words(layout), (QStringList{"-", "spread", "-"}));
    QVERIFY(!layout.frame().spread);
    layout.setBook(bookOf({{"9", "2"}}, {{"10", "1"}}));
    layout.update(2);
    for (const LadderRow& row : layout.frame().rows)
        QCOMPARE(int{row.flash}, 0);
    layout.setBook(nullptr);
    layout.update(3);
    QCOMPARE(words(layout), (QStringList{"-", "spread", "-"}));
}

void LadderLayoutTest::nothingNewIsNoFrame()
{
    const auto book = bookOf({{"9", "1"}}, {{"10", "1"}});
    LadderLayout layout = laidOut(book, {});
    layout.setBook(book);
    QVERIFY(!layout.update(1));
    layout.setBook(std::make_shared<BookView>(*book));
    QVERIFY(!layout.update(2)); // another view with the same rows
    QCOMPARE(layout.frame().spread.value().toString(), std::string("1"));
}

QTEST_APPLESS_MAIN(LadderLayoutTest)
#include "tst_ladder_layout.moc"

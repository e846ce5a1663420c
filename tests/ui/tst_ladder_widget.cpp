// Small ladders and their grid, painted offscreen: what is painted, what a click and a key do, what stays still under
// the pointer, which books are asked for.
#include "support/await.h"
#include "support/made_book.h"
#include "support/scripted_link.h"
#include "ui/ladder/ladder_grid.h"

#include <QEnterEvent>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace obm;
using namespace obm::test;

namespace {

// The region of each paint event of a widget.
class PaintWatch : public QObject
{
public:
    explicit PaintWatch(QWidget* widget) { widget->installEventFilter(this); }

    QRegion painted;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            painted += static_cast<QPaintEvent*>(event)->region();
        return false;
    }
};

int pixelsOf(const QImage& image, const QColor& colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return count;
}

void enter(QWidget& widget)
{
    const QPointF middle = widget.rect().center();
    QEnterEvent event(middle, middle, middle);
    QCoreApplication::sendEvent(&widget, &event);
}

void leave(QWidget& widget)
{
    QEvent event(QEvent::Leave);
    QCoreApplication::sendEvent(&widget, &event);
}

QStringList prices(const LadderFrame& frame)
{
    QStringList all;
    for (const LadderRow& row : frame.rows)
        all << QString::fromStdString(row.price.toString());
    return all;
}

SymbolRow rowOf(const std::string& symbol, SyncState state, const std::string& words)
{
    SymbolRow row;
    row.symbol = symbol;
    row.state = state;
    row.words = words;
    return row;
}

const QString btc = QStringLiteral("BTCUSDT");

} // namespace

class LadderWidgetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void paintsBothSides_data();
    void paintsBothSides();
    void saysWhyItIsBlank();
    void paintsOnlyRowsThatChanged();
    void clickAndKeysActivate();
    void staysStillUnderThePointer();
    void gridPicksTheFirstSymbols();
    void gridAddsAndRemoves();
    void gridHoldsOnlySoMany();
    void gridAsksForBooksInSight();
    void gridSaysSimulated();
    void gridSwitchesUnits();
};

void LadderWidgetTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("QPainter|QFont|QRawFont|QWidget|QObject")));
}

void LadderWidgetTest::paintsBothSides_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("colourBlind");
    QTest::newRow("light") << false << false;
    QTest::newRow("dark") << true << false;
    QTest::newRow("light, colour-blind") << false << true;
    QTest::newRow("dark, colour-blind") << true << true;
}

void LadderWidgetTest::paintsBothSides()
{
    QFETCH(bool, dark);
    QFETCH(bool, colourBlind);
    const Theme theme = makeTheme(dark, colourBlind);
    LadderWidget ladder(btc, theme);
    const SymbolRow row = rowOf("BTCUSDT", SyncState::Live, "live");
    ladder.showState(&row);
    ladder.showBook(MadeBook({}, 1).view(), 0);
    ladder.resize(ladder.sizeHint());
    const QImage image = ladder.grab().toImage();
    for (const QColor& colour : {theme.bid, theme.ask, theme.bidBar, theme.askBar, theme.text, theme.spread})
        QVERIFY2(pixelsOf(image, colour) > 10, qPrintable(colour.name()));
}

void LadderWidgetTest::saysWhyItIsBlank()
{
    const Theme theme = makeTheme(true, false);
    LadderWidget ladder(btc, theme);
    ladder.resize(ladder.sizeHint());
    ladder.showState(nullptr);
    QCOMPARE(ladder.accessibleDescription(), QStringLiteral("not known yet"));
    const SymbolRow waiting = rowOf("BTCUSDT", SyncState::Buffering, "waiting for a snapshot: 12 before it");
    ladder.showState(&waiting);
    QCOMPARE(ladder.accessibleDescription(), QStringLiteral("waiting for a snapshot: 12 before it"));
    QVERIFY(pixelsOf(ladder.grab(QRect(0, ladder.height() / 5, ladder.width(), ladder.height() / 3)).toImage(),
                     theme.text) > 10);
    SymbolRow live = rowOf("BTCUSDT", SyncState::Live, "live");
    live.bestBid = Decimal::parse("1.50").value();
    ladder.showState(&live);
    QCOMPARE(ladder.accessibleDescription(), QStringLiteral("live, bid 1.50, ask -"));
}

void LadderWidgetTest::paintsOnlyRowsThatChanged()
{
    LadderWidget ladder(btc, makeTheme(true, false));
    ladder.resize(ladder.sizeHint());
    ladder.show();
    QVERIFY(QTest::qWaitForWindowExposed(&ladder));
    MadeBook made({}, 1);
    const auto first = made.view();
    ladder.showBook(first, 0);
    const SymbolRow row = rowOf("BTCUSDT", SyncState::Live, "live");
    ladder.showState(&row);
    PaintWatch watch(&ladder);
    AWAIT(!watch.painted.isEmpty());
    watch.painted = QRegion();
    auto second = std::make_shared<BookView>(*first);
    second->bids[3].quantity = Decimal::parse("0.001").value();
    ladder.showBook(second, 10'000);
    AWAIT(!watch.painted.isEmpty());
    // The changed row and the sums below it, nothing above.
    QVERIFY(watch.painted.boundingRect().top() > ladder.height() / 2);
    watch.painted = QRegion();
    ladder.showBook(std::make_shared<BookView>(*second), 20'000); // the flash ends
    AWAIT(!watch.painted.isEmpty());
    QVERIFY(watch.painted.boundingRect().height() < ladder.height() / 10);
}

void LadderWidgetTest::clickAndKeysActivate()
{
    LadderWidget ladder(btc, makeTheme(true, false));
    ladder.resize(ladder.sizeHint());
    QSignalSpy activated(&ladder, &LadderWidget::symbolActivated);
    QSignalSpy removed(&ladder, &LadderWidget::removalAsked);
    QTest::mouseClick(&ladder, Qt::LeftButton);
    QTest::keyClick(&ladder, Qt::Key_Return);
    QTest::keyClick(&ladder, Qt::Key_Space);
    QCOMPARE(activated.count(), 3);
    QCOMPARE(activated.first().first().toString(), btc);
    QTest::mouseClick(&ladder, Qt::RightButton);
    QCOMPARE(activated.count(), 3);
    QTest::keyClick(&ladder, Qt::Key_Delete);
    QCOMPARE(removed.count(), 1);
    QVERIFY(ladder.focusPolicy() & Qt::TabFocus);
}

void LadderWidgetTest::staysStillUnderThePointer()
{
    LadderWidget ladder(btc, makeTheme(true, false));
    MadeBook made({.levels = 60}, 5);
    ladder.showBook(made.view(), 0);
    const QStringList before = prices(ladder.frame());
    enter(ladder);
    for (int frame = 1; frame < 20; ++frame) {
        made.step(3);
        ladder.showBook(made.view(), frame * 16);
        QVERIFY(ladder.frame().isHeld);
        QCOMPARE(prices(ladder.frame()), before);
    }
    leave(ladder);
    made.step(10);
    ladder.showBook(made.view(), 1000);
    QVERIFY(!ladder.frame().isHeld);
    QCOMPARE(ladder.frame().rows.size(), std::size_t{2 * LadderWidget::levelsOfSide + 1});
    QVERIFY(ladder.frame().rows[LadderWidget::levelsOfSide].kind == LadderRowKind::Spread);
}

void LadderWidgetTest::gridPicksTheFirstSymbols()
{
    ScriptedLink link;
    BookDemand demand(link);
    LadderGrid grid(link, demand, makeTheme(true, false));
    std::vector<SymbolRow> rows;
    for (int i = 0; i < 100; ++i)
        rows.push_back(rowOf("S" + std::to_string(i) + "USDT", SyncState::Waiting, "waiting"));
    grid.refreshStates({});
    QVERIFY(grid.symbols().isEmpty());
    grid.refreshStates(rows);
    QCOMPARE(grid.symbols().size(), LadderGrid::laddersAtFirst);
    grid.setSymbols({btc});
    grid.refreshStates(rows);
    QCOMPARE(grid.symbols(), QStringList{btc});
}

void LadderWidgetTest::gridAddsAndRemoves()
{
    ScriptedLink link;
    BookDemand demand(link);
    LadderGrid grid(link, demand, makeTheme(true, false));
    grid.setSymbols({});
    grid.resize(900, 700);
    grid.show();
    QVERIFY(QTest::qWaitForWindowExposed(&grid));
    grid.refreshStates({rowOf("BTCUSDT", SyncState::Live, "live"), rowOf("ETHUSDT", SyncState::Live, "live")});
    QSignalSpy changed(&grid, &LadderGrid::symbolsChanged);
    auto* const add = grid.findChild<QComboBox*>(QStringLiteral("ladderAdd"));
    QTest::keyClicks(add->lineEdit(), QStringLiteral("eth"));
    QTest::keyClick(add->lineEdit(), Qt::Key_Return);
    QCOMPARE(grid.symbols(), QStringList{QStringLiteral("ETHUSDT")});
    QCOMPARE(changed.count(), 1);
    grid.addSymbol(QStringLiteral("ETHUSDT")); // already there
    QCOMPARE(changed.count(), 1);
    QTest::keyClick(grid.findChild<LadderWidget*>(), Qt::Key_Delete);
    QVERIFY(grid.symbols().isEmpty());
    QCOMPARE(changed.count(), 2);
}

void LadderWidgetTest::gridHoldsOnlySoMany()
{
    ScriptedLink link;
    BookDemand demand(link);
    LadderGrid grid(link, demand, makeTheme(true, false));
    QStringList many;
    for (int i = 0; i < 2 * LadderGrid::laddersMax; ++i)
        many << QStringLiteral("S%1USDT").arg(i);
    grid.setSymbols(many);
    QCOMPARE(grid.symbols().size(), LadderGrid::laddersMax);
}

void LadderWidgetTest::gridAsksForBooksInSight()
{
    ScriptedLink link;
    BookDemand demand(link);
    LadderGrid grid(link, demand, makeTheme(true, false));
    grid.setSymbols({btc, QStringLiteral("ETHUSDT"), QStringLiteral("SOLUSDT")});
    grid.refresh();
    QVERIFY(link.watchedBooks.empty());                                                   // not shown yet
    grid.resize(grid.findChild<LadderWidget*>()->minimumSizeHint().width() * 5 / 4, 300); // one fits
    grid.show();
    QVERIFY(QTest::qWaitForWindowExposed(&grid));
    grid.refresh();
    QCOMPARE(link.watchedBooks.size(), 1u);
    QVERIFY(link.watchedBooks.contains("BTCUSDT"));
    QVERIFY(link.watchedBooks["BTCUSDT"] >= std::size_t{LadderWidget::levelsOfSide});
    grid.resize(2000, 700);
    grid.refresh();
    QCOMPARE(link.watchedBooks.size(), 3u);
    const int other = 0;
    demand.setBooks(&other, {{"BTCUSDT", 5000}});
    QCOMPARE(link.watchedBooks["BTCUSDT"], std::size_t{5000});
    grid.hide();
    QCOMPARE(link.watchedBooks, (BookDemand::Levels{{"BTCUSDT", 5000}}));
    demand.setBooks(&other, {});
    QVERIFY(link.watchedBooks.empty());
}

void LadderWidgetTest::gridSaysSimulated()
{
    for (const bool isSimulated : {false, true}) {
        ScriptedLink link;
        link.configuration.simulated = isSimulated;
        BookDemand demand(link);
        const LadderGrid grid(link, demand, makeTheme(true, false));
        QCOMPARE(!grid.findChild<QLabel*>(QStringLiteral("ladderSimulated"))->isHidden(), isSimulated);
    }
}

void LadderWidgetTest::gridSwitchesUnits()
{
    ScriptedLink link;
    link.books["BTCUSDT"] = MadeBook({}, 1).view();
    BookDemand demand(link);
    LadderGrid grid(link, demand, makeTheme(true, false));
    grid.setSymbols({btc});
    grid.resize(900, 700);
    grid.show();
    QVERIFY(QTest::qWaitForWindowExposed(&grid));
    grid.refresh();
    const auto* const ladder = grid.findChild<LadderWidget*>();
    QCOMPARE(ladder->frame().sizeStyle.scale, scaleDigits(LadderUnits::Base));
    grid.findChild<QCheckBox*>(QStringLiteral("ladderQuote"))->click();
    grid.refresh();
    QCOMPARE(ladder->frame().sizeStyle.scale, scaleDigits(LadderUnits::Quote));
}

QTEST_MAIN(LadderWidgetTest)
#include "tst_ladder_widget.moc"

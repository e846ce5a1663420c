// The symbols table: what it tells of a row, what it announces as changed, how it is searched, filtered and sorted,
// and that a click or a key leads to the symbol.
#include "support/await.h"
#include "support/make_rows.h"
#include "ui/symbols/symbols_panel.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace obm;
using namespace obm::test;

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::QtTest;

QStringList shownIn(const QAbstractItemModel& model)
{
    QStringList symbols;
    for (int row = 0; row < model.rowCount(); ++row)
        symbols << model.index(row, 0).data().toString();
    return symbols;
}

// A panel on the screen with three symbols: BTC and SOL live, ETH waits.
struct ShownPanel
{
    SymbolsPanel panel;
    std::vector<SymbolRow> rows{symbolRow("BTCUSDT"), bufferingRow("ETHUSDT"), symbolRow("SOLUSDT")};
    QTableView* table = panel.findChild<QTableView*>(QStringLiteral("symbolTable"));

    ShownPanel()
    {
        panel.setTheme(makeTheme(true, false));
        panel.resize(1'000, 400);
        panel.show();
        refresh();
    }

    void refresh() { panel.refresh(rows, rowsNowMs); }
    [[nodiscard]] QStringList shown() const { return shownIn(*table->model()); }
    [[nodiscard]] QPoint cell(int row, SymbolColumn column) const
    {
        return table->visualRect(table->model()->index(row, static_cast<int>(column))).center();
    }
    [[nodiscard]] QString text(int row, SymbolColumn column) const
    {
        return table->model()->index(row, static_cast<int>(column)).data().toString();
    }
};

} // namespace

class TestSymbols : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRulesOfModels();
    void announcesOnlyWhatIsSeenAndChanged();
    void saysWhyAValueIsMissing();
    void sorts_data();
    void sorts();
    void searchesAsOneTypes();
    void filtersByState();
    void sortsAgainAtAReadersPace();
    void movesNothingThatIsInOrder_data();
    void movesNothingThatIsInOrder();
    void aClickOnARowActivatesIt();
    void keysLeadFromSearchToSymbol();
    void copiesRows();
    void keepsItsLayout();
    void doesNothingWhileHidden();
};

void TestSymbols::keepsTheRulesOfModels()
{
    SymbolModel model;
    SymbolFilter filter(model);
    const QAbstractItemModelTester modelTester(&model, fatal);
    const QAbstractItemModelTester filterTester(&filter, fatal);
    const std::vector<int> visible{0, 1, 2};
    model.update(symbolRows(20), rowsNowMs, {});
    filter.sort(0, Qt::DescendingOrder);
    std::vector<SymbolRow> rows = symbolRows(20);
    rows[1] = bufferingRow(rows[1].symbol);
    model.update(rows, rowsNowMs + 1'000, visible);
    filter.setState(StateFilter::NotLive);
    filter.setText(QStringLiteral("0001"));
    filter.setText({});
    filter.setState(StateFilter::All);
    model.update(symbolRows(30), rowsNowMs, visible); // others: a reset
    model.setTheme(makeTheme(false, false));
    QCOMPARE(filter.rowCount(), 30);
    model.update({}, rowsNowMs, {});
    QCOMPARE(filter.rowCount(), 0);
}

void TestSymbols::announcesOnlyWhatIsSeenAndChanged()
{
    SymbolModel model;
    std::vector<SymbolRow> rows = symbolRows(800);
    model.update(rows, rowsNowMs, {});
    QSignalSpy changed(&model, &SymbolModel::dataChanged);
    for (SymbolRow& row : rows) {
        row.bestBid = decimal("1.5");
        row.bestAsk = decimal("1.6");
        row.gaps = 7;
        row.eventsPerSecond = 4.04; // 4.0 as before
    }
    const std::vector<int> visible{3, 4};
    model.update(rows, rowsNowMs, visible);
    QCOMPARE(changed.count(), 4); // bid and ask together, gaps apart; two rows
    QCOMPARE(changed[0][0].toModelIndex(), model.index(3, static_cast<int>(SymbolColumn::Bid)));
    QCOMPARE(changed[0][1].toModelIndex(), model.index(3, static_cast<int>(SymbolColumn::Ask)));
    QCOMPARE(changed[3][0].toModelIndex(), model.index(4, static_cast<int>(SymbolColumn::Gaps)));
    changed.clear();
    model.update(rows, rowsNowMs + 100, visible); // 65.0 s and 65.1 s read the same
    QCOMPARE(changed.count(), 0);
    model.update(rows, rowsNowMs + 1'000, visible);
    QCOMPARE(changed.count(), 2);
}

void TestSymbols::saysWhyAValueIsMissing()
{
    SymbolModel model;
    model.update({bufferingRow("ETHUSDT")}, rowsNowMs, {});
    const auto at = [&](SymbolColumn column, int role) {
        return model.index(0, static_cast<int>(column)).data(role).toString();
    };
    QCOMPARE(at(SymbolColumn::State, Qt::DisplayRole),
             QStringLiteral("◔ waiting for a snapshot: 12 before it, about 34 s"));
    QCOMPARE(at(SymbolColumn::Bid, Qt::DisplayRole), QStringLiteral("–"));
    QCOMPARE(at(SymbolColumn::Bid, Qt::ToolTipRole),
             QStringLiteral("waiting for a snapshot: 12 before it, about 34 s"));
    QCOMPARE(at(SymbolColumn::Since, Qt::DisplayRole), QStringLiteral("9 s"));
    QCOMPARE(at(SymbolColumn::Gaps, Qt::AccessibleTextRole), QStringLiteral("Gaps: 1"));
    QCOMPARE(at(SymbolColumn::Audit, Qt::ToolTipRole), QStringLiteral("Not held against a snapshot yet"));
    SymbolRow audited = bufferingRow("ETHUSDT");
    audited.auditMatch = 9'995;
    audited.auditAgeMs = 180'000;
    QCOMPARE(cellText(audited, SymbolColumn::Audit, rowsNowMs), QStringLiteral("99.95 %, 3 min"));
    audited.auditMatch = 10'000;
    QCOMPARE(cellText(audited, SymbolColumn::Audit, rowsNowMs), QStringLiteral("100 %, 3 min"));
    SymbolRow elsewhere = bufferingRow("ETHUSDT");
    elsewhere.sinceEpochMs = 0;
    elsewhere.eventsPerSecond.reset();
    elsewhere.blank = "no metrics";
    model.update({elsewhere}, rowsNowMs, {});
    QCOMPARE(at(SymbolColumn::Bid, Qt::ToolTipRole),
             QStringLiteral("waiting for a snapshot: 12 before it, about 34 s"));
    QCOMPARE(at(SymbolColumn::Since, Qt::DisplayRole), QStringLiteral("–"));
    for (const SymbolColumn column : {SymbolColumn::Since, SymbolColumn::Events, SymbolColumn::Latency})
        QCOMPARE(at(column, Qt::ToolTipRole), QStringLiteral("no metrics"));
}

void TestSymbols::sorts_data()
{
    QTest::addColumn<SymbolColumn>("column");
    QTest::addColumn<QStringList>("rising");
    QTest::addColumn<QStringList>("falling");
    const QStringList abc{QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")};
    const QStringList cba{QStringLiteral("C"), QStringLiteral("B"), QStringLiteral("A")};
    const QStringList bac{QStringLiteral("B"), QStringLiteral("A"), QStringLiteral("C")};
    const QStringList acb{QStringLiteral("A"), QStringLiteral("C"), QStringLiteral("B")};
    const QStringList cab{QStringLiteral("C"), QStringLiteral("A"), QStringLiteral("B")};
    QTest::newRow("symbol") << SymbolColumn::Symbol << abc << cba;
    QTest::newRow("state, the worst first") << SymbolColumn::State << bac << acb;
    QTest::newRow("a value that is missing comes last") << SymbolColumn::Bid << acb << cab;
    QTest::newRow("numbers as numbers") << SymbolColumn::Gaps << bac << cab;
    QTest::newRow("time in the state") << SymbolColumn::Since << bac << acb;
}

void TestSymbols::sorts()
{
    QFETCH(SymbolColumn, column);
    std::vector<SymbolRow> rows{symbolRow("C"), bufferingRow("B"), symbolRow("A")};
    rows[0].bestBid = decimal("100");
    rows[2].bestBid = decimal("9.5");
    rows[0].gaps = 100;
    rows[2].gaps = 20;
    SymbolModel model;
    SymbolFilter filter(model);
    model.update(rows, rowsNowMs, {});
    filter.sort(static_cast<int>(column), Qt::AscendingOrder);
    QTEST(shownIn(filter), "rising");
    filter.sort(static_cast<int>(column), Qt::DescendingOrder);
    QTEST(shownIn(filter), "falling");
}

void TestSymbols::searchesAsOneTypes()
{
    ShownPanel p;
    auto* search = p.panel.findChild<QLineEdit*>(QStringLiteral("symbolSearch"));
    QTest::keyClicks(search, QStringLiteral("o"));
    QCOMPARE(p.shown(), QStringList{QStringLiteral("SOLUSDT")});
    QCOMPARE(p.panel.findChild<QLabel*>(QStringLiteral("symbolCounts"))->text(), QStringLiteral("1 of 3 shown"));
    QTest::keyClicks(search, QStringLiteral("nothing"));
    QCOMPARE(p.shown(), QStringList());
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(p.shown().size(), 3);
    QCOMPARE(p.panel.findChild<QLabel*>(QStringLiteral("symbolCounts"))->text(), QStringLiteral("2 of 3 live"));
}

void TestSymbols::filtersByState()
{
    ShownPanel p;
    auto* state = p.panel.findChild<QComboBox*>(QStringLiteral("stateFilter"));
    state->setFocus();
    QTest::keyClick(state, Qt::Key_Down);
    QCOMPARE(state->currentText(), QStringLiteral("Not live"));
    QCOMPARE(p.shown(), QStringList{QStringLiteral("ETHUSDT")});
    state->setCurrentText(QStringLiteral("Live"));
    QCOMPARE(p.shown(), (QStringList{QStringLiteral("BTCUSDT"), QStringLiteral("SOLUSDT")}));
    for (std::size_t i = 0; i < syncStateCount; ++i) { // every state has its own
        const auto sync = static_cast<SyncState>(i);
        QVERIFY(accepts(StateFilter::All, sync));
        QCOMPARE(accepts(StateFilter::NotLive, sync), sync != SyncState::Live);
    }
}

void TestSymbols::sortsAgainAtAReadersPace()
{
    ShownPanel p;
    p.table->sortByColumn(static_cast<int>(SymbolColumn::Age), Qt::DescendingOrder);
    p.rows[2].ageMs = 90'000;
    p.refresh();
    QCOMPARE(p.text(0, SymbolColumn::Symbol), QStringLiteral("BTCUSDT"));
    AWAIT_WITHIN((p.refresh(), p.text(0, SymbolColumn::Symbol) == QStringLiteral("SOLUSDT")),
                 10 * SymbolsPanel::settleMs);
}

void TestSymbols::movesNothingThatIsInOrder_data()
{
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<int>("placeOfMost");
    QTest::newRow("rising") << Qt::AscendingOrder << 4;
    QTest::newRow("falling") << Qt::DescendingOrder << 0;
}

void TestSymbols::movesNothingThatIsInOrder()
{
    QFETCH(Qt::SortOrder, order);
    SymbolModel model;
    SymbolFilter filter(model);
    std::vector<SymbolRow> rows = symbolRows(5);
    model.update(rows, rowsNowMs, {});
    filter.sort(static_cast<int>(SymbolColumn::Gaps), order);
    filter.setState(StateFilter::Live);
    const QSignalSpy moved(&filter, &QAbstractItemModel::layoutChanged);
    const auto settles = [&] { // whether that moved anything
        const auto before = moved.count();
        model.update(rows, rowsNowMs, {});
        filter.settle();
        return moved.count() != before;
    };
    rows[3].ageMs = 999; // sorted by something else
    QVERIFY(!settles());
    rows[1].gaps = 7;
    QVERIFY(settles());
    QTEST(static_cast<int>(shownIn(filter).indexOf(QStringLiteral("S0001USDT"))), "placeOfMost");
    QVERIFY(!settles());
    rows[2].state = SyncState::Buffering;
    QVERIFY(settles());
    QCOMPARE(filter.rowCount(), 4);
    rows[2].state = SyncState::Live;
    QVERIFY(settles());
    QCOMPARE(filter.rowCount(), 5);
    rows[0].state = SyncState::Buffering; // one goes and another one comes
    settles();
    rows[0].state = SyncState::Live;
    rows[4].state = SyncState::Buffering;
    QVERIFY(settles());
    QVERIFY(!shownIn(filter).contains(QStringLiteral("S0004USDT")));
}

void TestSymbols::aClickOnARowActivatesIt()
{
    ShownPanel p;
    QSignalSpy activated(&p.panel, &SymbolsPanel::symbolActivated);
    QTest::mouseClick(p.table->viewport(), Qt::LeftButton, {}, p.cell(1, SymbolColumn::State));
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated.takeFirst().first().toString(), QStringLiteral("ETHUSDT"));
    QTest::keyClick(p.table, Qt::Key_Down);
    QCOMPARE(activated.count(), 0);
    QTest::keyClick(p.table, Qt::Key_Return);
    QCOMPARE(activated.takeFirst().first().toString(), QStringLiteral("SOLUSDT"));
    QTest::mouseClick(p.table->viewport(), Qt::LeftButton, Qt::ControlModifier, p.cell(0, SymbolColumn::State));
    QCOMPARE(p.panel.selectedSymbols().size(), 2);
}

void TestSymbols::keysLeadFromSearchToSymbol()
{
    ShownPanel p;
    QSignalSpy activated(&p.panel, &SymbolsPanel::symbolActivated);
    p.panel.activateWindow();
    p.panel.focusSearch();
    auto* search = p.panel.findChild<QLineEdit*>(QStringLiteral("symbolSearch"));
    QTest::keyClicks(search, QStringLiteral("eth"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated.first().first().toString(), QStringLiteral("ETHUSDT"));
    AWAIT(p.table->hasFocus());
}

void TestSymbols::copiesRows()
{
    ShownPanel p;
    p.table->selectRow(0);
    p.table->setFocus();
    for (QAction* action : p.table->actions()) {
        if (action->shortcut() == QKeySequence(QKeySequence::Copy))
            action->trigger();
    }
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.startsWith(QStringLiteral("BTCUSDT\t● live\t")), qPrintable(text));
    QCOMPARE(text.count(QLatin1Char('\t')), symbolColumnCount - 1);
}

void TestSymbols::keepsItsLayout()
{
    QByteArray layout;
    {
        ShownPanel p;
        p.table->setColumnHidden(static_cast<int>(SymbolColumn::Gaps), true);
        p.table->sortByColumn(static_cast<int>(SymbolColumn::Age), Qt::DescendingOrder);
        layout = p.panel.saveLayout();
    }
    ShownPanel p;
    p.panel.restoreLayout(layout);
    QVERIFY(p.table->isColumnHidden(static_cast<int>(SymbolColumn::Gaps)));
    p.panel.resetLayout();
    QVERIFY(!p.table->isColumnHidden(static_cast<int>(SymbolColumn::Gaps)));
    QCOMPARE(p.shown().first(), QStringLiteral("BTCUSDT"));
}

void TestSymbols::doesNothingWhileHidden()
{
    ShownPanel p;
    p.panel.hide();
    QSignalSpy changed(p.table->model(), &QAbstractItemModel::dataChanged);
    p.rows[0].gaps = 5;
    p.refresh();
    QCOMPARE(changed.count(), 0);
    QCOMPARE(p.text(0, SymbolColumn::Gaps), QStringLiteral("0"));
    p.panel.show();
    p.refresh();
    QCOMPARE(p.text(0, SymbolColumn::Gaps), QStringLiteral("5"));
}

QTEST_MAIN(TestSymbols)
#include "tst_symbols.moc"

// The journal on the screen: it follows the numbers, filters, leads to symbols, is copied and exported, and counts
// the errors that nobody has seen.
#include "support/await.h"
#include "support/make_rows.h"
#include "ui/journal/journal_panel.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace obm;
using namespace obm::test;

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::QtTest;

void addSome(Journal& journal)
{
    journal.add(rowsNowMs, Severity::Note, "exchange", "", "connection 1 delivers");
    journal.add(rowsNowMs + 1, Severity::Warning, "books", "BTCUSDT", "gap: 3 events are missing");
    journal.add(rowsNowMs + 2, Severity::Error, "redis", "", "away: connection\trefused");
    journal.add(rowsNowMs + 3, Severity::Note, "books", "ETHUSDT", "live");
}

struct ShownPanel
{
    Journal journal;
    JournalPanel panel;
    QTableView* table = panel.findChild<QTableView*>(QStringLiteral("journalTable"));

    ShownPanel()
    {
        addSome(journal);
        panel.setTheme(makeTheme(true, false));
        panel.resize(900, 300);
        panel.show();
        panel.refresh(journal);
    }
    [[nodiscard]] int rows() const { return table->model()->rowCount(); }
    [[nodiscard]] QPoint cell(int row, JournalColumn column) const
    {
        return table->visualRect(table->model()->index(row, static_cast<int>(column))).center();
    }
};

} // namespace

class TestJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRulesOfModels();
    void followsTheNumbers();
    void staysAtTheEndUnlessAPersonLeavesIt();
    void filters();
    void leadsToTheSymbol();
    void staysAtTheEndUntilOneScrolls();
    void countsUnreadErrors();
    void copies();
    void exports();
    void saysWhyItCannotExport();
};

void TestJournal::keepsTheRulesOfModels()
{
    JournalModel model;
    JournalFilter filter(model);
    const QAbstractItemModelTester modelTester(&model, fatal);
    const QAbstractItemModelTester filterTester(&filter, fatal);
    Journal journal;
    model.follow(journal);
    addSome(journal);
    model.follow(journal);
    filter.setSeverity(Severity::Warning);
    addSome(journal);
    model.follow(journal);
    QCOMPARE(filter.rowCount(), 4);
    model.setTheme(makeTheme(false, true));
    filter.setSeverity(Severity::Note);
    QCOMPARE(filter.rowCount(), 8);
}

void TestJournal::staysAtTheEndUnlessAPersonLeavesIt()
{
    ShownPanel shown;
    const QScrollBar* bar = shown.table->verticalScrollBar();
    const auto isAtEnd = [bar] { return bar->maximum() > 0 && bar->value() == bar->maximum(); };
    for (int time = 0; time < 20; ++time)
        addSome(shown.journal);
    shown.panel.refresh(shown.journal);
    AWAIT(isAtEnd());
    shown.panel.resize(900, 150);
    AWAIT(isAtEnd());
    shown.table->scrollToTop();
    addSome(shown.journal);
    shown.panel.refresh(shown.journal);
    shown.panel.resize(900, 200);
    AWAIT_EQUAL(shown.rows(), 88);
    QCOMPARE(bar->value(), 0); // left where it was put
    shown.table->scrollToBottom();
    addSome(shown.journal);
    shown.panel.refresh(shown.journal);
    AWAIT(isAtEnd());
}

void TestJournal::followsTheNumbers()
{
    Journal journal;
    JournalModel model;
    for (std::size_t i = 0; i < Journal::entriesMax; ++i)
        journal.add(rowsNowMs, Severity::Note, "books", "", std::to_string(i));
    model.follow(journal);
    QSignalSpy inserted(&model, &JournalModel::rowsInserted);
    QSignalSpy removed(&model, &JournalModel::rowsRemoved);
    model.follow(journal);
    QCOMPARE(inserted.count() + removed.count(), 0);
    addSome(journal); // the journal drops as many of its oldest
    model.follow(journal);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(model.rowCount(), static_cast<int>(journal.entries().size()));
    QCOMPARE(model.entry(0).number, journal.entries().front().number);
    QCOMPARE(model.entry(model.rowCount() - 1).text, std::string("live"));
    for (std::size_t i = 0; i < 2 * Journal::entriesMax; ++i) // all that it knew is gone
        journal.add(rowsNowMs, Severity::Note, "books", "", "later");
    model.follow(journal);
    QCOMPARE(model.entry(0).number, journal.entries().front().number);
    QCOMPARE(model.rowCount(), static_cast<int>(journal.entries().size()));
}

void TestJournal::filters()
{
    ShownPanel p;
    QCOMPARE(p.rows(), 4);
    auto* severity = p.panel.findChild<QComboBox*>(QStringLiteral("severityFilter"));
    severity->setFocus();
    QTest::keyClick(severity, Qt::Key_Down);
    QCOMPARE(p.rows(), 2);
    QTest::keyClick(severity, Qt::Key_Down);
    QCOMPARE(p.rows(), 1);
    p.panel.clearFilters();
    auto* part = p.panel.findChild<QComboBox*>(QStringLiteral("partFilter"));
    QCOMPARE(part->count(), 4); // all, and the three that said something
    part->setCurrentText(QStringLiteral("books"));
    QCOMPARE(p.rows(), 2);
    auto* search = p.panel.findChild<QLineEdit*>(QStringLiteral("journalSearch"));
    QTest::keyClicks(search, QStringLiteral("GAP"));
    QCOMPARE(p.rows(), 1);
    p.panel.showPart(QStringLiteral("redis"));
    QCOMPARE(p.rows(), 1);
    p.panel.showErrors();
    QCOMPARE(p.rows(), 1);
    p.panel.clearFilters();
    QTest::keyClicks(search, QStringLiteral("ethusdt"));
    QCOMPARE(p.rows(), 1);
}

void TestJournal::leadsToTheSymbol()
{
    ShownPanel p;
    QSignalSpy activated(&p.panel, &JournalPanel::symbolActivated);
    QTest::mouseClick(p.table->viewport(), Qt::LeftButton, {}, p.cell(1, JournalColumn::Text));
    QCOMPARE(activated.count(), 0); // the symbol is a link, the rest is text to be selected
    QTest::mouseClick(p.table->viewport(), Qt::LeftButton, {}, p.cell(1, JournalColumn::Symbol));
    QCOMPARE(activated.takeFirst().first().toString(), QStringLiteral("BTCUSDT"));
    p.table->setCurrentIndex(p.table->model()->index(3, 0));
    QTest::keyClick(p.table, Qt::Key_Return);
    QCOMPARE(activated.takeFirst().first().toString(), QStringLiteral("ETHUSDT"));
    p.table->setCurrentIndex(p.table->model()->index(0, 0));
    QTest::keyClick(p.table, Qt::Key_Return); // of no symbol
    QCOMPARE(activated.count(), 0);
}

void TestJournal::staysAtTheEndUntilOneScrolls()
{
    ShownPanel p;
    for (int i = 0; i < 30; ++i)
        addSome(p.journal);
    p.panel.refresh(p.journal);
    QScrollBar* bar = p.table->verticalScrollBar();
    AWAIT(bar->maximum() > 0 && bar->value() == bar->maximum());
    bar->setValue(10);
    addSome(p.journal);
    p.panel.refresh(p.journal);
    QCOMPARE(bar->value(), 10);
}

void TestJournal::countsUnreadErrors()
{
    ShownPanel p;
    QSignalSpy unread(&p.panel, &JournalPanel::unreadErrorsChanged);
    QCOMPARE(p.panel.unreadErrors(), 0);
    p.panel.hide();
    addSome(p.journal);
    addSome(p.journal);
    p.panel.refresh(p.journal);
    QCOMPARE(p.panel.unreadErrors(), 2);
    addSome(p.journal);
    p.panel.refresh(p.journal);
    QCOMPARE(p.panel.unreadErrors(), 3);
    p.panel.show();
    QCOMPARE(p.panel.unreadErrors(), 0);
    QCOMPARE(unread.count(), 3);
    p.panel.refresh(p.journal);
    QCOMPARE(p.rows(), 16);
}

void TestJournal::copies()
{
    ShownPanel p;
    auto* copy = p.panel.findChild<QToolButton*>(QStringLiteral("journalCopy"));
    QTest::mouseClick(copy, Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 3); // all that is shown
    p.table->selectRow(1);
    QTest::mouseClick(copy, Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("2026-11-22T13:15:02.124Z\twarning\tbooks\tBTCUSDT\tgap: 3 events are missing"));
}

void TestJournal::exports()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("journal.tsv"));
    ShownPanel p;
    p.panel.showErrors();
    QVERIFY(p.panel.exportTo(path).has_value());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()),
             QStringLiteral("time\tseverity\tpart\tsymbol\ttext\n"
                            "2026-11-22T13:15:02.125Z\terror\tredis\t\taway: connection refused\n"));
}

void TestJournal::saysWhyItCannotExport()
{
    ShownPanel p;
    const auto written = p.panel.exportTo(QStringLiteral("/nowhere/journal.tsv"));
    QVERIFY(!written.has_value());
    QVERIFY2(written.error().startsWith(QStringLiteral("/nowhere/journal.tsv: ")), qPrintable(written.error()));
}

QTEST_MAIN(TestJournal)
#include "tst_journal.moc"

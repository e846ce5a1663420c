// The whole window on a pipeline that is nothing but values: panels filled, keys and clicks led to their place, the
// layout and the theme kept between starts.
#include "support/await.h"
#include "support/shown_window.h"
#include "ui/alerts/alerts_popup.h"
#include "ui/chart/charts_panel.h"
#include "ui/journal/journal_panel.h"
#include "ui/keyboard_dialog.h"
#include "ui/ladder/ladder_grid.h"
#include "ui/main_window.h"
#include "ui/overview/overview_panel.h"
#include "ui/seen.h"
#include "ui/symbols/symbols_panel.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace obm;
using namespace obm::test;

namespace {

// How often anything of this process was painted.
class PaintCount : public QObject
{
public:
    PaintCount() { QCoreApplication::instance()->installEventFilter(this); }
    [[nodiscard]] int count() const { return m_count; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        m_count += event->type() == QEvent::Paint && watched->isWidgetType() ? 1 : 0;
        return false;
    }

private:
    int m_count = 0;
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fillsItsPanels();
    void aClickOnARowLeadsToTheSymbol();
    void switchesTheme();
    void keepsWhatWasChosen();
    void keepsItWhenASignalEndsIt();
    void saysSimulated();
    void hasKeysForEverything();
    void leadsFromAStageToTheJournal();
    void countsUnreadErrors();
    void countsWhatIsBehindAnotherTab();
    void opensTheAlerts();
    void givesTheKeyboardToAPanel();
    void standsStillWhileHidden();
    void paintsNothingWhileNobodyLooks_data();
    void paintsNothingWhileNobodyLooks();
    void leavesAloneWhatIsBehindAnotherTab();

private:
    std::unique_ptr<QTemporaryDir> m_settings;
};

void TestMainWindow::init()
{
    m_settings = std::make_unique<QTemporaryDir>();
    QCoreApplication::setOrganizationName(QStringLiteral("obmonitor"));
    QCoreApplication::setApplicationName(QStringLiteral("obmonitor"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings->path());
}

void TestMainWindow::fillsItsPanels()
{
    const ShownWindow shown;
    AWAIT_EQUAL(shown.symbolTable()->model()->rowCount(), 2);
    const QString overview = shown.find<OverviewPanel>("overviewPanel")->text();
    QCOMPARE(overview.count(QLatin1Char('\n')), 4);
    QVERIFY2(overview.contains(QStringLiteral("Books: ")), qPrintable(overview));
    QCOMPARE(shown.find<QLabel>("attachedTo")->text(), QStringLiteral("attached to a test"));
    AWAIT(!shown.link.watchedBooks.empty()); // the ladders ask for their books
}

void TestMainWindow::aClickOnARowLeadsToTheSymbol()
{
    const ShownWindow shown;
    QTableView* table = shown.symbolTable();
    AWAIT_EQUAL(table->model()->rowCount(), 2);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(1, 0)).center());
    auto* inspector = shown.find<QWidget>("inspector_ETHUSDT");
    QVERIFY(inspector != nullptr && inspector->isVisible());
    AWAIT(shown.link.watchedBooks.contains("ETHUSDT"));
    shown.window->activateSymbol(QStringLiteral("BTCUSDT"));
    QVERIFY(shown.find<QWidget>("inspector_BTCUSDT")->isVisible());
    shown.window->activateSymbol(QStringLiteral("ETHUSDT")); // the same one again
    QCOMPARE(shown.window->findChildren<DepthInspector*>().size(), 2);
    shown.find<QDockWidget>("inspector_ETHUSDTDock")->close();
    AWAIT_EQUAL(shown.find<QWidget>("inspector_ETHUSDT"), nullptr); // ended, not hidden
}

void TestMainWindow::switchesTheme()
{
    const ShownWindow shown;
    AWAIT_EQUAL(shown.symbolTable()->model()->rowCount(), 2);
    shown.action("theme_dark")->trigger();
    QCOMPARE(QApplication::palette().color(QPalette::Window), makeTheme(true, false).window);
    shown.action("theme_light")->trigger();
    QCOMPARE(QApplication::palette().color(QPalette::Window), makeTheme(false, false).window);
    shown.action("colourBlindAction")->trigger();
    const QModelIndex state = shown.symbolTable()->model()->index(0, static_cast<int>(SymbolColumn::State));
    QCOMPARE(state.data(Qt::ForegroundRole).value<QColor>(), makeTheme(false, true).of(SyncState::Live));
}

void TestMainWindow::keepsWhatWasChosen()
{
    {
        const ShownWindow shown;
        shown.action("theme_dark")->trigger();
        shown.action("fastAction")->trigger();
        shown.find<QDockWidget>("journalPanelDock")->close();
        shown.find<LadderGrid>("ladderGrid")->setSymbols({QStringLiteral("ETHUSDT")});
        shown.window->activateSymbol(QStringLiteral("BTCUSDT"));
        shown.window->resize(shown.window->width(), 710); // newer Qt makes it fit the screen, of 800 x 800 here
        shown.window->close();
    }
    QVERIFY(QFile::exists(m_settings->filePath(QStringLiteral("obmonitor/obmonitor.conf"))));
    const ShownWindow again;
    QVERIFY(again.action("theme_dark")->isChecked());
    QVERIFY(again.action("fastAction")->isChecked());
    QVERIFY(!again.find<QDockWidget>("journalPanelDock")->isVisible());
    QCOMPARE(again.find<LadderGrid>("ladderGrid")->symbols(), QStringList{QStringLiteral("ETHUSDT")});
    QVERIFY(again.find<QWidget>("inspector_BTCUSDT") != nullptr);
    QCOMPARE(again.window->height(), 710);
}

void TestMainWindow::keepsItWhenASignalEndsIt()
{
    {
        const ShownWindow shown;
        shown.action("theme_dark")->trigger();
    } // destroyed, not closed
    QVERIFY(ShownWindow().action("theme_dark")->isChecked());
}

void TestMainWindow::saysSimulated()
{
    const ShownWindow real;
    QCOMPARE(real.find<QLabel>("simulatedBadge"), nullptr);
    QVERIFY(!real.window->windowTitle().contains(QStringLiteral("SIMULATED")));
    const ShownWindow shown(true);
    QVERIFY(shown.find<QLabel>("simulatedBadge")->isVisible());
    QVERIFY(shown.window->windowTitle().contains(QStringLiteral("SIMULATED")));
    for (const QDockWidget* dock : shown.window->findChildren<QDockWidget*>())
        QVERIFY(dock->windowTitle().contains(QStringLiteral("SIMULATED"))); // detached, too
}

void TestMainWindow::hasKeysForEverything()
{
    const ShownWindow shown;
    const std::vector<KeyRow> rows = keysOf(*shown.window->menuBar());
    QSet<QString> keys;
    for (const KeyRow& row : rows) {
        QVERIFY2(!keys.contains(row.keys), qPrintable(row.keys + QStringLiteral(" does two things")));
        keys << row.keys;
    }
    QVERIFY(keys.contains(QStringLiteral("Ctrl+Shift+R")) && keys.contains(QStringLiteral("F11")));
    shown.action("keyboardAction")->trigger();
    AWAIT(shown.find<QDialog>("keyboardDialog") != nullptr);
    shown.find<QDialog>("keyboardDialog")->close();
}

void TestMainWindow::leadsFromAStageToTheJournal()
{
    const ShownWindow shown;
    shown.find<QDockWidget>("journalPanelDock")->close();
    QTest::mouseClick(shown.find<QWidget>("stageTile3"), Qt::LeftButton);
    QVERIFY(shown.find<QDockWidget>("journalPanelDock")->isVisible());
    QCOMPARE(shown.find<QComboBox>("partFilter")->currentText(), QStringLiteral("books"));
}

void TestMainWindow::countsUnreadErrors()
{
    ShownWindow shown;
    auto* errors = shown.find<QToolButton>("unreadErrors");
    QCOMPARE(errors->text(), QStringLiteral("no unread errors"));
    shown.find<QDockWidget>("journalPanelDock")->close();
    shown.statuses.store.redis.connected = false;
    shown.statuses.store.redis.error = RedisError{RedisErrorKind::Away, "connection refused"};
    shown.link.statuses = shown.statuses.all();
    AWAIT(errors->text().contains(QStringLiteral("unread error")) && !errors->text().startsWith(QLatin1Char('n')));
    QVERIFY(shown.find<OverviewPanel>("overviewPanel")->text().contains(QStringLiteral("Redis: bad")));
    QTest::mouseClick(errors, Qt::LeftButton);
    AWAIT_EQUAL(errors->text(), QStringLiteral("no unread errors"));
    AWAIT(shown.find<QTableView>("journalTable")->model()->rowCount() > 0);
}

void TestMainWindow::countsWhatIsBehindAnotherTab()
{
    ShownWindow shown;
    auto* charts = shown.find<ChartsPanel>("chartsPanel");
    const auto isFilled = [&] { return charts->text().contains(QStringLiteral("Kafka lag, messages at ")); };
    const TimeSeries& lag = shown.monitor->series()[static_cast<std::size_t>(SeriesId::LagMessages)];
    AWAIT(lag.points(Window::FiveMinutes).size() >= 3);
    QVERIFY(!isFilled()); // the journal is in front
    shown.activate();
    QTest::keyClick(shown.window.get(), Qt::Key_5, Qt::ControlModifier);
    AWAIT(isFilled());
    shown.statuses.store.redis.connected = false;
    shown.statuses.store.redis.error = RedisError{RedisErrorKind::Away, "connection refused"};
    shown.link.statuses = shown.statuses.all();
    AWAIT(shown.find<QToolButton>("unreadErrors")->text().startsWith(QStringLiteral("✖")));
    QTest::keyClick(shown.window.get(), Qt::Key_4, Qt::ControlModifier);
    AWAIT_EQUAL(shown.find<QToolButton>("unreadErrors")->text(), QStringLiteral("no unread errors"));
}

void TestMainWindow::opensTheAlerts()
{
    ShownWindow shown;
    shown.statuses.store.redis.connected = false;
    shown.link.statuses = shown.statuses.all();
    AWAIT_EQUAL_WITHIN(shown.find<QToolButton>("alerts")->text(), QStringLiteral("▲ 1 alert"), 10'000);
    QTest::mouseClick(shown.find<QToolButton>("alerts"), Qt::LeftButton);
    const auto* popup = shown.find<AlertsPopup>("alertsPopup");
    QVERIFY(popup->isVisible());
    AWAIT_EQUAL(popup->findChild<QTableView*>(QStringLiteral("alertsTable"))->model()->rowCount(), 1);
    popup->findChild<QCheckBox*>(QStringLiteral("alertKind%1").arg(static_cast<int>(AlertKind::Redis)))->click();
    AWAIT_EQUAL(shown.find<QToolButton>("alerts")->text(), QStringLiteral("no alerts"));
}

void TestMainWindow::givesTheKeyboardToAPanel()
{
    const ShownWindow shown;
    shown.activate();
    shown.find<QDockWidget>("symbolsPanelDock")->close();
    QTest::keyClick(shown.window.get(), Qt::Key_F, Qt::ControlModifier);
    AWAIT(shown.find<QLineEdit>("symbolSearch")->hasFocus());
    QTest::keyClick(shown.window.get(), Qt::Key_4, Qt::ControlModifier);
    AWAIT(shown.find<QTableView>("journalTable")->hasFocus());
}

void TestMainWindow::standsStillWhileHidden()
{
    const ShownWindow shown;
    AWAIT(!shown.link.watchedBooks.empty());
    shown.window->hide();
    AWAIT(shown.link.watchedBooks.empty()); // nobody looks at a book
}

void TestMainWindow::paintsNothingWhileNobodyLooks_data()
{
    QTest::addColumn<bool>("minimised");
    QTest::newRow("hidden") << false;
    QTest::newRow("minimised") << true;
}

void TestMainWindow::paintsNothingWhileNobodyLooks()
{
    QFETCH(bool, minimised);
    ShownWindow shown;
    shown.window->activateSymbol(QStringLiteral("BTCUSDT"));
    PaintCount paints;
    AWAIT(paints.count() > 0);
    minimised ? shown.window->showMinimized() : shown.window->hide();
    const auto looksOn = [&] { // a second
        const int callsBefore = shown.link.statusCalls;
        return QTest::qWaitFor([&] { return shown.link.statusCalls >= callsBefore + 4; }, 10'000);
    };
    QVERIFY(looksOn()); // what was under way is done
    const int before = paints.count();
    shown.statuses.book.set.books[0].counters.gaps = 5;
    shown.statuses.store.redis.connected = false; // so that every panel has something new
    shown.link.statuses = shown.statuses.all();
    QVERIFY(looksOn());
    QCOMPARE(paints.count(), before);
    minimised ? shown.window->showNormal() : shown.window->show();
    AWAIT(paints.count() > before);
    AWAIT_EQUAL(shown.gapsText(), QStringLiteral("5"));
}

void TestMainWindow::leavesAloneWhatIsBehindAnotherTab()
{
    ShownWindow shown;
    AWAIT_EQUAL(shown.gapsText(), QStringLiteral("0"));
    auto* symbols = shown.find<QDockWidget>("symbolsPanelDock");
    auto* overview = shown.find<QDockWidget>("overviewPanelDock");
    shown.window->tabifyDockWidget(symbols, overview);
    overview->raise();
    AWAIT(!isSeen(*symbols->widget()));
    shown.statuses.book.set.books[0].counters.gaps = 5;
    shown.link.statuses = shown.statuses.all();
    AWAIT_EQUAL(shown.monitor->symbols()[0].gaps, std::uint64_t{5});
    QCOMPARE(shown.gapsText(), QStringLiteral("0"));
    symbols->raise();
    AWAIT_EQUAL(shown.gapsText(), QStringLiteral("5"));
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"

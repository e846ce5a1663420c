// The docks of the window: put back, detached and closed, and what makes room for an inspector.
#include "support/await.h"
#include "support/shown_window.h"

#include <QApplication>
#include <QDockWidget>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace obm;
using namespace obm::test;

class TestWindowDocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void resetsTheLayout();
    void anInspectorTakesItsRoomFromTheLadders();
    void detachesAndClosesByKey();

private:
    std::unique_ptr<QTemporaryDir> m_settings;
};

void TestWindowDocks::init()
{
    m_settings = std::make_unique<QTemporaryDir>();
    QCoreApplication::setOrganizationName(QStringLiteral("obmonitor"));
    QCoreApplication::setApplicationName(QStringLiteral("obmonitor"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings->path());
}

void TestWindowDocks::resetsTheLayout()
{
    const ShownWindow shown;
    const QList<QDockWidget*> docks = shown.window->findChildren<QDockWidget*>();
    QVERIFY(docks.size() >= 3);
    for (QDockWidget* dock : docks) {
        dock->setFloating(true);
        dock->close();
    }
    for (const QDockWidget* dock : docks)
        QVERIFY(!dock->isVisible());
    shown.activate();
    QTest::keyClick(shown.window.get(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    for (const char* name : {"overviewPanelDock", "symbolsPanelDock", "journalPanelDock"}) {
        const auto* dock = shown.find<QDockWidget>(name);
        QVERIFY2(dock->isVisible() && !dock->isFloating(), name);
    }
    QCOMPARE(shown.window->dockWidgetArea(shown.find<QDockWidget>("symbolsPanelDock")), Qt::LeftDockWidgetArea);
}

void TestWindowDocks::anInspectorTakesItsRoomFromTheLadders()
{
    const ShownWindow shown;
    shown.window->resize(1'600, 900);
    shown.window->resetLayout();
    const auto* symbols = shown.find<QDockWidget>("symbolsPanelDock");
    AWAIT(symbols->width() > 400);
    const int width = symbols->width();
    shown.window->activateSymbol(QStringLiteral("BTCUSDT"));
    auto* dock = shown.find<QDockWidget>("inspector_BTCUSDTDock");
    AWAIT(dock->isVisible() && dock->width() > 300);
    QCOMPARE(symbols->width(), width);
    dock->close();
    AWAIT(shown.find<QDockWidget>("inspector_BTCUSDTDock") == nullptr);
    QCOMPARE(symbols->width(), width);
}

void TestWindowDocks::detachesAndClosesByKey()
{
    const ShownWindow shown;
    shown.activate();
    shown.window->activateSymbol(QStringLiteral("BTCUSDT"));
    const auto* dock = shown.find<QDockWidget>("inspector_BTCUSDTDock");
    AWAIT(dock->isVisible() && DockSet::focused() == dock);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(dock->isFloating());
    AWAIT(DockSet::focused() == dock);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!dock->isFloating());
    AWAIT(DockSet::focused() == dock);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_W, Qt::ControlModifier);
    AWAIT(shown.find<QDockWidget>("inspector_BTCUSDTDock") == nullptr);
}

QTEST_MAIN(TestWindowDocks)
#include "tst_window_docks.moc"

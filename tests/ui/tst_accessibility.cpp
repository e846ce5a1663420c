// The whole window without a mouse and without eyes: each thing that takes the keyboard has a name to be read out, and
// Tab leads through all panels and round again.
#include "support/make_status.h"
#include "support/scripted_link.h"
#include "ui/about/about_dialog.h"
#include "ui/keyboard_dialog.h"
#include "ui/main_window.h"
#include "ui/settings/settings_dialog.h"

#include <QAccessible>
#include <QApplication>
#include <QMenuBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace obm;
using namespace obm::test;

namespace {

QString nameOf(QWidget* widget)
{
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
    return interface == nullptr ? QString() : interface->text(QAccessible::Name);
}

QString placeOf(const QWidget* widget)
{
    QString place = QString::fromLatin1(widget->metaObject()->className());
    for (; widget != nullptr; widget = widget->parentWidget())
        place += QLatin1Char('<') + widget->objectName();
    return place;
}

// What takes the keyboard and has no name.
QStringList nameless(const QWidget& window)
{
    QStringList places;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        const bool isInner = widget->objectName().startsWith(QStringLiteral("qt_")); // of what is named itself
        if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus && !isInner && nameOf(widget).isEmpty())
            places << placeOf(widget);
    }
    return places;
}

struct ShownWindow
{
    ScriptedLink link;
    StageStatuses statuses;
    std::unique_ptr<Monitor> monitor;
    std::unique_ptr<MainWindow> window;

    ShownWindow()
    {
        link.configuration.exchange.symbols = {"BTCUSDT", "ETHUSDT"};
        statuses.book.set.books = {bookRow("BTCUSDT", SyncState::Live), bookRow("ETHUSDT", SyncState::Buffering)};
        link.statuses = statuses.all();
        monitor = std::make_unique<Monitor>(link.configuration);
        window = std::make_unique<MainWindow>(link, *monitor);
        window->resize(1'280, 800);
        window->show();
    }
};

} // namespace

class TestAccessibility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everythingHasAName();
    void dialogsHaveNames();
    void tabLeadsEverywhere();
    void menusHaveMnemonics();

private:
    QTemporaryDir m_settings;
};

void TestAccessibility::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("obmonitor"));
    QCoreApplication::setApplicationName(QStringLiteral("obmonitor"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
}

void TestAccessibility::everythingHasAName()
{
    const ShownWindow shown;
    shown.window->activateSymbol(QStringLiteral("BTCUSDT"));
    const QStringList places = nameless(*shown.window);
    QVERIFY2(places.isEmpty(), qPrintable(places.join(QLatin1Char('\n'))));
}

void TestAccessibility::dialogsHaveNames()
{
    SettingsDialog settings({}, {}, makeTheme(true, false));
    AboutDialog about(aboutRows({}, {}));
    KeyboardDialog keyboard(keysOfPanels());
    for (QWidget* dialog : std::initializer_list<QWidget*>{&settings, &about, &keyboard}) {
        dialog->show();
        const QStringList places = nameless(*dialog);
        QVERIFY2(places.isEmpty(), qPrintable(places.join(QLatin1Char('\n'))));
    }
}

void TestAccessibility::tabLeadsEverywhere()
{
    constexpr int stepsMax = 200;
    const ShownWindow shown;
    shown.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(shown.window.get()));
    QStringList visited;
    for (int step = 0; step < stepsMax; ++step) {
        QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : shown.window.get(),
                        Qt::Key_Tab);
        QVERIFY(QApplication::focusWidget() != nullptr);
        visited << QApplication::focusWidget()->objectName();
    }
    for (const char* name :
         {"stageTile0", "stageTile4", "symbolSearch", "symbolTable", "journalTable", "unreadErrors"}) {
        QVERIFY2(
            visited.count(QString::fromLatin1(name)) >= 2, // round and round: nothing keeps the keyboard
            qPrintable(QString::fromLatin1(name) + QStringLiteral(" is not in ") + visited.join(QLatin1Char(' '))));
    }
}

void TestAccessibility::menusHaveMnemonics()
{
    const ShownWindow shown;
    for (const QAction* menu : shown.window->menuBar()->actions())
        QVERIFY2(menu->text().contains(QLatin1Char('&')), qPrintable(menu->text()));
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"

// The program as a person starts it on a desktop: on a display of its own its window is filled, it says after how
// long, and ends in order, by the cross in its title bar and by a signal.
#include "support/await.h"
#include "support/process_table.h"
#include "support/program.h"
#include "support/x_server.h"
#include "ui/theme/theme.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int waitLimit = 60'000; // ms

// The size bars of the ladders, on both sides of all six symbols.
bool hasBooks(const QImage& screen)
{
    constexpr int pixelsLeast = 6 * 500;
    const Theme theme = makeTheme(false, false); // that of a display that tells nothing
    int bids = 0;
    int asks = 0;
    for (int y = 0; y < screen.height(); ++y) {
        const auto* row = reinterpret_cast<const QRgb*>(screen.constScanLine(y));
        for (int x = 0; x < screen.width(); ++x) {
            const QRgb colour = row[x] | 0xff000000;
            bids += colour == theme.bidBar.rgb() ? 1 : 0;
            asks += colour == theme.askBar.rgb() ? 1 : 0;
        }
    }
    return bids >= pixelsLeast && asks >= pixelsLeast;
}

} // namespace

class tst_Window : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void fillsAndEndsInOrder_data();
    void fillsAndEndsInOrder();
};

void tst_Window::initTestCase()
{
    if (!XServer::isInstalled())
        QSKIP("no Xvfb: the window is not shown on a display");
}

void tst_Window::fillsAndEndsInOrder_data()
{
    QTest::addColumn<bool>("byCross");
    QTest::newRow("by its cross") << true;
    QTest::newRow("by SIGTERM") << false;
}

void tst_Window::fillsAndEndsInOrder()
{
    QFETCH(bool, byCross);
    const XServer server;
    QVERIFY(server.isRunning());
    const QTemporaryDir runtime;
    Program::Variables variables = Program::inRuntimeFolder(runtime.path());
    variables[QStringLiteral("DISPLAY")] = server.display();
    variables[QStringLiteral("QT_QPA_PLATFORM")] = QStringLiteral("xcb");
    variables[QStringLiteral("DBUS_SESSION_BUS_ADDRESS")] = QStringLiteral("disabled:"); // or a daemon would be started
    QElapsedTimer time;
    time.start();
    Program program(QStringLiteral("demo"), {QStringLiteral("--demo")}, variables);
    AWAIT_WITHIN(hasBooks(server.picture()) || !program.isRunning(), waitLimit);
    qInfo("filled after %lld ms", time.elapsed());
    QVERIFY2(program.isRunning(), qPrintable(program.err()));
    const QList<qint64> children = childrenOf(program.processId());
    const QDir folder(runtime.filePath(QDir(runtime.path()).entryList({QStringLiteral("obmonitor-*")}).value(0)));
    QCOMPARE(children.size(), 1); // the redis-server
    QCOMPARE(folder.entryList({QStringLiteral("*.sock")}, QDir::System).size(), 1);
    if (byCross)
        QCOMPARE(server.closeWindows(), 1);
    else
        program.signal(SIGTERM);
    QVERIFY2(program.awaitExit() == 0, qPrintable(program.err()));
    QVERIFY2(program.err().contains(QStringLiteral("stopping")), qPrintable(program.err()));
    QVERIFY(environmentOf(children.first()).isEmpty()); // it is gone
    QCOMPARE(folder.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot), QStringList());
}

QTEST_GUILESS_MAIN(tst_Window)
#include "tst_window.moc"

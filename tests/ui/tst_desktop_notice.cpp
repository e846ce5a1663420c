// Desktop notifications over a real session bus, on which this test is the desktop.
#include "support/await.h"
#include "ui/alerts/desktop_notice.h"

#include <QApplication>
#include <QDBusMessage>
#include <QMainWindow>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <span>
#include <vector>

using namespace obm;

namespace {

constexpr int busStartMs = 10'000;
const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");

// A message bus of its own for this process, gone with it.
class SessionBus
{
public:
    SessionBus()
    {
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        if (!m_daemon.waitForStarted(busStartMs) || !m_daemon.waitForReadyRead(busStartMs))
            qFatal("dbus-daemon: %s", qPrintable(m_daemon.errorString()));
        m_address = QString::fromLatin1(m_daemon.readLine().trimmed());
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toLatin1());
    }
    ~SessionBus()
    {
        m_daemon.terminate();
        m_daemon.waitForFinished(busStartMs);
    }
    [[nodiscard]] const QString& address() const { return m_address; }

private:
    QProcess m_daemon;
    QString m_address;
};

struct Shown
{
    uint id = 0;
    uint replaced = 0;
    QString title;
    QString body;
    QStringList actions;
};

} // namespace

class Desktop : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    explicit Desktop(const QString& address)
        : m_bus(QDBusConnection::connectToBus(address, QStringLiteral("desktop")))
    {
        m_bus.registerObject(path, this, QDBusConnection::ExportScriptableSlots);
        m_bus.registerService(service);
    }
    ~Desktop() override
    {
        m_bus.unregisterService(service);
        m_bus.unregisterObject(path);
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
    }

    void act(uint id, const QString& action)
    {
        QDBusMessage signal = QDBusMessage::createSignal(path, service, QStringLiteral("ActionInvoked"));
        signal << id << action;
        m_bus.send(signal);
    }

    std::vector<Shown> shown;

public Q_SLOTS:
    Q_SCRIPTABLE uint Notify(const QString& /*application*/, uint replaced, const QString& /*icon*/,
                             const QString& title, const QString& body, const QStringList& actions,
                             const QVariantMap& /*hints*/, int /*durationMs*/)
    {
        const uint id = replaced != 0 ? replaced : 70 + static_cast<uint>(shown.size());
        shown.push_back({id, replaced, title, body, actions});
        return id;
    }

private:
    QDBusConnection m_bus;
};

class TestDesktopNotice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhetherSomebodyShowsThem();
    void takesThePlaceOfTheOneBefore();
    void bringsTheWindowToTheFront();
    void beginsAnewAfterTheDesktopDid();

private:
    SessionBus m_bus;
};

void TestDesktopNotice::saysWhetherSomebodyShowsThem()
{
    QMainWindow window;
    DesktopNotice notice(window);
    QVERIFY(!notice.isAvailable());
    notice.notify(QStringLiteral("nobody sees this")); // and nothing happens
    const Desktop desktop(m_bus.address());
    QVERIFY(notice.isAvailable());
}

void TestDesktopNotice::takesThePlaceOfTheOneBefore()
{
    const Desktop desktop(m_bus.address());
    QMainWindow window;
    window.setWindowTitle(QStringLiteral("obmonitor · SIMULATED"));
    DesktopNotice notice(window);
    notice.notify(QStringLiteral("lag < 5 s\nBTCUSDT is not live"));
    AWAIT_EQUAL(desktop.shown.size(), 1U);
    QCOMPARE(desktop.shown[0].replaced, 0U);
    QCOMPARE(desktop.shown[0].title, window.windowTitle());
    QCOMPARE(desktop.shown[0].body, QStringLiteral("lag &lt; 5 s\nBTCUSDT is not live"));
    // Its number is known once the answer has come; an answer is lost while the bus still tells of the desktop before.
    const auto replacesOne = [&] {
        const std::span earlier(desktop.shown.data(), desktop.shown.size() - 1);
        return std::ranges::find(earlier, desktop.shown.back().replaced, &Shown::id) != earlier.end();
    };
    AWAIT(([&] {
        notice.notify(QStringLiteral("next"));
        return QTest::qWaitFor(replacesOne, 100);
    }()));
}

void TestDesktopNotice::bringsTheWindowToTheFront()
{
    Desktop desktop(m_bus.address());
    QMainWindow window;
    window.showMinimized();
    DesktopNotice notice(window);
    notice.notify(QStringLiteral("look"));
    AWAIT_EQUAL(desktop.shown.size(), 1U);
    desktop.act(desktop.shown[0].id + 1, QStringLiteral("default")); // another program's
    QVERIFY(window.isMinimized());
    AWAIT(([&] {
        desktop.act(desktop.shown[0].id, QStringLiteral("default"));
        return QTest::qWaitFor([&] { return !window.isMinimized(); }, 100);
    }()));
}

void TestDesktopNotice::beginsAnewAfterTheDesktopDid()
{
    QMainWindow window;
    DesktopNotice notice(window);
    {
        const Desktop desktop(m_bus.address());
        notice.notify(QStringLiteral("one"));
        AWAIT_EQUAL(desktop.shown.size(), 1U);
    }
    notice.notify(QStringLiteral("lost"));
    const Desktop desktop(m_bus.address());
    AWAIT(([&] {
        notice.notify(QStringLiteral("two"));
        return QTest::qWaitFor([&] { return !desktop.shown.empty(); }, 100);
    }()));
}

QTEST_MAIN(TestDesktopNotice)
#include "tst_desktop_notice.moc"

#include "ui/alerts/desktop_notice.h"

#include <QApplication>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QWidget>

namespace obm {

namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");
const QString defaultAction = QStringLiteral("default"); // a click on the notification itself
constexpr int desktopsOwnDuration = -1;

} // namespace

DesktopNotice::DesktopNotice(QWidget& window)
    : m_window(window)
    , m_bus(QDBusConnection::sessionBus())
{
    m_bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this, SLOT(onAction(uint, QString)));
}

bool DesktopNotice::isAvailable() const
{
    const QDBusConnectionInterface* bus = m_bus.interface();
    return bus != nullptr &&
           (bus->isServiceRegistered(service).value() || bus->activatableServiceNames().value().contains(service));
}

void DesktopNotice::notify(const QString& text)
{
    QApplication::alert(&m_window); // in the task bar, also where no notification can be shown
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, QStringLiteral("Notify"));
    const QString name = QCoreApplication::applicationName();
    call << name << m_shownId << name << m_window.windowTitle() << text.toHtmlEscaped()
         << QStringList{defaultAction, tr("Show")} << QVariantMap{{QStringLiteral("desktop-entry"), name}}
         << desktopsOwnDuration;
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<uint> reply = *watcher;
        m_shownId = reply.isValid() ? reply.value() : 0;
        watcher->deleteLater();
    });
}

void DesktopNotice::onAction(uint id, const QString& action)
{
    if (id != m_shownId || action != defaultAction)
        return;
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

} // namespace obm

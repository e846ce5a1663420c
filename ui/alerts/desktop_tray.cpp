#include "ui/alerts/desktop_tray.h"

#include <QApplication>
#include <QStyle>
#include <QSystemTrayIcon>
#include <QWidget>

namespace obm {

DesktopTray::DesktopTray(QWidget& window)
    : m_window(window)
{}

bool DesktopTray::isAvailable()
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void DesktopTray::notify(const QString& text)
{
    if (!isAvailable())
        return;
    if (m_icon == nullptr) {
        const QIcon warning = QApplication::style()->standardIcon(QStyle::SP_MessageBoxWarning);
        m_icon = new QSystemTrayIcon(m_window.windowIcon().isNull() ? warning : m_window.windowIcon(), this);
        m_icon->setToolTip(m_window.windowTitle());
        connect(m_icon, &QSystemTrayIcon::activated, this, &DesktopTray::bringToFront);
        connect(m_icon, &QSystemTrayIcon::messageClicked, this, &DesktopTray::bringToFront);
        m_icon->show(); // without it there is no message on most desktops
    }
    m_icon->showMessage(m_window.windowTitle(), text, QSystemTrayIcon::Warning);
}

void DesktopTray::bringToFront()
{
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

} // namespace obm

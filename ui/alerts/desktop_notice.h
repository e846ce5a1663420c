// Desktop notifications, by the service on the session's bus that each desktop has. One is shown at a time: the next
// takes its place. A click brings the window to the front. Nothing here waits for the desktop.
// Source: freedesktop.org, Desktop Notifications Specification 1.2. Thread: main.
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QString>

class QWidget;

namespace obm {

class DesktopNotice : public QObject
{
    Q_OBJECT

public:
    explicit DesktopNotice(QWidget& window); // which outlives it; its title stands above the text

    [[nodiscard]] bool isAvailable() const; // somebody shows them, or would be started for it
    void notify(const QString& text);

private Q_SLOTS:
    void onAction(uint id, const QString& action);

private:
    QWidget& m_window;
    QDBusConnection m_bus;
    uint m_shownId = 0; // 0: none yet
};

} // namespace obm

// Desktop notifications by the tray, where the desktop has one; nothing else shows there. Thread: main.
#pragma once

#include <QObject>
#include <QString>

class QSystemTrayIcon;
class QWidget;

namespace obm {

class DesktopTray : public QObject
{
    Q_OBJECT

public:
    // window: whose title and icon it takes, and which comes to the front when somebody clicks.
    explicit DesktopTray(QWidget& window); // which outlives it

    [[nodiscard]] static bool isAvailable();
    void notify(const QString& text);

private:
    void bringToFront();

    QWidget& m_window;
    QSystemTrayIcon* m_icon = nullptr; // from the first notification on
};

} // namespace obm

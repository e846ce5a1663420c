// The line at the window's foot: what it looks at, errors that nobody has read, alerts, and how the frames keep up.
// Thread: main.
#pragma once

#include "monitor/alerts.h"
#include "ui/frame_clock.h"
#include "ui/theme/theme.h"

#include <QStatusBar>

#include <vector>

class QLabel;
class QToolButton;

namespace obm {

class StatusStrip : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusStrip(QWidget* parent = nullptr);

    void setAttachedTo(const QString& where);
    void setTheme(const Theme& theme);
    void setUnreadErrors(int count); // as refresh(), it changes nothing that nobody sees
    void refresh(const std::vector<Alert>& active, const FrameMeter& frames);
    [[nodiscard]] const QToolButton& alertsButton() const { return *m_alerts; }

Q_SIGNALS:
    void errorsWanted();
    void alertsWanted();

private:
    void showErrors();

    QLabel* m_attached;
    QToolButton* m_errors;
    QToolButton* m_alerts;
    QLabel* m_frames;
    Theme m_theme;
    int m_unreadErrors = 0;
};

} // namespace obm

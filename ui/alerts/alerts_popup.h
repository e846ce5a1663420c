// What opens over the status bar: the active alerts, which kinds are muted, and how a person is told. A choice is kept
// as soon as it is made.
// Thread: main. Units: ms of a steady clock.
#pragma once

#include "monitor/alerts.h"
#include "ui/alerts/alert_model.h"
#include "ui/alerts/alert_voice.h"
#include "ui/theme/theme.h"

#include <QFrame>

#include <cstdint>

class QCheckBox;
class QLabel;
class QTableView;

namespace obm {

class AlertsPopup : public QFrame
{
    Q_OBJECT

public:
    // canNotify: whether the desktop shows notifications.
    AlertsPopup(Alerts& alerts, AlertVoice& voice, bool canNotify, QWidget* parent);

    void setTheme(const Theme& theme);
    void refresh(std::int64_t nowMs);
    void openAbove(const QWidget& anchor); // its right edges meet

Q_SIGNALS:
    void symbolActivated(const QString& symbol);

private:
    void makeTable();
    QWidget* makeKinds();
    QWidget* makeWays(bool canNotify);
    QCheckBox* makeChoice(const QString& name, const QString& text, bool on);
    void restore();
    void save() const;
    void activate(const QModelIndex& row);

    Alerts& m_alerts;
    AlertVoice& m_voice;
    AlertModel m_model;
    QLabel* m_title;
    QTableView* m_table;
};

} // namespace obm

// The line above a depth inspector: which symbol and how it is, and what a person sets: grouping, units, centre lock,
// the chart's scale, and 'Sync again', which waits a while before it can be pressed again.
// Keys, anywhere in the inspector: [ and ] finer and coarser groups, Q units, C centre lock, L the chart's scale.
// Thread: main.
#pragma once

#include "monitor/symbol_row.h"
#include "ui/ladder/amount.h"
#include "ui/ladder/price_grouping.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <cstdint>

class QHBoxLayout;

namespace obm {

class InspectorBar : public QWidget
{
    Q_OBJECT

public:
    static constexpr int groupCount = 13; // 1 to 10,000 ticks
    static constexpr std::chrono::seconds resyncPause{10};

    InspectorBar(const QString& symbol, bool isSimulated, bool canResync, const Theme& theme,
                 QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setState(const SymbolRow* row); // null: not known
    void setCentred(bool centred);
    void setTick(const TickSize& tick); // to say how much a group is

Q_SIGNALS:
    void groupChanged(qint64 ticks);
    void unitsChanged(obm::LadderUnits units);
    void centredChanged(bool centred);
    void logarithmicChanged(bool on);
    void resyncAsked();

private:
    QHBoxLayout* makeWords(const QString& symbol, bool isSimulated);
    QHBoxLayout* makeControls(bool canResync);
    QCheckBox* makeToggle(const QString& name, const QString& text, const QString& toolTip, const QString& key);
    void addKey(const QString& key, int groupStep);
    void askResync();

    Theme m_theme;
    QLabel* m_state = nullptr;
    QLabel* m_simulated = nullptr;
    QComboBox* m_group = nullptr;
    QCheckBox* m_quote = nullptr;
    QCheckBox* m_centre = nullptr;
    QCheckBox* m_logarithmic = nullptr;
    QPushButton* m_resync = nullptr;
    QTimer m_pause;
    std::int64_t m_tickUnits = 0;
};

} // namespace obm

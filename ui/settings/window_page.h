// How the window itself looks and when it alarms: in effect at once, but for the language.
// Thread: main.
#pragma once

#include "monitor/alerts.h"
#include "ui/language/language.h"
#include "ui/theme/theme_choice.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace obm {

struct WindowChoices
{
    ThemeMode theme = ThemeMode::System;
    bool colourBlind = false;
    bool fastFrames = false;
    Language language = Language::System;
    AlertLimits alerts;
};

class WindowPage : public QWidget
{
    Q_OBJECT

public:
    explicit WindowPage(const WindowChoices& choices, QWidget* parent = nullptr);

    [[nodiscard]] WindowChoices choices() const;

private:
    QWidget* makeLook();
    QWidget* makeAlerts();
    QSpinBox* makeNumber(const QString& name, const QString& unit, int value, int most);

    WindowChoices m_before;
    QComboBox* m_theme = nullptr;
    QCheckBox* m_colourBlind = nullptr;
    QCheckBox* m_fast = nullptr;
    QComboBox* m_language = nullptr;
    QSpinBox* m_notLive = nullptr; // s
    QSpinBox* m_silent = nullptr;  // s
    QSpinBox* m_lag = nullptr;     // ms
    QSpinBox* m_weight = nullptr;  // %
};

} // namespace obm

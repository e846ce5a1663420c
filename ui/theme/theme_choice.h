// Which theme is on: what the person chose, or what the system shows, followed while it changes.
// Why the palette's lightness: Qt has QStyleHints::colorScheme from 6.5 on only.
// Thread: main.
#pragma once

#include "ui/theme/theme.h"

#include <QObject>

namespace obm {

enum class ThemeMode { System, Light, Dark };

class ThemeChoice : public QObject
{
    Q_OBJECT

public:
    explicit ThemeChoice(QObject* parent = nullptr);

    void setMode(ThemeMode mode);
    void setColourBlind(bool colourBlind);
    [[nodiscard]] ThemeMode mode() const { return m_mode; }
    [[nodiscard]] bool isColourBlind() const { return m_colourBlind; }
    [[nodiscard]] const Theme& theme() const { return m_theme; }

Q_SIGNALS:
    void changed(const Theme& theme); // the application's palette is set already

private:
    void apply();

    ThemeMode m_mode = ThemeMode::System;
    bool m_colourBlind = false;
    Theme m_theme;
};

// How it is kept between starts.
[[nodiscard]] QString toText(ThemeMode mode); // "system", "light", "dark"
[[nodiscard]] ThemeMode themeModeOf(const QString& text);

} // namespace obm

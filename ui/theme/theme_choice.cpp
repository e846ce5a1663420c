#include "ui/theme/theme_choice.h"

#include <QApplication>
#include <QStyleHints>
#include <QWidget>

namespace obm {

namespace {

// Asked of the platform, not of the application's palette, which is ours.
bool systemIsDark()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
    static const QPalette atStart = QGuiApplication::palette();
    return atStart.color(QPalette::Window).lightness() < atStart.color(QPalette::WindowText).lightness();
}

} // namespace

ThemeChoice::ThemeChoice(QObject* parent)
    : QObject(parent)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] { apply(); });
#endif
    apply();
}

void ThemeChoice::setMode(ThemeMode mode)
{
    m_mode = mode;
    apply();
}

void ThemeChoice::setColourBlind(bool colourBlind)
{
    m_colourBlind = colourBlind;
    apply();
}

void ThemeChoice::apply()
{
    const bool dark = m_mode == ThemeMode::System ? systemIsDark() : m_mode == ThemeMode::Dark;
    const Theme theme = makeTheme(dark, m_colourBlind);
    if (theme == m_theme)
        return;
    m_theme = theme;
    QPalette palette = paletteOf(theme);
    QApplication::setPalette(palette);
    palette.setColor(QPalette::Base, theme.isDark ? mixed(theme.window, theme.text, 0.25) : theme.panel);
    QApplication::setPalette(palette, "QCheckBox"); // or an empty box could not be seen on the dark window
    Q_EMIT changed(m_theme);
}

QString toText(ThemeMode mode)
{
    switch (mode) {
    case ThemeMode::System:
        break;
    case ThemeMode::Light:
        return QStringLiteral("light");
    case ThemeMode::Dark:
        return QStringLiteral("dark");
    }
    return QStringLiteral("system");
}

ThemeMode themeModeOf(const QString& text)
{
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        if (text == toText(mode))
            return mode;
    }
    return ThemeMode::System;
}

} // namespace obm

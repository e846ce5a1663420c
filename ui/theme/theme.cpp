#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace obm {

namespace {

Theme darkTheme()
{
    Theme theme;
    theme.isDark = true;
    theme.window = QColor(0x0f1318);
    theme.panel = QColor(0x151a21);
    theme.stripe = QColor(0x191f27);
    theme.raised = QColor(0x1d242d);
    theme.line = QColor(0x2c3540);
    theme.text = QColor(0xdce3ea);
    theme.faintText = QColor(0x8b98a6);
    theme.accent = QColor(0x2f6fb5);
    theme.accentText = QColor(0xffffff);
    theme.bid = QColor(0x3ecf8e);
    theme.ask = QColor(0xf2667a);
    theme.flash = QColor(0x5a5325);
    theme.spread = QColor(0xd9b45a);
    theme.conditions = {QColor(0x8b98a6), QColor(0x6fa8e8), QColor(0x3ecf8e), QColor(0xe8b33f), QColor(0xff6b6b)};
    theme.series = {QColor(0x5aa9e6), QColor(0xe8b33f), QColor(0x3ecf8e),
                    QColor(0xc792ea), QColor(0xf2667a), QColor(0x7fdbda)};
    theme.simulated = QColor(0xe8b33f);
    theme.simulatedText = QColor(0x14181d);
    return theme;
}

Theme lightTheme()
{
    Theme theme;
    theme.window = QColor(0xeef1f4);
    theme.panel = QColor(0xffffff);
    theme.stripe = QColor(0xf7f9fa);
    theme.raised = QColor(0xf9fafb);
    theme.line = QColor(0xd3d9df);
    theme.text = QColor(0x1b232b);
    theme.faintText = QColor(0x5f6b77);
    theme.accent = QColor(0x1f66b0);
    theme.accentText = QColor(0xffffff);
    theme.bid = QColor(0x0b7a4b);
    theme.ask = QColor(0xc2283c);
    theme.flash = QColor(0xfff0b3);
    theme.spread = QColor(0x8a6100);
    theme.conditions = {QColor(0x5f6b77), QColor(0x1f66b0), QColor(0x0b7a4b), QColor(0x8a5a00), QColor(0xc2283c)};
    theme.series = {QColor(0x1f66b0), QColor(0xb36b00), QColor(0x0b7a4b),
                    QColor(0x7b3fa0), QColor(0xc2283c), QColor(0x00798c)};
    theme.simulated = QColor(0x8a5a00);
    theme.simulatedText = QColor(0xffffff);
    return theme;
}

void makeColourBlind(Theme& theme)
{
    const bool dark = theme.isDark;
    theme.bid = dark ? QColor(0x56b4e9) : QColor(0x005f96);
    theme.ask = dark ? QColor(0xf0a030) : QColor(0xa84300);
    const QColor note = dark ? QColor(0xc9a7d8) : QColor(0x7a3b69);
    const QColor degraded = dark ? QColor(0xf0e442) : QColor(0x6b5d00);
    theme.conditions = {theme.faintText, note, theme.bid, degraded, theme.ask};
    theme.series = dark ? std::array{QColor(0x56b4e9), QColor(0xf0a030), QColor(0x2fbf9a),
                                     QColor(0xcc79a7), QColor(0xf0e442), QColor(0xdce3ea)}
                        : std::array{QColor(0x0072b2), QColor(0xb85c00), QColor(0x00805c),
                                     QColor(0x9c4a7c), QColor(0x6b5d00), QColor(0x1b232b)};
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

const QColor& Theme::of(SyncState state) const
{
    switch (state) {
    case SyncState::Waiting:
        return of(Condition::Starting);
    case SyncState::Buffering:
    case SyncState::Bridging:
        return of(Condition::Degraded);
    case SyncState::Live:
        return of(Condition::Good);
    case SyncState::Rejected:
        return of(Condition::Bad);
    }
    std::unreachable();
}

const QColor& Theme::of(Severity severity) const
{
    switch (severity) {
    case Severity::Note:
        return faintText;
    case Severity::Warning:
        return of(Condition::Degraded);
    case Severity::Error:
        return of(Condition::Bad);
    }
    std::unreachable();
}

Theme makeTheme(bool dark, bool colourBlind)
{
    Theme theme = dark ? darkTheme() : lightTheme();
    if (colourBlind)
        makeColourBlind(theme);
    const double share = dark ? 0.24 : 0.16;
    theme.bidBar = mixed(theme.panel, theme.bid, share);
    theme.askBar = mixed(theme.panel, theme.ask, share);
    return theme;
}

QPalette paletteOf(const Theme& theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.window);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.panel);
    palette.setColor(QPalette::AlternateBase, theme.stripe);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.faintText);
    palette.setColor(QPalette::Button, theme.raised);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.of(Condition::Bad));
    palette.setColor(QPalette::ToolTipBase, theme.raised);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.accentText);
    palette.setColor(QPalette::Link, theme.isDark ? theme.accent.lighter(150) : theme.accent);
    palette.setColor(QPalette::Light, mixed(theme.raised, theme.text, 0.12));
    palette.setColor(QPalette::Midlight, mixed(theme.raised, theme.text, 0.06));
    palette.setColor(QPalette::Mid, theme.line);
    palette.setColor(QPalette::Dark, mixed(theme.line, Qt::black, theme.isDark ? 0.4 : 0.2));
    palette.setColor(QPalette::Shadow, mixed(theme.window, Qt::black, 0.6));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mixed(theme.window, theme.faintText, 0.7));
    return palette;
}

QColor mixed(const QColor& under, const QColor& over, double share)
{
    const auto part = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {part(under.red(), over.red()), part(under.green(), over.green()), part(under.blue(), over.blue())};
}

double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

const char* symbolOf(Condition condition)
{
    switch (condition) {
    case Condition::Off:
        return "–";
    case Condition::Starting:
        return "◌";
    case Condition::Good:
        return "●";
    case Condition::Degraded:
        return "▲";
    case Condition::Bad:
        return "✖";
    }
    std::unreachable();
}

const char* symbolOf(SyncState state)
{
    switch (state) {
    case SyncState::Waiting:
        return "◌";
    case SyncState::Buffering:
        return "◔";
    case SyncState::Bridging:
        return "◑";
    case SyncState::Live:
        return "●";
    case SyncState::Rejected:
        return "✖";
    }
    std::unreachable();
}

} // namespace obm

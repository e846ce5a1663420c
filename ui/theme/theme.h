// The colours of the window, as one plain value: nothing else in ui/ names a colour. What tells good from bad, or bid
// from ask, is never told by colour alone.
// Thread: main; copy freely.
#pragma once

#include "book/sync_state.h"
#include "monitor/condition.h"
#include "monitor/journal.h"

#include <QColor>
#include <QPalette>

#include <array>

namespace obm {

struct Theme
{
    bool isDark = false;

    QColor window; // behind panels
    QColor panel;  // behind tables and ladders
    QColor stripe; // every other row
    QColor raised; // tiles, headers, buttons
    QColor line;   // grids and borders
    QColor text;
    QColor faintText; // labels, what is off, what is old
    QColor accent;    // selection, focus, links
    QColor accentText;

    QColor bid; // text and lines
    QColor ask;
    QColor bidBar; // behind text
    QColor askBar;
    QColor flash; // behind what has just changed
    QColor spread;

    std::array<QColor, conditionCount> conditions; // text on `panel` and `raised`
    std::array<QColor, 6> series;                  // lines of a chart, told apart

    QColor simulated; // the badge
    QColor simulatedText;

    bool operator==(const Theme&) const = default;

    [[nodiscard]] const QColor& of(Condition condition) const
    {
        return conditions[static_cast<std::size_t>(condition)];
    }
    [[nodiscard]] const QColor& of(SyncState state) const;
    [[nodiscard]] const QColor& of(Severity severity) const;
};

// colourBlind: blue and orange instead of green and red (Okabe and Ito's palette), for the three common kinds.
[[nodiscard]] Theme makeTheme(bool dark, bool colourBlind);
[[nodiscard]] QPalette paletteOf(const Theme& theme);

// `share` of `over` laid on `under`.
[[nodiscard]] QColor mixed(const QColor& under, const QColor& over, double share);
// The contrast of two colours as WCAG 2 counts it: 1 to 21; text wants 4.5.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

// A condition and a state in one sign, for those who do not see the colour.
[[nodiscard]] const char* symbolOf(Condition condition); // UTF-8
[[nodiscard]] const char* symbolOf(SyncState state);

} // namespace obm

// Whether somebody can see a widget. Why not isVisible(): it holds for a dock behind another tab and for what is in a
// minimised window, too.
// Thread: main.
#pragma once

#include <QRegion>
#include <QWidget>

namespace obm {

[[nodiscard]] inline bool isSeen(const QWidget& widget)
{
    return widget.isVisible() && !widget.window()->isMinimized() && !widget.visibleRegion().isEmpty();
}

} // namespace obm

// What a chart draws, without a widget: the stretches of a series between its holes, its value at a moment, and the
// moments and values at which an axis has its lines.
// Units: epoch ms; values in the series' own unit. Thread: pure functions.
#pragma once

#include "monitor/time_series.h"

#include <QList>
#include <QPointF>

#include <cstdint>
#include <optional>
#include <vector>

namespace obm {

[[nodiscard]] std::int64_t stepMsOf(Window window);
[[nodiscard]] std::int64_t lengthMsOf(Window window);

// x: epoch ms. A step without a value ends a stretch; a value alone is a short line, so that it can be seen.
[[nodiscard]] std::vector<QList<QPointF>> stretchesOf(const std::vector<SeriesPoint>& points, std::int64_t stepMs);

// The value of the step nearest to a moment; nothing in a hole.
[[nodiscard]] std::optional<double> valueAt(const std::vector<SeriesPoint>& points, std::int64_t epochMs,
                                            std::int64_t stepMs);

struct ValueAxis
{
    double most = 1; // a multiple of step; the axis begins at 0
    double step = 1;
};
// Room for `highest`, with about `lines` lines at 1, 2 or 5 times a power of ten; whole numbers only where values are.
[[nodiscard]] ValueAxis valueAxis(double highest, int lines, bool isWhole);

// Full minutes, as many apart as it takes to have at most `wanted` of them.
[[nodiscard]] std::vector<std::int64_t> timeTicks(std::int64_t fromMs, std::int64_t toMs, int wanted);

} // namespace obm

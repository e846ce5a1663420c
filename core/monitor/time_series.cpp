#include "monitor/time_series.h"

#include <algorithm>

namespace obm {

namespace {

// One point a step; those that have left the window go.
template <typename Merge>
void addTo(std::vector<SeriesPoint>& points, SeriesPoint point, std::int64_t stepMs, std::size_t stepsMax, Merge merge)
{
    const std::int64_t step = point.epochMs / stepMs;
    if (!points.empty() && points.back().epochMs / stepMs == step)
        points.back() = merge(points.back(), point);
    else if (points.empty() || points.back().epochMs / stepMs < step)
        points.push_back(point);
    const std::int64_t oldestStep = step - static_cast<std::int64_t>(stepsMax) + 1;
    const auto kept = std::ranges::find_if(
        points, [&](const SeriesPoint& candidate) { return candidate.epochMs / stepMs >= oldestStep; });
    points.erase(points.begin(), kept);
}

} // namespace

void TimeSeries::add(std::int64_t epochMs, double value)
{
    const SeriesPoint point{.epochMs = epochMs, .value = value};
    addTo(m_fine, point, fineStepMs, fineMax, [](const SeriesPoint&, const SeriesPoint& last) { return last; });
    addTo(m_coarse, point, coarseStepMs, coarseMax, [](const SeriesPoint& highest, const SeriesPoint& last) {
        return last.value > highest.value ? last : highest;
    });
}

std::vector<SeriesPoint> TimeSeries::points(Window window) const
{
    return window == Window::FiveMinutes ? m_fine : m_coarse;
}

} // namespace obm

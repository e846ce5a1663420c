#include "ui/chart/chart_data.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace obm {

namespace {

constexpr std::int64_t minuteMs = 60'000;

std::int64_t distance(std::int64_t a, std::int64_t b)
{
    return a < b ? b - a : a - b;
}

} // namespace

std::int64_t stepMsOf(Window window)
{
    return window == Window::FiveMinutes ? TimeSeries::fineStepMs : TimeSeries::coarseStepMs;
}

std::int64_t lengthMsOf(Window window)
{
    const std::size_t steps = window == Window::FiveMinutes ? TimeSeries::fineMax : TimeSeries::coarseMax;
    return stepMsOf(window) * static_cast<std::int64_t>(steps);
}

std::vector<QList<QPointF>> stretchesOf(const std::vector<SeriesPoint>& points, std::int64_t stepMs)
{
    std::vector<QList<QPointF>> stretches;
    std::int64_t lastStep = 0;
    for (const SeriesPoint& point : points) {
        const std::int64_t step = point.epochMs / stepMs;
        if (stretches.empty() || step > lastStep + 1)
            stretches.emplace_back();
        stretches.back() << QPointF(static_cast<double>(point.epochMs), point.value);
        lastStep = step;
    }
    for (QList<QPointF>& stretch : stretches) {
        if (stretch.size() == 1)
            stretch << stretch.front() + QPointF(static_cast<double>(stepMs), 0);
    }
    return stretches;
}

std::optional<double> valueAt(const std::vector<SeriesPoint>& points, std::int64_t epochMs, std::int64_t stepMs)
{
    if (points.empty())
        return std::nullopt;
    auto nearest = std::ranges::lower_bound(points, epochMs, {}, &SeriesPoint::epochMs);
    if (nearest == points.end() || (nearest != points.begin() && distance(std::prev(nearest)->epochMs, epochMs) <
                                                                     distance(nearest->epochMs, epochMs)))
        --nearest;
    return distance(nearest->epochMs, epochMs) <= stepMs ? std::optional(nearest->value) : std::nullopt;
}

ValueAxis valueAxis(double highest, int lines, bool isWhole)
{
    constexpr double least = 1e-3; // of a series that is 0 all the time
    const double rough = std::max(highest, isWhole ? 1.0 : least) / std::max(lines, 1);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = power * 10;
    for (const double factor : {5.0, 2.0, 1.0}) {
        if (power * factor >= rough * (1 - 1e-9))
            step = power * factor;
    }
    if (isWhole)
        step = std::max(step, 1.0);
    return {.most = std::max(1.0, std::ceil(highest / step - 1e-9)) * step, .step = step};
}

std::vector<std::int64_t> timeTicks(std::int64_t fromMs, std::int64_t toMs, int wanted)
{
    static constexpr std::array<std::int64_t, 6> steps = {1, 2, 5, 10, 15, 30};
    std::int64_t stepMs = 60 * minuteMs;
    for (const std::int64_t minutes : steps) {
        if ((toMs - fromMs) / (minutes * minuteMs) <= wanted) {
            stepMs = minutes * minuteMs;
            break;
        }
    }
    std::vector<std::int64_t> ticks;
    for (std::int64_t tick = (fromMs + stepMs - 1) / stepMs * stepMs; tick <= toMs; tick += stepMs)
        ticks.push_back(tick);
    return ticks;
}

} // namespace obm

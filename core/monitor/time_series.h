// The last 5 minutes second by second and the last hour in steps of 10 s, in fixed memory: what the charts draw.
// Units: epoch ms; values in the series' own unit. Thread: that of its owner.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace obm {

enum class SeriesId : std::uint8_t {
    ReceivedPerSecond,
    DeliveredPerSecond,
    ConsumedPerSecond,
    WritesPerSecond,
    LagMessages,
    LagMs,
    LatencyP50Ms, // exchange to Redis, as the sum of the hops
    LatencyP99Ms,
    WeightUsed,
    WeightAllowed,
};
inline constexpr std::size_t seriesCount = 10;

enum class Window : std::uint8_t { FiveMinutes, OneHour };

struct SeriesPoint
{
    std::int64_t epochMs = 0;
    double value = 0;
};

class TimeSeries
{
public:
    static constexpr std::int64_t fineStepMs = 1'000;
    static constexpr std::int64_t coarseStepMs = 10'000;
    static constexpr std::size_t fineMax = 300;
    static constexpr std::size_t coarseMax = 360;

    // At most one point a step is kept: the last of the second, and the highest of ten seconds.
    void add(std::int64_t epochMs, double value);
    // Oldest first; a step without a value is left out, and shows as a hole.
    [[nodiscard]] std::vector<SeriesPoint> points(Window window) const;

private:
    std::vector<SeriesPoint> m_fine;
    std::vector<SeriesPoint> m_coarse;
};

using SeriesSet = std::array<TimeSeries, seriesCount>;

} // namespace obm

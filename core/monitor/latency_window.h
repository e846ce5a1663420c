// Latencies of the last seconds, out of a histogram that counts since the start.
// Units: ms of any steady clock, passed in. Thread: that of its owner.
#pragma once

#include "metrics/latency_histogram.h"
#include "monitor/stage_row.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace obm {

class LatencyWindow
{
public:
    static constexpr std::int64_t windowMs = 5'000;
    static constexpr std::int64_t stepMs = 1'000; // a histogram is kilobytes: one a second is kept

    void sample(const LatencyHistogram& total, std::int64_t nowMs);
    [[nodiscard]] std::optional<LatencyPair> recent() const; // none: nothing came through

private:
    struct Sample
    {
        std::int64_t atMs = 0;
        LatencyHistogram total;
    };

    std::deque<Sample> m_earlier;
    LatencyHistogram m_recent;
};

} // namespace obm

// Events per second over the last window, from samples of a counter that only rises.
// Why: components keep plain totals; whoever shows them samples at its own pace.
// Thread: that of its owner. Time is an argument, in milliseconds of a clock that does not go back.
#pragma once

#include <cstdint>
#include <deque>

namespace obm {

class Rate
{
public:
    static constexpr std::int64_t windowMsDefault = 5'000;
    static constexpr std::size_t samplesMax = 256; // the oldest goes first: a shorter window, never more memory

    explicit Rate(std::int64_t windowMs = windowMsDefault)
        : m_windowMs(windowMs)
    {}

    // A counter lower than before (its owner began anew) starts a new window.
    void sample(std::uint64_t counter, std::int64_t nowMs);

    [[nodiscard]] double perSecond() const; // 0 until two samples of different times

private:
    struct Sample
    {
        std::uint64_t counter;
        std::int64_t atMs;
    };

    std::int64_t m_windowMs;
    std::deque<Sample> m_samples;
};

} // namespace obm

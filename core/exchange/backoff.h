// Capped exponential back-off with jitter: attempt n waits a random time of [half, all] of min(cap, first * 2^n).
// Why jitter: connections that were cut together must not come back together. Why not from 0 on: a few short waits in a
// row would use up the attempts of a short outage, and the next wait be many times as long as the outage was. So that
// wait is at most twice as long, and one first wait.
// Thread: plain value, no clock; the caller waits. Units: milliseconds. The seed reproduces a run.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>

namespace obm {

struct BackoffLimits
{
    std::int64_t firstMs = 500;  // upper bound of the first wait
    std::int64_t capMs = 30'000; // upper bound of every wait
};

class Backoff
{
public:
    Backoff(BackoffLimits limits, std::uint64_t seed)
        : m_limits(limits)
        , m_random(seed)
    {}

    // The wait before the next attempt; each call counts as one failed attempt.
    [[nodiscard]] std::int64_t nextDelayMs()
    {
        const std::int64_t bound = boundMs();
        ++m_attempts;
        return std::uniform_int_distribution<std::int64_t>(bound / 2, bound)(m_random);
    }

    void reset() { m_attempts = 0; }

    [[nodiscard]] int attempts() const { return m_attempts; }

    // Upper bound of the next wait.
    [[nodiscard]] std::int64_t boundMs() const
    {
        constexpr int maxShift = 30; // beyond it the cap has long been reached; keeps the shift inside int64
        const std::int64_t factor = std::int64_t{1} << std::min(m_attempts, maxShift);
        return m_limits.firstMs >= m_limits.capMs / factor ? m_limits.capMs : m_limits.firstMs * factor;
    }

private:
    BackoffLimits m_limits;
    std::mt19937_64 m_random;
    int m_attempts = 0;
};

} // namespace obm

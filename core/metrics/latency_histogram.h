// Latencies as counts in log-linear buckets: 3 % relative error from 1 us to 18 minutes, in fixed memory.
// Why own: it is recorded per message (some 10 ns, no allocation, no lock) and copied whole to whoever looks.
// Thread: a plain value; one writer. Units: microseconds.
// A bucket holds (low, high], so that the bounds told to Prometheus fall on edges and their counts are exact.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace prometheus {
struct ClientMetric;
}

namespace obm {

class LatencyHistogram
{
public:
    static constexpr int linearBits = 5; // 32 buckets an octave
    static constexpr int valueBits = 30; // later than 2^30 us is counted in the last bucket
    static constexpr int bucketCount = (valueBits - linearBits + 1) << linearBits;

    // A negative latency (two clocks) counts as 0.
    void record(std::int64_t us)
    {
        const std::int64_t value = us < 0 ? 0 : us;
        ++m_counts[bucketOf(value)];
        ++m_count;
        m_sumUs += value;
        if (value > m_maxUs)
            m_maxUs = value;
    }

    // So many latencies of which no more is known than (lowUs, highUs]: spread evenly, and so that more of them never
    // lower the count of any bucket.
    void recordWithin(std::int64_t lowUs, std::int64_t highUs, std::uint64_t count);
    void merge(const LatencyHistogram& other);
    // What was recorded since `earlier`, a copy of this one; all of it where that has counted more (its owner began
    // anew). Of the largest value only the edge of its bucket is known.
    [[nodiscard]] LatencyHistogram since(const LatencyHistogram& earlier) const;

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] std::int64_t sumUs() const { return m_sumUs; }
    [[nodiscard]] std::int64_t maxUs() const { return m_maxUs; }

    // The upper edge of the bucket in which the quantile lies, never above maxUs; 0 when nothing was recorded.
    [[nodiscard]] std::int64_t quantileUs(double quantile) const;
    [[nodiscard]] std::int64_t p50() const { return quantileUs(0.5); }
    [[nodiscard]] std::int64_t p99() const { return quantileUs(0.99); }
    [[nodiscard]] std::int64_t p999() const { return quantileUs(0.999); }

    // How many were at most this; exact where `us` is an edge.
    [[nodiscard]] std::uint64_t countUpTo(std::int64_t us) const;

private:
    static constexpr int linear = 1 << linearBits;
    static constexpr std::int64_t lastValue = (std::int64_t{1} << valueBits) - 1;

    static constexpr std::size_t bucketOf(std::int64_t us)
    {
        const std::int64_t shifted = us == 0 ? 0 : us - 1;
        const auto value = static_cast<std::uint64_t>(shifted < lastValue ? shifted : lastValue);
        const int octave = static_cast<int>(std::bit_width(value)) - linearBits - 1;
        if (octave <= 0)
            return static_cast<std::size_t>(value);
        return (static_cast<std::size_t>(octave) << linearBits) + static_cast<std::size_t>(value >> octave);
    }
    static constexpr std::int64_t upperEdge(std::size_t bucket)
    {
        const auto octave = static_cast<int>(bucket >> linearBits) - 1;
        if (octave <= 0)
            return static_cast<std::int64_t>(bucket) + 1;
        return (static_cast<std::int64_t>(bucket & (linear - 1)) + linear + 1) << octave;
    }

    std::array<std::uint64_t, bucketCount> m_counts{};
    std::uint64_t m_count = 0;
    std::int64_t m_sumUs = 0;
    std::int64_t m_maxUs = 0;
};

// Cumulative buckets 0.1 ms, 0.2 ms, 0.4 ms ... 52 s, in seconds.
[[nodiscard]] prometheus::ClientMetric toPrometheus(const LatencyHistogram& histogram);

} // namespace obm

#include "metrics/latency_histogram.h"

#include <prometheus/client_metric.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace obm {

namespace {

constexpr std::int64_t firstBoundUs = 100;
constexpr int boundCount = 20;
constexpr double usPerSecond = 1e6;

} // namespace

void LatencyHistogram::recordWithin(std::int64_t lowUs, std::int64_t highUs, std::uint64_t count)
{
    constexpr std::int64_t parts = 16;
    for (std::int64_t part = 0; part < parts; ++part) {
        const std::uint64_t share = (count + static_cast<std::uint64_t>(parts - 1 - part)) / parts;
        const std::int64_t us = highUs - (highUs - lowUs) * (parts - 1 - part) / parts;
        if (share == 0)
            break;
        m_counts[bucketOf(us)] += share;
        m_count += share;
        m_sumUs += us * static_cast<std::int64_t>(share);
        m_maxUs = std::max(m_maxUs, us);
    }
}

void LatencyHistogram::merge(const LatencyHistogram& other)
{
    std::ranges::transform(m_counts, other.m_counts, m_counts.begin(), std::plus());
    m_count += other.m_count;
    m_sumUs += other.m_sumUs;
    m_maxUs = std::max(m_maxUs, other.m_maxUs);
}

LatencyHistogram LatencyHistogram::since(const LatencyHistogram& earlier) const
{
    const auto isLess = [](std::uint64_t now, std::uint64_t before) { return now < before; };
    if (std::ranges::mismatch(m_counts, earlier.m_counts, std::not_fn(isLess)).in1 != m_counts.end())
        return *this;
    LatencyHistogram recent;
    std::ranges::transform(m_counts, earlier.m_counts, recent.m_counts.begin(), std::minus());
    recent.m_count = m_count - earlier.m_count;
    recent.m_sumUs = m_sumUs - earlier.m_sumUs;
    for (std::size_t bucket = bucketCount; bucket-- > 0;) {
        if (recent.m_counts[bucket] == 0)
            continue;
        recent.m_maxUs = bucket == bucketCount - 1 ? m_maxUs : std::min(upperEdge(bucket), m_maxUs);
        break;
    }
    return recent;
}

std::int64_t LatencyHistogram::quantileUs(double quantile) const
{
    if (m_count == 0)
        return 0;
    const double clamped = std::clamp(quantile, 0.0, 1.0);
    const auto rank =
        std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(clamped * static_cast<double>(m_count))));
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < bucketCount - 1; ++bucket) {
        seen += m_counts[bucket];
        if (seen >= rank)
            return std::min(upperEdge(bucket), m_maxUs);
    }
    return m_maxUs; // the last bucket has no edge
}

std::uint64_t LatencyHistogram::countUpTo(std::int64_t us) const
{
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < bucketCount && upperEdge(bucket) <= us; ++bucket)
        seen += m_counts[bucket];
    return seen;
}

prometheus::ClientMetric toPrometheus(const LatencyHistogram& histogram)
{
    prometheus::ClientMetric metric;
    metric.histogram.sample_count = histogram.count();
    metric.histogram.sample_sum = static_cast<double>(histogram.sumUs()) / usPerSecond;
    for (int i = 0; i < boundCount; ++i) {
        const std::int64_t boundUs = firstBoundUs << i;
        metric.histogram.bucket.push_back({histogram.countUpTo(boundUs), static_cast<double>(boundUs) / usPerSecond});
    }
    return metric;
}

} // namespace obm

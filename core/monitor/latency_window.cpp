#include "monitor/latency_window.h"

namespace obm {

namespace {

constexpr double usPerMs = 1000;

} // namespace

void LatencyWindow::sample(const LatencyHistogram& total, std::int64_t nowMs)
{
    if (m_earlier.empty() || nowMs - m_earlier.back().atMs >= stepMs)
        m_earlier.push_back({nowMs, total});
    while (m_earlier.size() > 1 && nowMs - m_earlier[1].atMs >= windowMs)
        m_earlier.pop_front();
    m_recent = total.since(m_earlier.front().total);
}

std::optional<LatencyPair> LatencyWindow::recent() const
{
    if (m_recent.count() == 0)
        return std::nullopt;
    return LatencyPair{.p50Ms = static_cast<double>(m_recent.p50()) / usPerMs,
                       .p99Ms = static_cast<double>(m_recent.p99()) / usPerMs};
}

} // namespace obm

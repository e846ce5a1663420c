#include "metrics/rate.h"

namespace obm {

void Rate::sample(std::uint64_t counter, std::int64_t nowMs)
{
    if (!m_samples.empty() && counter < m_samples.back().counter)
        m_samples.clear();
    m_samples.push_back({counter, nowMs});
    // The sample on the far edge stays: the window is then never shorter than asked for.
    while (m_samples.size() > samplesMax || (m_samples.size() > 2 && nowMs - m_samples[1].atMs >= m_windowMs))
        m_samples.pop_front();
}

double Rate::perSecond() const
{
    if (m_samples.size() < 2 || m_samples.back().atMs <= m_samples.front().atMs)
        return 0.0;
    const auto events = static_cast<double>(m_samples.back().counter - m_samples.front().counter);
    return events * 1'000.0 / static_cast<double>(m_samples.back().atMs - m_samples.front().atMs);
}

} // namespace obm

#include "viewer/end_times.h"

#include <algorithm>

namespace obm {

void EndTimes::note(std::int64_t end, std::int64_t nowMs)
{
    if (!m_samples.empty() && end < m_samples.back().end)
        m_samples.clear();
    if (!m_samples.empty() && end == m_samples.back().end)
        return;
    m_samples.push_back({end, nowMs});
    if (m_samples.size() > samplesMax)
        m_samples.pop_front();
}

std::int64_t EndTimes::behindMs(std::int64_t offset, std::int64_t nowMs) const
{
    const auto beyond = std::ranges::upper_bound(m_samples, offset, {}, &Sample::end);
    return beyond == m_samples.end() ? 0 : std::max<std::int64_t>(0, nowMs - beyond->atMs);
}

} // namespace obm

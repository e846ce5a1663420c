#include "localexchange/weight_meter.h"

#include <algorithm>

namespace obm::localexchange {

namespace {

constexpr std::int64_t minuteMs = 60'000;

}

WeightMeter::Verdict WeightMeter::use(int weight, std::int64_t nowMs)
{
    const Verdict verdict = judge(weight, nowMs);
    m_highest = std::max(m_highest, m_used);
    m_tooManyAnswers += verdict == Verdict::TooMany;
    m_bannedAnswers += verdict == Verdict::Banned;
    return verdict;
}

WeightMeter::Verdict WeightMeter::judge(int weight, std::int64_t nowMs)
{
    if (nowMs / minuteMs != m_minute) {
        m_minute = nowMs / minuteMs;
        m_used = 0;
        m_refusals = 0;
    }
    if (nowMs < m_bannedUntilMs)
        return Verdict::Banned;
    m_used += weight;
    if (m_used <= m_limit)
        return Verdict::Allowed;
    if (++m_refusals <= refusalsBeforeBan)
        return Verdict::TooMany;
    m_bannedUntilMs = nowMs + banMs;
    return Verdict::Banned;
}

std::int64_t WeightMeter::retryAfterSeconds(std::int64_t nowMs) const
{
    const std::int64_t until = nowMs < m_bannedUntilMs ? m_bannedUntilMs : (nowMs / minuteMs + 1) * minuteMs;
    return (until - nowMs + 999) / 1'000;
}

} // namespace obm::localexchange

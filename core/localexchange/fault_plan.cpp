#include "localexchange/fault_plan.h"

namespace obm::localexchange {

void FaultPlan::add(const Fault& fault, qint64 nowMs)
{
    m_entries.push_back({fault, Random(m_seed + m_added++), nowMs + fault.afterMs});
}

std::optional<Fault> FaultPlan::hit(FaultKind kind, const QString& symbol, qint64 nowMs)
{
    for (Entry& entry : m_entries) {
        const bool concerns = entry.fault.symbol.isEmpty() || entry.fault.symbol == symbol;
        if (entry.fault.kind != kind || !concerns || !strikes(entry, nowMs))
            continue;
        ++entry.hits;
        ++m_hits;
        return entry.fault;
    }
    return std::nullopt;
}

bool FaultPlan::strikes(Entry& entry, qint64 nowMs)
{
    constexpr std::int64_t resolution = 1'000'000;
    const Fault& fault = entry.fault;
    const int hitsMax = fault.hitsMax();
    if (nowMs < entry.beginMs || (hitsMax > 0 && entry.hits >= hitsMax))
        return false;
    if (fault.durationMs > 0 && nowMs >= entry.beginMs + fault.durationMs)
        return false;
    if (entry.passed < fault.after) {
        ++entry.passed;
        return false;
    }
    return static_cast<double>(entry.random.below(resolution)) < fault.probability * static_cast<double>(resolution);
}

} // namespace obm::localexchange

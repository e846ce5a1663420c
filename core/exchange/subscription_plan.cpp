#include "exchange/subscription_plan.h"

#include "exchange/stream_limits.h"

#include <algorithm>
#include <unordered_set>

namespace obm {

SubscriptionPlan::SubscriptionPlan(int symbolsPerConnection)
    : m_symbolsPerConnection(std::clamp(symbolsPerConnection, 1, maxStreamsPerConnection))
{}

PlanChange SubscriptionPlan::change(const std::vector<std::string>& symbols)
{
    PlanChange change;
    const std::unordered_set<std::string_view> wanted(symbols.begin(), symbols.end());
    std::erase_if(m_connectionOf, [&](const auto& entry) {
        const bool isGone = !wanted.contains(entry.first);
        if (isGone) {
            change.removed.push_back({entry.first, entry.second});
            --m_loads[static_cast<std::size_t>(entry.second)];
        }
        return isGone;
    });
    // As many connections as the whole set needs, made at once: the symbols then spread evenly over them.
    const std::size_t perConnection = static_cast<std::size_t>(m_symbolsPerConnection);
    m_loads.resize(std::max(m_loads.size(), (wanted.size() + perConnection - 1) / perConnection));
    for (const std::string& symbol : symbols) {
        if (m_connectionOf.contains(symbol))
            continue;
        const int connection = connectionWithRoom();
        ++m_loads[static_cast<std::size_t>(connection)];
        m_connectionOf.emplace(symbol, connection);
        change.added.push_back({symbol, connection});
    }
    return change;
}

// There is always one: the loads sum up to less than the connections hold when this is called.
int SubscriptionPlan::connectionWithRoom()
{
    return static_cast<int>(std::ranges::min_element(m_loads) - m_loads.begin());
}

} // namespace obm

// Which symbol is subscribed on which connection.
// A symbol never moves: a change of the set touches only those that come and go, so that nobody's stream is
// interrupted. New symbols fill the emptiest connection first; connections left without symbols are reused by number.
// Thread: plain value.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace obm {

struct PlannedSymbol
{
    std::string symbol;
    int connection = 0; // index from 0
};

struct PlanChange
{
    std::vector<PlannedSymbol> added; // in the order of the new set
    std::vector<PlannedSymbol> removed;
};

class SubscriptionPlan
{
public:
    explicit SubscriptionPlan(int symbolsPerConnection);

    // Doubles in `symbols` count once.
    PlanChange change(const std::vector<std::string>& symbols);

    [[nodiscard]] std::size_t connectionCount() const { return m_loads.size(); } // ever needed; some may be empty
    [[nodiscard]] std::size_t symbolCount() const { return m_connectionOf.size(); }

private:
    int connectionWithRoom();

    int m_symbolsPerConnection;
    std::vector<int> m_loads; // symbols by connection
    std::unordered_map<std::string, int> m_connectionOf;
};

} // namespace obm

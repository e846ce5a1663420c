#include "book/price_ladder.h"

#include <algorithm>

namespace obm {

void PriceLadder::clear()
{
    m_levels.clear();
    m_provenWorst.reset();
    m_worstRank = everyRank;
}

bool PriceLadder::load(std::span<const Level> bestFirst, Proof proof)
{
    clear();
    const auto isNotWorse = [this](const Level& left, const Level& right) { return rankOf(left) <= rankOf(right); };
    if (std::ranges::adjacent_find(bestFirst, isNotWorse) != bestFirst.end())
        return false;
    std::ranges::copy_if(std::views::reverse(bestFirst), std::back_inserter(m_levels),
                         [](const Level& level) { return !level.quantity.isZero(); });
    if (proof == Proof::ToWorst && !bestFirst.empty()) {
        m_provenWorst = bestFirst.back().price;
        m_worstRank = rankOf(bestFirst.back());
    }
    return true;
}

void PriceLadder::set(std::span<const Level> levels)
{
    for (const Level& level : levels) {
        if (rankOf(level) >= m_worstRank)
            setOne(level);
    }
}

void PriceLadder::setOne(const Level& level)
{
    const std::int64_t rank = rankOf(level);
    const auto at = m_levels.begin() + static_cast<std::ptrdiff_t>(lowerBound(rank));
    const bool isThere = at != m_levels.end() && rankOf(*at) == rank;
    if (level.quantity.isZero()) {
        if (isThere)
            m_levels.erase(at);
    } else if (isThere) {
        *at = level;
    } else {
        m_levels.insert(at, level);
    }
}

std::size_t PriceLadder::lowerBound(std::int64_t rank) const
{
    const auto at = std::ranges::lower_bound(m_levels, rank, {}, [this](const Level& level) { return rankOf(level); });
    return static_cast<std::size_t>(at - m_levels.begin());
}

} // namespace obm

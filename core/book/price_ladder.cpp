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
    std::size_t at = m_levels.size(); // messages are sorted: the next level is near the one before
    for (const Level& level : levels) {
        const std::int64_t rank = rankOf(level);
        if (rank < m_worstRank)
            continue;
        at = lowerBound(rank, at);
        setAt(at, level, at < m_levels.size() && rankOf(m_levels[at]) == rank);
    }
}

void PriceLadder::setAt(std::size_t index, const Level& level, bool isThere)
{
    const auto at = m_levels.begin() + static_cast<std::ptrdiff_t>(index);
    if (level.quantity.isZero()) {
        if (isThere)
            m_levels.erase(at);
    } else if (isThere) {
        *at = level;
    } else {
        m_levels.insert(at, level);
    }
}

// The first level whose rank is not lower. Looks around `from` in steps that double, then between the last two.
std::size_t PriceLadder::lowerBound(std::int64_t rank, std::size_t from) const
{
    const std::size_t size = m_levels.size();
    std::size_t low = from;
    std::size_t high = from;
    if (from < size && rankOf(m_levels[from]) < rank) {
        for (std::size_t step = 1; high < size && rankOf(m_levels[high]) < rank; step *= 2) {
            low = high + 1;
            high = std::min(from + step, size);
        }
    } else {
        for (std::size_t step = 1; low > 0 && rankOf(m_levels[low - 1]) >= rank; step *= 2) {
            high = low - 1;
            low -= std::min(step, low);
        }
    }
    const auto begin = m_levels.begin();
    const auto at = std::ranges::lower_bound(begin + static_cast<std::ptrdiff_t>(low),
                                             begin + static_cast<std::ptrdiff_t>(high), rank, {},
                                             [this](const Level& level) { return rankOf(level); });
    return static_cast<std::size_t>(at - begin);
}

} // namespace obm

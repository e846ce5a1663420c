#include "book/price_ladder.h"

#include <algorithm>
#include <array>

namespace obm {

struct PriceLadder::Batch
{
    static constexpr std::size_t sizeMax = 8; // as many searches as the registers of a core hold

    std::size_t size = 0;
    std::array<const Level*, sizeMax> levels;
    std::array<std::int64_t, sizeMax> ranks{};
    std::array<std::size_t, sizeMax> places; // where each stands, or would stand, in the ladder

    void add(const Level& level, std::int64_t rank)
    {
        levels[size] = &level;
        ranks[size] = rank;
        ++size;
    }

    // One level came (+1) or went (-1): better ones of this batch now stand elsewhere.
    void shiftAbove(std::int64_t rank, std::ptrdiff_t by)
    {
        for (std::size_t i = 0; i < sizeMax; ++i)
            places[i] += ranks[i] > rank ? static_cast<std::size_t>(by) : 0;
    }
};

PriceLadder::Cell PriceLadder::cellOf(const Level& level)
{
    return {level.quantity.units(), static_cast<std::uint8_t>(level.quantity.fractionDigits()),
            static_cast<std::uint8_t>(level.price.fractionDigits())};
}

// Their memory goes too: a ladder that was long for an hour must not hold it for days.
void PriceLadder::clear()
{
    m_ranks = std::vector<std::int64_t>();
    m_cells = std::vector<Cell>();
    m_provenWorst.reset();
    m_worstRank = everyRank;
}

bool PriceLadder::load(std::span<const Level> bestFirst, Proof proof)
{
    clear();
    const auto isNotWorse = [this](const Level& left, const Level& right) { return rankOf(left) <= rankOf(right); };
    if (std::ranges::adjacent_find(bestFirst, isNotWorse) != bestFirst.end())
        return false;
    reserve(bestFirst.size());
    for (const Level& level : std::views::reverse(bestFirst)) {
        if (!level.quantity.isZero())
            insert(size(), rankOf(level), level);
    }
    if (proof == Proof::ToWorst && !bestFirst.empty()) {
        m_provenWorst = bestFirst.back().price;
        m_worstRank = rankOf(bestFirst.back());
    }
    return true;
}

void PriceLadder::set(std::span<const Level> levels)
{
    Batch batch;
    for (const Level& level : levels) {
        const std::int64_t rank = rankOf(level);
        if (rank < m_worstRank)
            continue;
        batch.add(level, rank);
        if (batch.size == Batch::sizeMax)
            apply(batch);
    }
    if (batch.size > 0)
        apply(batch);
}

void PriceLadder::keepBest(std::size_t levels)
{
    if (levels == 0 || levels >= size())
        return;
    const auto dropped = static_cast<std::ptrdiff_t>(size() - levels);
    m_ranks.erase(m_ranks.begin(), m_ranks.begin() + dropped);
    m_cells.erase(m_cells.begin(), m_cells.begin() + dropped);
    m_worstRank = m_ranks.front();
    m_provenWorst = levelAt(0).price;
}

Decimal PriceLadder::quantityAt(Decimal price) const
{
    const auto found = std::ranges::lower_bound(m_ranks, m_rankSign * price.units());
    if (found == m_ranks.end() || *found != m_rankSign * price.units())
        return {};
    return levelAt(static_cast<std::size_t>(found - m_ranks.begin())).quantity;
}

// Binary searches in step with each other and without a branch: none waits for the loads of another or for a wrong
// guess. Those of an unfilled batch find something that nobody reads.
void PriceLadder::find(Batch& batch) const
{
    const std::int64_t* const ranks = m_ranks.data();
    std::array<std::size_t, Batch::sizeMax> places{};
    for (std::size_t length = m_ranks.size(); length > 0;) {
        const std::size_t half = (length + 1) / 2;
#pragma GCC unroll 8
        for (std::size_t i = 0; i < Batch::sizeMax; ++i)
            places[i] += ranks[places[i] + half - 1] < batch.ranks[i] ? half : 0;
        length -= half;
    }
    batch.places = places;
}

// In the order of the message: of a price that comes twice the last counts.
void PriceLadder::apply(Batch& batch)
{
    find(batch);
    for (std::size_t i = 0; i < batch.size; ++i)
        setAt(batch, i);
    batch.size = 0;
}

void PriceLadder::setAt(Batch& batch, std::size_t index)
{
    const Level& level = *batch.levels[index];
    const std::int64_t rank = batch.ranks[index];
    const std::size_t place = batch.places[index];
    const bool isThere = place < size() && m_ranks[place] == rank;
    const bool isWanted = !level.quantity.isZero();
    if (isThere && isWanted) {
        m_cells[place] = cellOf(level);
    } else if (isThere) {
        erase(place);
        batch.shiftAbove(rank, -1);
    } else if (isWanted) {
        insert(place, rank, level);
        batch.shiftAbove(rank, 1);
    }
}

void PriceLadder::reserve(std::size_t levels)
{
    m_ranks.reserve(levels);
    m_cells.reserve(levels);
}

// A ladder grows by a quarter, for it seldom grows: doubled, a thousand books would hold twice what they need.
void PriceLadder::insert(std::size_t place, std::int64_t rank, const Level& level)
{
    constexpr std::size_t fewest = 16;
    if (size() == m_ranks.capacity())
        reserve(size() + std::max(fewest, size() / 4));
    m_ranks.insert(m_ranks.begin() + static_cast<std::ptrdiff_t>(place), rank);
    m_cells.insert(m_cells.begin() + static_cast<std::ptrdiff_t>(place), cellOf(level));
}

void PriceLadder::erase(std::size_t place)
{
    m_ranks.erase(m_ranks.begin() + static_cast<std::ptrdiff_t>(place));
    m_cells.erase(m_cells.begin() + static_cast<std::ptrdiff_t>(place));
}

} // namespace obm

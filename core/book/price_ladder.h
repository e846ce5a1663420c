// One side of a book: levels sorted by price in contiguous arrays whose END is the best price, where nearly all changes
// happen, so that they move few bytes. What a search reads (ranks) stands apart from what it finds.
// Proven range: a snapshot cut at its limit proves nothing beyond its worst price. Such a ladder drops what lies beyond
// it; any other keeps everything. A better price is always within.
// Invariants: prices strictly sorted, no zero quantities. A level keeps the text of the message that last set it.
// Thread: none of its own; a plain value.
#pragma once

#include "market/depth.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <ranges>
#include <span>
#include <vector>

namespace obm {

enum class Side : std::uint8_t { Bid, Ask };

// How far the levels of a snapshot prove a side.
enum class Proof : std::uint8_t {
    ToWorst, // cut at the limit: from the best price to the worst of them
    ToEnd,   // fewer levels than asked for: there are no others
};

class PriceLadder
{
public:
    explicit PriceLadder(Side side)
        : m_rankSign(side == Side::Bid ? 1 : -1)
    {}

    void clear();
    // Takes levels as a snapshot sends them, best first. False, and an empty ladder, if they are not strictly sorted.
    [[nodiscard]] bool load(std::span<const Level> bestFirst, Proof proof);
    // Sets levels to their absolute quantities; zero removes, and removing a level that is not there is normal.
    void set(std::span<const Level> levels);
    // Drops the worst levels beyond so many, and what they proved.
    void keepBest(std::size_t levels);

    [[nodiscard]] bool isEmpty() const { return m_ranks.empty(); }
    [[nodiscard]] std::size_t size() const { return m_ranks.size(); }
    [[nodiscard]] Level best() const { return levelAt(size() - 1); } // of a ladder that is not empty
    [[nodiscard]] auto bestFirst() const
    {
        return std::views::iota(std::size_t{0}, size()) | std::views::reverse |
               std::views::transform([this](std::size_t place) { return levelAt(place); });
    }
    // Zero: no such level.
    [[nodiscard]] Decimal quantityAt(Decimal price) const;
    // False for a price beyond the worst one proven: what stands there nobody knows.
    [[nodiscard]] bool isProven(Decimal price) const { return m_rankSign * price.units() >= m_worstRank; }
    // The worst price proven, or nothing when the side is proven to its end.
    [[nodiscard]] std::optional<Decimal> provenWorst() const { return m_provenWorst; }

private:
    // What a level is beside its rank, in as few bytes as it takes: all better ones move when a level comes or goes.
    struct Cell
    {
        std::int64_t quantityUnits;
        std::uint8_t quantityDigits;
        std::uint8_t priceDigits;
    };
    // Levels of one message that are searched for together.
    struct Batch;

    // The better the price, the higher its rank: ranks rise on both sides.
    [[nodiscard]] std::int64_t rankOf(const Level& level) const { return m_rankSign * level.price.units(); }
    [[nodiscard]] static Cell cellOf(const Level& level);
    [[nodiscard]] Level levelAt(std::size_t place) const;
    void find(Batch& batch) const;
    void apply(Batch& batch);
    void setAt(Batch& batch, std::size_t index);
    void reserve(std::size_t levels);
    void insert(std::size_t place, std::int64_t rank, const Level& level);
    void erase(std::size_t place);

    static constexpr std::int64_t everyRank = std::numeric_limits<std::int64_t>::min();

    std::int64_t m_rankSign;
    std::int64_t m_worstRank = everyRank; // levels of a lower rank are not proven
    std::vector<std::int64_t> m_ranks;
    std::vector<Cell> m_cells; // place by place
    std::optional<Decimal> m_provenWorst;
};

inline Level PriceLadder::levelAt(std::size_t place) const
{
    const Cell& cell = m_cells[place];
    return {Decimal::fromParts(m_rankSign * m_ranks[place], cell.priceDigits),
            Decimal::fromParts(cell.quantityUnits, cell.quantityDigits)};
}

} // namespace obm

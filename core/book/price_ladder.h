// One side of a book: levels sorted by price in one contiguous vector whose END is the best price, where nearly all
// changes happen, so that they move few bytes.
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

    [[nodiscard]] bool isEmpty() const { return m_levels.empty(); }
    [[nodiscard]] std::size_t size() const { return m_levels.size(); }
    [[nodiscard]] const Level& best() const { return m_levels.back(); } // of a ladder that is not empty
    [[nodiscard]] auto bestFirst() const { return std::views::reverse(m_levels); }
    // The worst price proven, or nothing when the side is proven to its end.
    [[nodiscard]] std::optional<Decimal> provenWorst() const { return m_provenWorst; }

private:
    // The better the price, the higher its rank: m_levels rises by rank on both sides.
    [[nodiscard]] std::int64_t rankOf(const Level& level) const { return m_rankSign * level.price.units(); }
    [[nodiscard]] std::size_t lowerBound(std::int64_t rank, std::size_t from) const;
    void setAt(std::size_t index, const Level& level, bool isThere);

    static constexpr std::int64_t everyRank = std::numeric_limits<std::int64_t>::min();

    std::int64_t m_rankSign;
    std::int64_t m_worstRank = everyRank; // levels of a lower rank are not proven
    std::vector<Level> m_levels;
    std::optional<Decimal> m_provenWorst;
};

} // namespace obm

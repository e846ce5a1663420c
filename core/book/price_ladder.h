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
#include <optional>
#include <ranges>
#include <span>
#include <vector>

namespace obm {

enum class Side : std::uint8_t { Bid, Ask };

class PriceLadder
{
public:
    explicit PriceLadder(Side side)
        : m_side(side)
    {}

    void clear();
    // Takes levels as a snapshot sends them, best first. False, and an empty ladder, if they are not strictly sorted.
    [[nodiscard]] bool load(std::span<const Level> bestFirst);
    // From now on nothing worse than the worst level is kept. Called after load() when the snapshot was cut at its
    // limit.
    void limitToWorst();

    // Sets a level to its absolute quantity; zero removes it, and removing one that is not there is normal.
    void set(const Level& level);
    void setAll(std::span<const Level> levels);

    [[nodiscard]] Side side() const { return m_side; }
    [[nodiscard]] bool isEmpty() const { return m_levels.empty(); }
    [[nodiscard]] std::size_t size() const { return m_levels.size(); }
    [[nodiscard]] const Level& best() const { return m_levels.back(); } // of a ladder that is not empty
    [[nodiscard]] auto bestFirst() const { return std::views::reverse(m_levels); }
    [[nodiscard]] const Level* find(Decimal price) const;
    // The worst price proven, or nothing when the side is proven to its end.
    [[nodiscard]] std::optional<Decimal> provenWorst() const { return m_provenWorst; }

private:
    [[nodiscard]] bool isWorse(Decimal left, Decimal right) const;

    Side m_side;
    std::vector<Level> m_levels; // worst first
    std::optional<Decimal> m_provenWorst;
};

} // namespace obm

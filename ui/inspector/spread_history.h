// Spread and imbalance of one book over the last minutes, sampled while somebody looks.
// Units: epoch ms; basis points of the mid; imbalance from -1 (only asks) to 1 (only bids) over the best levels.
// Thread: that of its owner.
#pragma once

#include "book/book_view.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace obm {

struct SpreadPoint
{
    std::int64_t epochMs = 0;
    double spreadBasisPoints = 0;
    double imbalance = 0;
};

// Nothing of a book that is not live or has an empty side.
std::optional<SpreadPoint> spreadPoint(const BookView& book, std::int64_t epochMs);

class SpreadHistory
{
public:
    static constexpr std::int64_t stepMs = 250;
    static constexpr std::int64_t keptMs = 300'000;
    static constexpr std::int64_t holeMs = 1'000; // points farther apart are not joined by a line
    static constexpr std::size_t levelsOfSide = 10;

    // True if a point was added: at most one a step.
    bool add(const BookView& book, std::int64_t epochMs);

    [[nodiscard]] const std::deque<SpreadPoint>& points() const { return m_points; } // oldest first

private:
    std::deque<SpreadPoint> m_points;
};

} // namespace obm

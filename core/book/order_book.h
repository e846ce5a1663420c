// The local book of one symbol: two ladders over the proven range. It knows nothing of ids and time: see BookSync.
// Thread: none of its own; a plain value.
#pragma once

#include "book/price_ladder.h"
#include "market/depth.h"

#include <cstddef>
#include <expected>

namespace obm {

// Why a snapshot cannot be a book. Empty: on both sides; one empty side is a market without buyers or sellers.
enum class SnapshotDefect { Empty, Unsorted, Crossed };

const char* toText(SnapshotDefect defect);

class OrderBook
{
public:
    void clear();
    // Replaces the whole book. `limit` is what was asked for: a side with fewer levels is proven to its end.
    // On a defect the book is empty.
    std::expected<void, SnapshotDefect> load(const DepthSnapshot& snapshot, std::size_t limit);
    // Quantities are absolute; 0 removes.
    void apply(const DepthUpdate& update);

    [[nodiscard]] const PriceLadder& bids() const { return m_bids; }
    [[nodiscard]] const PriceLadder& asks() const { return m_asks; }
    [[nodiscard]] bool isEmpty() const { return m_bids.isEmpty() && m_asks.isEmpty(); }
    // Best bid >= best ask: never true of a right book.
    [[nodiscard]] bool isCrossed() const;
    // The price moved so far that (nearly) nothing of what the snapshot proved is left on a side, although the market
    // has levels there: the best price itself would be a guess.
    [[nodiscard]] bool isExhausted() const;

private:
    PriceLadder m_bids{Side::Bid};
    PriceLadder m_asks{Side::Ask};
    std::size_t m_fewestBids = 0;
    std::size_t m_fewestAsks = 0;
};

} // namespace obm

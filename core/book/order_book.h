// The local book of one symbol: two ladders over the proven range. It knows nothing of ids and time: see BookSync.
// Bounded: a market that moves for days leaves levels behind it; beyond levelsPerLimitMax times what a snapshot brings
// the worst of a side go, and its proven range with them.
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
    static constexpr std::size_t levelsPerLimitMax = 8;

    void clear();
    // Replaces the whole book. `limit` is what was asked for: a side with fewer levels is proven to its end.
    // On a defect the book is empty.
    std::expected<void, SnapshotDefect> load(const DepthSnapshot& snapshot, std::size_t limit);
    // The same with the levels of a book that was kept before: what lies beyond its worst ones is not proven.
    std::expected<void, SnapshotDefect> restore(const DepthSnapshot& levels, std::size_t limit);
    // Quantities are absolute; 0 removes.
    void apply(const DepthUpdate& update);

    [[nodiscard]] const PriceLadder& bids() const { return m_bids.ladder; }
    [[nodiscard]] const PriceLadder& asks() const { return m_asks.ladder; }
    [[nodiscard]] bool isEmpty() const { return bids().isEmpty() && asks().isEmpty(); }
    // Best bid >= best ask: never true of a right book.
    [[nodiscard]] bool isCrossed() const;
    // The price moved so far that (nearly) nothing of what the snapshot proved is left on a side, although the market
    // has levels there: the best price itself would be a guess.
    [[nodiscard]] bool isExhausted() const;
    // On its way there, or to more levels than it may have: a fresh snapshot would put it right.
    [[nodiscard]] bool isWorn() const;
    // On both sides.
    [[nodiscard]] bool provesAsFarAs(const OrderBook& other) const;

private:
    struct Half
    {
        PriceLadder ladder;
        std::size_t loaded = 0; // levels that the snapshot brought

        [[nodiscard]] bool isExhausted() const;
        [[nodiscard]] bool isWorn(std::size_t limit) const;
        [[nodiscard]] bool provesAsFarAs(const Half& other) const;
    };

    std::expected<void, SnapshotDefect> take(const DepthSnapshot& snapshot, Proof bids, Proof asks);

    Half m_bids{PriceLadder(Side::Bid)};
    Half m_asks{PriceLadder(Side::Ask)};
    std::size_t m_limit = 0; // levels of a side that a snapshot may bring
};

} // namespace obm

// Whether a snapshot is of this symbol at all. REST answers name none, and the ids of all symbols come from one count,
// so that another symbol's snapshot may bridge. But the levels that events up to its id have set must stand in it.
//
// What it can tell: a snapshot in which nearly all of these levels of a side are missing or differ. Why not all: of
// recorded snapshots that were right up to 9 levels of 21 differ, those that the bridging event sets again; of another
// symbol's none agree.
// What it cannot: one for which no event from before its id is there, or none within its range; such a book shows
// itself crossed soon, or is found by its audit.
// Thread: none of its own; a plain value.
#pragma once

#include "book/order_book.h"
#include "market/depth.h"

#include <cstdint>
#include <map>

namespace obm {

class SnapshotProof
{
public:
    void begin(); // with a new snapshot
    // An event that the snapshot contains.
    void note(const DepthUpdate& update);
    // `book` is as it was loaded, with this id; `bridging` is to be applied next.
    [[nodiscard]] bool isContradicted(const OrderBook& book, const DepthUpdate& bridging,
                                      std::int64_t snapshotId) const;

private:
    using Quantities = std::map<std::int64_t, Decimal>; // by units of the price

    static void set(Quantities& side, const std::vector<Level>& levels);
    static void forget(Quantities& side, const std::vector<Level>& levels);
    static bool contradicts(const Quantities& side, const PriceLadder& ladder);

    Quantities m_bids;
    Quantities m_asks;
    std::int64_t m_lastId = 0; // of the chain noted; 0: none
};

} // namespace obm

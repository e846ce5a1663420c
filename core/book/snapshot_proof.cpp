#include "book/snapshot_proof.h"

#include <utility>

namespace obm {

void SnapshotProof::begin()
{
    m_bids.clear();
    m_asks.clear();
    m_lastId = 0;
}

void SnapshotProof::note(const DepthUpdate& update)
{
    constexpr std::size_t levelsMax = 10'000; // a stream that lags far behind the snapshot has any number
    const bool isBroken = update.previousLastId != m_lastId; // what is missing may have changed any level
    if (isBroken || m_bids.size() + m_asks.size() > levelsMax)
        begin();
    m_lastId = update.lastId;
    set(m_bids, update.bids);
    set(m_asks, update.asks);
}

bool SnapshotProof::isContradicted(const OrderBook& book, const DepthUpdate& bridging, std::int64_t snapshotId) const
{
    SnapshotProof proof = bridging.previousLastId == m_lastId ? *this : SnapshotProof();
    if (bridging.lastId == snapshotId) {
        proof.note(bridging);
    } else if (bridging.previousLastId < snapshotId) { // its levels may have changed before the snapshot or after it
        forget(proof.m_bids, bridging.bids);
        forget(proof.m_asks, bridging.asks);
    }
    return contradicts(proof.m_bids, book.bids()) || contradicts(proof.m_asks, book.asks());
}

void SnapshotProof::set(Quantities& side, const std::vector<Level>& levels)
{
    for (const Level& level : levels)
        side.insert_or_assign(level.price.units(), level.quantity);
}

void SnapshotProof::forget(Quantities& side, const std::vector<Level>& levels)
{
    for (const Level& level : levels)
        side.erase(level.price.units());
}

// Removed levels tell nothing: they are not in any other book either.
bool SnapshotProof::contradicts(const Quantities& side, const PriceLadder& ladder)
{
    constexpr int disputedMost = 3; // for each that agrees
    int against = 0;
    int inFavour = 0;
    for (const auto& [units, quantity] : side) {
        const Decimal price = Decimal::fromParts(units, 0);
        if (quantity.isZero() || !ladder.isProven(price))
            continue;
        ++(ladder.quantityAt(price) == quantity ? inFavour : against);
    }
    return against > disputedMost * inFavour;
}

} // namespace obm

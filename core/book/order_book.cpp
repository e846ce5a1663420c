#include "book/order_book.h"

#include <algorithm>

namespace obm {

const char* toText(SnapshotDefect defect)
{
    switch (defect) {
    case SnapshotDefect::Empty:
        return "empty";
    case SnapshotDefect::Unsorted:
        return "unsorted";
    case SnapshotDefect::Crossed:
        return "crossed";
    }
    return "unknown";
}

void OrderBook::clear()
{
    m_bids.ladder.clear();
    m_asks.ladder.clear();
}

std::expected<void, SnapshotDefect> OrderBook::load(const DepthSnapshot& snapshot, std::size_t limit)
{
    const auto proofOf = [limit](const std::vector<Level>& levels) {
        return levels.size() < limit ? Proof::ToEnd : Proof::ToWorst;
    };
    m_limit = limit;
    return take(snapshot, proofOf(snapshot.bids), proofOf(snapshot.asks));
}

std::expected<void, SnapshotDefect> OrderBook::restore(const DepthSnapshot& levels, std::size_t limit)
{
    m_limit = limit;
    return take(levels, Proof::ToWorst, Proof::ToWorst);
}

std::expected<void, SnapshotDefect> OrderBook::take(const DepthSnapshot& snapshot, Proof bidProof, Proof askProof)
{
    const bool isSorted = m_bids.ladder.load(snapshot.bids, bidProof) && m_asks.ladder.load(snapshot.asks, askProof);
    if (isSorted && !isEmpty() && !isCrossed()) {
        m_bids.loaded = bids().size();
        m_asks.loaded = asks().size();
        return {};
    }
    const SnapshotDefect defect = !isSorted   ? SnapshotDefect::Unsorted
                                  : isEmpty() ? SnapshotDefect::Empty
                                              : SnapshotDefect::Crossed;
    clear();
    return std::unexpected(defect);
}

void OrderBook::apply(const DepthUpdate& update)
{
    m_bids.ladder.set(update.bids);
    m_asks.ladder.set(update.asks);
    const std::size_t levelsMax = levelsPerLimitMax * m_limit;
    for (Half* half : {&m_bids, &m_asks})
        if (half->ladder.size() > levelsMax)
            half->ladder.keepBest(levelsMax / 2);
}

bool OrderBook::isCrossed() const
{
    return !bids().isEmpty() && !asks().isEmpty() && bids().best().price >= asks().best().price;
}

bool OrderBook::isExhausted() const
{
    return m_bids.isExhausted() || m_asks.isExhausted();
}

bool OrderBook::isWorn() const
{
    return m_bids.isWorn(m_limit) || m_asks.isWorn(m_limit);
}

// Of a side that brought 1000 levels the last ten may not go (they are what readers get); of a short one the last.
bool OrderBook::Half::isExhausted() const
{
    return ladder.provenWorst() && ladder.size() < std::clamp<std::size_t>(loaded / 100, 1, 10);
}

// Not of `loaded`: what a restored book had once is not known, and no snapshot proves less than `limit` levels but all.
bool OrderBook::Half::isWorn(std::size_t limit) const
{
    return (ladder.provenWorst() && ladder.size() < limit / 4) || ladder.size() > levelsPerLimitMax * limit / 2;
}

bool OrderBook::provesAsFarAs(const OrderBook& other) const
{
    return m_bids.provesAsFarAs(other.m_bids) && m_asks.provesAsFarAs(other.m_asks);
}

bool OrderBook::Half::provesAsFarAs(const Half& other) const
{
    const auto worst = other.ladder.provenWorst();
    return worst ? ladder.isProven(*worst) : !ladder.provenWorst();
}

} // namespace obm

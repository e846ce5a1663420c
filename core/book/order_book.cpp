#include "book/order_book.h"

#include <algorithm>

namespace obm {

namespace {

// Of a side that brought 1000 levels the last ten may not go (they are what readers get); of a short one the last.
std::size_t fewestLevels(std::size_t loaded)
{
    return std::clamp<std::size_t>(loaded / 100, 1, 10);
}

} // namespace

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
    m_bids.clear();
    m_asks.clear();
}

std::expected<void, SnapshotDefect> OrderBook::load(const DepthSnapshot& snapshot, std::size_t limit)
{
    const auto proofOf = [limit](const std::vector<Level>& levels) {
        return levels.size() < limit ? Proof::ToEnd : Proof::ToWorst;
    };
    const bool isSorted =
        m_bids.load(snapshot.bids, proofOf(snapshot.bids)) && m_asks.load(snapshot.asks, proofOf(snapshot.asks));
    if (isSorted && !isEmpty() && !isCrossed()) {
        m_fewestBids = fewestLevels(m_bids.size());
        m_fewestAsks = fewestLevels(m_asks.size());
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
    m_bids.set(update.bids);
    m_asks.set(update.asks);
}

bool OrderBook::isCrossed() const
{
    return !m_bids.isEmpty() && !m_asks.isEmpty() && m_bids.best().price >= m_asks.best().price;
}

bool OrderBook::isExhausted() const
{
    return (m_bids.provenWorst() && m_bids.size() < m_fewestBids) ||
           (m_asks.provenWorst() && m_asks.size() < m_fewestAsks);
}

} // namespace obm

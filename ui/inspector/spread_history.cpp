#include "ui/inspector/spread_history.h"

#include <algorithm>
#include <span>

namespace obm {

namespace {

double quantityOf(std::span<const Level> levels)
{
    double sum = 0;
    for (const Level& level : levels.first(std::min(levels.size(), SpreadHistory::levelsOfSide)))
        sum += static_cast<double>(level.quantity.units());
    return sum;
}

} // namespace

std::optional<SpreadPoint> spreadPoint(const BookView& book, std::int64_t epochMs)
{
    if (book.state != SyncState::Live || book.bids.empty() || book.asks.empty())
        return std::nullopt;
    const auto bid = static_cast<double>(book.bids.front().price.units());
    const auto ask = static_cast<double>(book.asks.front().price.units());
    const double bids = quantityOf(book.bids);
    const double asks = quantityOf(book.asks);
    return SpreadPoint{.epochMs = epochMs,
                       .spreadBasisPoints = (ask - bid) / (ask + bid) * 2e4,
                       .imbalance = (bids - asks) / (bids + asks)};
}

bool SpreadHistory::add(const BookView& book, std::int64_t epochMs)
{
    if (!m_points.empty() && epochMs - m_points.back().epochMs < stepMs)
        return false;
    const auto point = spreadPoint(book, epochMs);
    if (!point)
        return false;
    m_points.push_back(*point);
    while (epochMs - m_points.front().epochMs > keptMs)
        m_points.pop_front();
    return true;
}

} // namespace obm

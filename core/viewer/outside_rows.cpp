#include "viewer/outside_rows.h"

#include "kafka/partitioner.h"
#include "viewer/book_text.h"

#include <algorithm>
#include <utility>

namespace obm {

namespace {

std::optional<SyncState> stateOf(const std::string& text)
{
    for (std::size_t state = 0; state < syncStateCount; ++state)
        if (text == toText(SyncState(state)))
            return SyncState(state);
    return std::nullopt;
}

// What leads there, where nothing went wrong.
SyncReason reasonOf(SyncState state)
{
    switch (state) {
    case SyncState::Waiting:
        return SyncReason::Created;
    case SyncState::Buffering:
        return SyncReason::FirstEvent;
    case SyncState::Bridging:
        return SyncReason::SnapshotLoaded;
    case SyncState::Live:
        return SyncReason::Bridged;
    case SyncState::Rejected:
        return SyncReason::UnknownSymbol;
    }
    std::unreachable();
}

std::uint64_t countOf(std::int64_t number)
{
    return number > 0 ? static_cast<std::uint64_t>(number) : 0;
}

void fillBest(BookRow& row, const BookView& view)
{
    row.lastId = std::max(row.lastId, view.lastId);
    if (!view.bids.empty())
        row.bestBid = view.bids.front();
    if (!view.asks.empty())
        row.bestAsk = view.asks.front();
}

// Of a text that is no status nobody can tell what it means: then it is none.
std::optional<StatusField> statusOf(const BookReading& reading)
{
    auto status = reading.status ? parseStatusField(*reading.status) : std::nullopt;
    return status && stateOf(status->state) ? status : std::nullopt;
}

} // namespace

void OutsideRows::take(std::span<const std::string> symbols, std::span<const BookReading> readings, const Look& look)
{
    m_rows.clear();
    m_withoutBook.clear();
    m_owners.clear();
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        const auto status = statusOf(readings[i]);
        if (!status) {
            see(symbols[i], status, look);
            m_withoutBook.push_back(symbols[i]);
            continue;
        }
        BookRow row = rowOf(symbols[i], *status, look);
        const bool isLive = row.state == SyncState::Live && readings[i].live;
        if (const auto view = isLive ? viewOfLive(symbols[i], *readings[i].live) : std::nullopt)
            fillBest(row, *view);
        m_rows.push_back(std::move(row));
        m_owners.insert(status->owner);
    }
}

void OutsideRows::forget(std::span<const std::string> symbols)
{
    m_rows.clear();
    m_owners.clear();
    m_withoutBook.assign(symbols.begin(), symbols.end());
}

bool OutsideRows::isLive(const std::string& symbol) const
{
    const auto row = std::ranges::find(m_rows, symbol, &BookRow::symbol);
    return row != m_rows.end() && row->state == SyncState::Live;
}

OutsideRows::Seen& OutsideRows::see(const std::string& symbol, const std::optional<StatusField>& status,
                                    const Look& look)
{
    const auto state = status ? stateOf(status->state) : std::nullopt;
    const auto [found, isNew] = m_seen.try_emplace(symbol);
    Seen& seen = found->second;
    if (!isNew && seen.state != state)
        seen.atMs = look.steadyMs;
    seen.state = state;
    if (!status)
        return seen;
    if (isNew) {
        seen.counters.gaps = countOf(status->gaps);
        seen.counters.resyncs = countOf(status->resyncs);
    } else if (seen.owner != status->owner) { // who counts from the beginning
        seen.counters = {};
        seen.lastResync.reset();
    }
    seen.owner = status->owner;
    count(seen, *status);
    return seen;
}

void OutsideRows::count(Seen& seen, const StatusField& status)
{
    const std::uint64_t gaps = countOf(status.gaps);
    const std::uint64_t resyncs = countOf(status.resyncs);
    if (resyncs > seen.counters.resyncs) {
        seen.lastResync.reset();
        if (gaps > seen.counters.gaps) {
            ++seen.counters.resyncsByReason[static_cast<std::size_t>(SyncReason::Gap)];
            seen.lastResync = SyncTransition{.reason = SyncReason::Gap};
        }
    }
    seen.counters.gaps = gaps;
    seen.counters.resyncs = resyncs;
}

BookRow OutsideRows::rowOf(const std::string& symbol, const StatusField& status, const Look& look)
{
    const Seen& seen = see(symbol, status, look);
    BookRow row;
    row.symbol = symbol;
    row.partition = look.partitions > 0 ? partitionOf(symbol, look.partitions) : -1;
    row.state = *seen.state;
    row.reason = reasonOf(row.state);
    row.stateForMs = seen.atMs ? look.steadyMs - *seen.atMs : -1;
    row.lastId = status.lastId;
    if (row.state != SyncState::Waiting && status.updatedAtMs > 0)
        row.eventAgeMs = std::max<std::int64_t>(0, status.ageMs + look.epochMs - status.updatedAtMs);
    row.lastResync = seen.lastResync;
    row.counters = seen.counters;
    return row;
}

} // namespace obm

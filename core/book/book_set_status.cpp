#include "book/book_set_status.h"

#include "book/book_slot.h"

#include <algorithm>
#include <numeric>
#include <ranges>

namespace obm {

namespace {

std::optional<SyncTransition> lastResyncOf(const std::deque<SyncTransition>& history)
{
    const auto newestFirst = std::views::reverse(history);
    const auto found = std::ranges::find_if(newestFirst, isResync, &SyncTransition::reason);
    return found == newestFirst.end() ? std::nullopt : std::optional(*found);
}

} // namespace

void BookSetCounters::add(const SyncCounters& counters)
{
    for (std::size_t reason = 0; reason < syncReasonCount; ++reason)
        resyncsByReason[reason] += counters.resyncsByReason[reason];
    for (std::size_t verdict = 0; verdict < auditVerdictCount; ++verdict)
        auditsByVerdict[verdict] += counters.auditsByVerdict[verdict];
    for (std::size_t origin = 0; origin < gapOriginCount; ++origin)
        gapsByOrigin[origin] += counters.gapsByOrigin[origin];
}

std::uint64_t BookSetCounters::unusable() const
{
    return std::accumulate(malformed.begin(), malformed.end(), keyMismatches);
}

BookSetStatus BookSet::status() const
{
    BookSetStatus status;
    status.counters = m_counters;
    status.lastUnreadable = m_lastUnreadable;
    status.lastUnknownSymbol = m_lastUnknownSymbol;
    for (const auto& slot : m_slots) {
        status.counters.add(slot->sync.counters());
        if (slot->isKept)
            status.books.push_back(rowOf(*slot));
    }
    return status;
}

BookRow BookSet::rowOf(const Slot& slot) const
{
    const BookSync& sync = slot.sync;
    BookRow row;
    row.symbol = slot.symbol;
    row.partition = slot.partition;
    row.state = sync.state();
    row.reason = sync.reason();
    row.stateForMs = nowMs() - sync.sinceMs();
    row.lastId = sync.lastId();
    row.eventTimeMs = sync.eventTimeMs();
    row.buffered = sync.buffer().size();
    row.events = slot.events;
    row.counters = sync.counters();
    row.lastResync = lastResyncOf(sync.history());
    row.lastAudit = sync.lastAudit();
    if (row.lastAudit)
        row.auditAgeMs = nowMs() - row.lastAudit->atMs;
    if (slot.appliedEpochMs > 0)
        row.latencyMs = slot.appliedEpochMs - sync.eventTimeMs();
    if (slot.events > 0)
        row.eventAgeMs = std::max<std::int64_t>(0, m_clock.epochMs() - slot.lastReceivedEpochMs);
    if (sync.state() != SyncState::Live)
        return row;
    row.bidCount = sync.book().bids().size();
    row.askCount = sync.book().asks().size();
    if (row.bidCount > 0)
        row.bestBid = sync.book().bids().best();
    if (row.askCount > 0)
        row.bestAsk = sync.book().asks().best();
    return row;
}

std::shared_ptr<const BookView> BookSet::view(std::string_view symbol, std::size_t levelsMax) const
{
    const auto known = m_index.find(symbol);
    if (known == m_index.end() || !m_slots[known->second]->isKept)
        return nullptr;
    const Slot& slot = *m_slots[known->second];
    const BookSync& sync = slot.sync;
    auto view = std::make_shared<BookView>();
    view->symbol = slot.symbol;
    view->state = sync.state();
    view->reason = sync.reason();
    const std::int64_t epochLessSteadyMs = m_clock.epochMs() - nowMs();
    view->stateSinceMs = sync.sinceMs() + epochLessSteadyMs;
    view->history.assign(sync.history().begin(), sync.history().end());
    for (SyncTransition& transition : view->history)
        transition.atMs += epochLessSteadyMs;
    view->lastId = sync.lastId();
    view->eventTimeMs = sync.eventTimeMs();
    view->receivedMs = slot.receivedEpochMs;
    view->appliedMs = slot.appliedEpochMs;
    view->bookHopUs = slot.bookHopUs;
    view->partition = slot.newestPartition;
    view->offset = slot.newestOffset;
    view->gaps = sync.counters().gaps;
    view->resyncs = sync.counters().resyncs;
    if (sync.state() == SyncState::Live)
        copyTop(sync.book(), levelsMax, *view);
    return view;
}

} // namespace obm

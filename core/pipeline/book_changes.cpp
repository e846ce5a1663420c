#include "pipeline/book_changes.h"

#include <utility>

namespace obm {

namespace {

std::vector<SyncReason> reasonsOf(const SyncCounters& before, const SyncCounters& now)
{
    std::vector<SyncReason> reasons;
    for (std::size_t reason = 0; reason < syncReasonCount; ++reason)
        if (now.resyncsByReason[reason] > before.resyncsByReason[reason])
            reasons.push_back(static_cast<SyncReason>(reason));
    return reasons;
}

} // namespace

std::vector<BookChange> BookChanges::note(const std::vector<BookRow>& rows)
{
    using Kind = BookChange::Kind;
    std::vector<BookChange> changes;
    for (const BookRow& row : rows) {
        Seen& seen = m_seen[row.symbol];
        if (row.counters.resyncs < seen.counters.resyncs) // a new owner counts from zero
            seen.counters = {};
        const bool isResynced = row.counters.resyncs > seen.counters.resyncs;
        if (isResynced)
            changes.push_back({Kind::Resync, &row, reasonsOf(seen.counters, row.counters)});
        if (row.state == SyncState::Live && (seen.state != SyncState::Live || isResynced))
            changes.push_back({Kind::Live, &row, {}});
        if (row.state == SyncState::Rejected && seen.state != SyncState::Rejected)
            changes.push_back({Kind::Rejected, &row, {}});
        seen = {row.state, row.counters};
    }
    return changes;
}

} // namespace obm

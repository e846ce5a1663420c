// The part of a BookSet that asks for snapshots: which symbol, when, and before which others.
#include "book/book_set.h"
#include "book/book_slot.h"

#include <algorithm>

namespace obm {

void BookSet::wishSnapshot(Slot& slot, std::int64_t now)
{
    if (!slot.sync.wantsSnapshot(now))
        return;
    const int priority = priorityOf(slot);
    if (priority < priorityWorn && now < m_listenUntilMs && slot.sync.state() != SyncState::Live)
        return;
    slot.sync.onSnapshotQueued();
    slot.toldPriority = priority;
    m_outputs.requestSnapshot(slot.symbol, priority);
}

int BookSet::priorityOf(const Slot& slot)
{
    if (slot.sync.state() == SyncState::Live)
        return slot.sync.isWorn() ? priorityWorn : priorityAudit;
    const int activity = static_cast<int>(std::min<std::uint64_t>(slot.levelsMissed, priorityActivityMax));
    const bool hadBook = slot.sync.lastId() > 0 && slot.sync.reason() != SyncReason::NotResumed;
    return activity + (hadBook ? priorityResync : priorityCold);
}

// The longer a symbol waits the better it is known how active it is, and a live book wears out meanwhile.
void BookSet::rank(Slot& slot)
{
    if (slot.sync.snapshotPhase() != SnapshotPhase::Queued)
        return;
    if (const int priority = priorityOf(slot); priority > slot.toldPriority) {
        slot.toldPriority = priority;
        m_outputs.requestSnapshot(slot.symbol, priority);
    }
}

void BookSet::onSnapshotRequested(const std::string& symbol)
{
    if (Slot* slot = find(symbol); slot && slot->isKept)
        slot->sync.onSnapshotRequested();
}

void BookSet::onSnapshot(const std::string& symbol, const DepthSnapshot& snapshot)
{
    Slot* slot = find(symbol);
    if (!slot || !slot->isKept)
        return;
    const SyncOutcome outcome = slot->sync.onSnapshot(snapshot, nowMs(), m_clock.epochMs());
    if (outcome == SyncOutcome::WentLive)
        slot->noteApplied(m_clock.steadyUs(), m_clock.epochMs());
    if (outcome == SyncOutcome::Audited)
        markFull(*slot); // it may reach farther now; the best levels are as they were
    else
        note(*slot, outcome);
}

void BookSet::onSnapshotFailed(const std::string& symbol)
{
    Slot* slot = find(symbol);
    if (!slot || !slot->isKept)
        return;
    slot->sync.onSnapshotFailed(nowMs());
    if (slot->sync.snapshotPhase() == SnapshotPhase::Unneeded) // it must not hold up the audits of others
        m_outputs.cancelSnapshot(symbol);
}

void BookSet::onSnapshotRefused(const std::string& symbol)
{
    Slot* slot = find(symbol);
    if (!slot || !slot->isKept)
        return;
    slot->sync.onSnapshotRefused(nowMs());
    if (slot->sync.state() == SyncState::Rejected)
        slot->refusedMs = nowMs();
}

void BookSet::onRejected(const std::string& symbol)
{
    Slot* slot = find(symbol);
    if (!slot || slot->sync.state() == SyncState::Rejected)
        return;
    slot->sync.onRejected(nowMs());
    m_outputs.cancelSnapshot(symbol);
}

void BookSet::onListed(const std::string& symbol)
{
    if (Slot* slot = find(symbol); slot && slot->sync.state() == SyncState::Rejected)
        startAnew(*slot);
}

void BookSet::resync(const std::string& symbol)
{
    if (Slot* slot = find(symbol); slot && slot->isKept) {
        slot->refusedMs.reset();
        slot->sync.onOperatorResync(nowMs());
        wishSnapshot(*slot, nowMs());
    }
}

void BookSet::tick()
{
    const std::int64_t now = nowMs();
    if (m_limits.auditIntervalMs > 0 && now >= m_nextAuditMs)
        askAudit(now);
    for (const auto& slot : m_slots) {
        if (!slot->isKept)
            continue;
        judgeUnheard(*slot, now);
        wishSnapshot(*slot, now);
        rank(*slot);
    }
}

// A partition brings its events in order: if those of other symbols are well past the snapshot, this one's would be
// here.
void BookSet::judgeUnheard(Slot& slot, std::int64_t now)
{
    const auto sinceMs = slot.sync.unheardSinceMs(now);
    if (!sinceMs)
        return;
    const auto isPast = [&](const auto& other) {
        return other->isKept && other->partition == slot.partition && other->sync.state() == SyncState::Live &&
               other->sync.believedTimeMs() - m_limits.sync.unheardMs >= *sinceMs;
    };
    if (std::ranges::any_of(m_slots, isPast))
        note(slot, slot.sync.onUnheard(now));
}

// One at a time: that which was audited longest ago, never being longest.
void BookSet::askAudit(std::int64_t now)
{
    Slot* next = nullptr;
    for (const auto& slot : m_slots) {
        if (!slot->isKept || slot->sync.state() != SyncState::Live)
            continue;
        if (slot->sync.snapshotPhase() != SnapshotPhase::Unneeded)
            return;
        if (!next || slot->auditAskedMs < next->auditAskedMs)
            next = slot.get();
    }
    m_nextAuditMs = now + m_limits.auditIntervalMs;
    if (!next)
        return;
    next->auditAskedMs = now;
    next->sync.wantAudit(now);
}

} // namespace obm

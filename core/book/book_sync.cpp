#include "book/book_sync.h"

#include <algorithm>
#include <utility>

namespace obm {

BookSync::BookSync(std::int64_t nowMs, SyncLimits limits)
    : m_limits(limits)
    , m_sinceMs(nowMs)
{}

SyncOutcome BookSync::onUpdate(const DepthUpdate& update, std::int64_t nowMs, std::int64_t epochMs, GapOrigin ifGap)
{
    m_epochMs = epochMs;
    m_ifGap = ifGap;
    if (m_state == SyncState::Rejected)
        return SyncOutcome::Ignored;
    if (haveIdsGoneBack(update)) {
        m_buffer.clear();
        m_appliedId = 0;
        return syncAgain(SyncReason::IdsWentBack, update, nowMs);
    }
    if (update.lastId < m_appliedId) {
        ++m_counters.duplicates;
        return SyncOutcome::Duplicate;
    }
    if (m_state == SyncState::Waiting) {
        enter(SyncState::Buffering, SyncReason::FirstEvent, &update, nowMs);
        wantSnapshot(nowMs);
    }
    return m_state == SyncState::Buffering ? keep(update) : step(update, nowMs);
}

void BookSync::onMalformed(std::int64_t nowMs)
{
    ++m_counters.malformed;
    // Only a live book is harmed for sure. Elsewhere the id rule will tell whether that event is missing.
    if (m_state == SyncState::Live)
        dropBook(SyncReason::Malformed, nullptr, nowMs);
}

SyncOutcome BookSync::onSnapshot(const DepthSnapshot& snapshot, std::int64_t nowMs, std::int64_t epochMs)
{
    m_epochMs = epochMs;
    if (m_state == SyncState::Buffering)
        return load(snapshot, nowMs);
    if (m_phase == SnapshotPhase::Requested)
        m_phase = SnapshotPhase::Unneeded;
    if (!m_audit)
        return SyncOutcome::Ignored;
    m_auditTakenMs = nowMs;
    m_audit->onSnapshot(snapshot, m_limits.snapshotLimit, timeOf(snapshot));
    return audit(nowMs);
}

SyncOutcome BookSync::load(const DepthSnapshot& snapshot, std::int64_t nowMs)
{
    m_phase = SnapshotPhase::Unneeded;
    m_isRestored = false;
    if (!m_book.load(snapshot, m_limits.snapshotLimit) || isSuddenlyOneSided()) {
        dropBook(SyncReason::BadSnapshot, nullptr, nowMs);
        return SyncOutcome::SyncAgain;
    }
    m_sequencer = Sequencer::fromSnapshot(snapshot.lastUpdateId);
    m_snapshotEventMs = timeOf(snapshot);
    m_proof.begin();
    enter(SyncState::Bridging, SyncReason::SnapshotLoaded, nullptr, nowMs);
    return drainBuffer(nowMs);
}

// Answers without buyers or sellers are more frequent than such markets.
bool BookSync::isSuddenlyOneSided()
{
    const EmptySide now = m_book.bids().isEmpty()   ? EmptySide::Bids
                          : m_book.asks().isEmpty() ? EmptySide::Asks
                                                    : EmptySide::None;
    const EmptySide before = std::exchange(m_emptySide, now);
    return now != EmptySide::None && now != before;
}

void BookSync::onSnapshotQueued()
{
    if (m_phase == SnapshotPhase::Wanted)
        m_phase = SnapshotPhase::Queued;
}

void BookSync::onSnapshotRequested()
{
    if (m_state == SyncState::Live && m_phase == SnapshotPhase::Queued)
        m_audit.emplace(m_book, m_appliedId, m_appliedEventMs, m_limits.requested, m_limits.idsBackMs);
    if (m_state == SyncState::Buffering || m_audit)
        m_phase = SnapshotPhase::Requested;
}

void BookSync::onSnapshotFailed(std::int64_t nowMs)
{
    ++m_counters.snapshotFailures;
    if (m_phase == SnapshotPhase::Requested)
        m_phase = SnapshotPhase::Queued;
    m_audit.reset();
    if (m_state == SyncState::Live && !m_book.isWorn())
        m_phase = SnapshotPhase::Unneeded;
    if (m_state != SyncState::Buffering)
        return;
    // A long outage is one entry: the history is to show what came before it.
    if (m_history.empty() || m_history.back().reason != SyncReason::SnapshotFailed)
        record(SyncState::Buffering, SyncReason::SnapshotFailed, nullptr, nowMs);
}

void BookSync::onSnapshotRefused(std::int64_t nowMs)
{
    if (m_state != SyncState::Live) {
        onRejected(nowMs);
        return;
    }
    ++m_counters.snapshotFailures;
    m_phase = SnapshotPhase::Unneeded;
    m_audit.reset();
}

void BookSync::onRejected(std::int64_t nowMs)
{
    m_audit.reset();
    m_book.clear();
    m_buffer.clear();
    m_phase = SnapshotPhase::Unneeded;
    enter(SyncState::Rejected, SyncReason::UnknownSymbol, nullptr, nowMs);
}

void BookSync::onOperatorResync(std::int64_t nowMs)
{
    m_attempts = 0;
    if (m_state == SyncState::Rejected)
        enter(SyncState::Waiting, SyncReason::Operator, nullptr, nowMs);
    else if (m_state != SyncState::Waiting)
        dropBook(SyncReason::Operator, nullptr, nowMs);
}

void BookSync::resume(std::int64_t nowMs)
{
    m_eventsBack = 0;
    m_audit.reset();
    if (m_state == SyncState::Live) {
        m_phase = SnapshotPhase::Unneeded;
        enter(SyncState::Bridging, SyncReason::Resumed, nullptr, nowMs);
    }
    if (m_state != SyncState::Buffering)
        return;
    m_attempts = 0;
    wantSnapshot(nowMs);
}

bool BookSync::restore(const DepthSnapshot& left, std::int64_t nowMs, std::int64_t epochMs)
{
    if (m_state != SyncState::Waiting || !m_book.restore(left, m_limits.snapshotLimit))
        return false;
    m_epochMs = epochMs;
    m_sequencer = Sequencer::fromSnapshot(left.lastUpdateId);
    m_snapshotEventMs = believed(left.eventTimeMs);
    m_appliedId = left.lastUpdateId;
    m_appliedEventMs = m_snapshotEventMs;
    m_newest = {m_appliedId, m_appliedEventMs};
    m_isRestored = true;
    enter(SyncState::Bridging, SyncReason::Resumed, nullptr, nowMs);
    return true;
}

void BookSync::resetCounters()
{
    m_counters = {};
}

bool BookSync::wantsSnapshot(std::int64_t nowMs) const
{
    return m_phase == SnapshotPhase::Wanted && nowMs >= m_snapshotDueMs;
}

SyncOutcome BookSync::keep(const DepthUpdate& update)
{
    if (!m_buffer.insert(update, m_ifGap)) {
        ++m_counters.duplicates;
        return SyncOutcome::Duplicate;
    }
    if (m_phase == SnapshotPhase::Requested)
        m_counters.bufferDropped += m_buffer.trim(m_limits.requested);
    else
        m_counters.bufferTrimmed += m_buffer.trim(m_limits.queued);
    return SyncOutcome::Buffered;
}

// One event for a loaded book, be it from the stream or from the buffer.
SyncOutcome BookSync::step(const DepthUpdate& update, std::int64_t nowMs)
{
    switch (m_sequencer.validate(update)) {
    case SequenceVerdict::Duplicate:
        return passOver(update, nowMs);
    case SequenceVerdict::Gap:
        return syncAgain(m_sequencer.isBridged() ? SyncReason::Gap : ifNotResumed(SyncReason::StaleSnapshot), update,
                         nowMs);
    case SequenceVerdict::Apply:
        return apply(update, nowMs);
    }
    return SyncOutcome::Ignored;
}

// Older than the book. A stream that is later in time than the snapshot and still behind it in ids never bridges it.
SyncOutcome BookSync::passOver(const DepthUpdate& update, std::int64_t nowMs)
{
    if (!m_sequencer.isBridged()) {
        if (believed(update.eventTimeMs) - m_limits.idsBackMs >= m_snapshotEventMs)
            return syncAgain(ifNotResumed(SyncReason::BadSnapshot), update, nowMs);
        m_proof.note(update);
    }
    ++m_counters.duplicates;
    return SyncOutcome::Duplicate;
}

SyncOutcome BookSync::apply(const DepthUpdate& update, std::int64_t nowMs)
{
    if (!m_sequencer.isBridged() && m_proof.isContradicted(m_book, update, m_sequencer.last()))
        return syncAgain(ifNotResumed(SyncReason::BadSnapshot), update, nowMs);
    m_book.apply(update);
    if (m_book.isCrossed())
        return syncAgain(SyncReason::Crossed, update, nowMs);
    if (m_book.isExhausted())
        return syncAgain(SyncReason::RangeExhausted, update, nowMs);
    m_sequencer.advance(update);
    m_appliedId = update.lastId;
    m_appliedEventMs = update.eventTimeMs;
    ++m_counters.applied;
    if (m_state == SyncState::Live)
        return watchOver(update, nowMs);
    m_proof.begin(); // it has done its work
    m_isRestored = false;
    m_disputes = 0;
    enter(SyncState::Live, SyncReason::Bridged, &update, nowMs);
    return SyncOutcome::WentLive;
}

SyncReason BookSync::ifNotResumed(SyncReason otherwise) const
{
    return m_isRestored ? SyncReason::NotResumed : otherwise;
}

SyncOutcome BookSync::drainBuffer(std::int64_t nowMs)
{
    while (!m_buffer.isEmpty()) {
        m_ifGap = m_buffer.frontIfGap();
        if (step(m_buffer.front(), nowMs) == SyncOutcome::SyncAgain)
            return SyncOutcome::SyncAgain; // and what showed the fault is still in front
        m_buffer.popFront();
    }
    return m_state == SyncState::Live ? SyncOutcome::WentLive : SyncOutcome::Bridging;
}

SyncOutcome BookSync::syncAgain(SyncReason reason, const DepthUpdate& cause, std::int64_t nowMs)
{
    dropBook(reason, &cause, nowMs);
    m_buffer.insert(cause, m_ifGap); // no second time, if it came from there
    return SyncOutcome::SyncAgain;
}

void BookSync::dropBook(SyncReason reason, const DepthUpdate* cause, std::int64_t nowMs)
{
    if (m_state == SyncState::Live && nowMs - m_sinceMs >= m_limits.stableMs)
        m_attempts = 0;
    if (isResync(reason)) {
        ++m_counters.resyncs;
        ++m_counters.resyncsByReason[static_cast<std::size_t>(reason)];
    }
    m_counters.gaps += reason == SyncReason::Gap;
    m_counters.gapsByOrigin[static_cast<std::size_t>(m_ifGap)] += reason == SyncReason::Gap;
    const bool isAskedFor = m_phase == SnapshotPhase::Queued || m_phase == SnapshotPhase::Requested;
    const bool isForAudit = m_state == SyncState::Live; // asked for without haste
    enter(SyncState::Buffering, reason, cause, nowMs);
    m_book.clear();
    m_audit.reset();
    m_isRestored = false;
    if (isForAudit)
        m_phase = SnapshotPhase::Unneeded; // what is wanted now counts
    if (!isAskedFor || isForAudit)
        wantSnapshot(nowMs);
}

// Doubles and late events carry old ids with old event times. Old ids with ever later times are a new count.
bool BookSync::haveIdsGoneBack(const DepthUpdate& update)
{
    const std::int64_t eventMs = believed(update.eventTimeMs);
    if (update.lastId > m_newest.id) {
        m_newest = {update.lastId, eventMs};
        m_eventsBack = 0;
        return false;
    }
    if (eventMs - m_newest.eventMs < m_limits.idsBackMs || ++m_eventsBack < m_limits.idsBackEvents)
        return false;
    m_newest = {update.lastId, eventMs};
    m_eventsBack = 0;
    return true;
}

// Of an event from the year 2100 nothing would ever be later.
std::int64_t BookSync::believed(std::int64_t eventMs) const
{
    return m_epochMs == noEpochMs ? eventMs : std::min(eventMs, m_epochMs + m_limits.eventAheadMaxMs);
}

// Of one without a time as late as can be.
std::int64_t BookSync::timeOf(const DepthSnapshot& snapshot) const
{
    return believed(snapshot.eventTimeMs > 0 ? snapshot.eventTimeMs : noEpochMs);
}

// A share that is used up is waited for: snapshotsAhead at most stand on the slate, and one a time is forgiven.
void BookSync::wantSnapshot(std::int64_t nowMs)
{
    constexpr int freeAttempts = 2;
    constexpr int doublingsMax = 16;
    const int doublings = std::min(m_attempts - freeAttempts, doublingsMax);
    const std::int64_t waitMs =
        m_attempts < freeAttempts ? 0 : std::min(m_limits.retryMaxMs, m_limits.retryFirstMs << doublings);
    ++m_attempts;
    if (m_phase != SnapshotPhase::Wanted)
        m_shareUsedUntilMs = std::max(m_shareUsedUntilMs, nowMs) + m_limits.snapshotEveryMs;
    m_snapshotDueMs = std::max(nowMs + waitMs, m_shareUsedUntilMs - m_limits.snapshotEveryMs * m_limits.snapshotsAhead);
    m_phase = SnapshotPhase::Wanted;
}

void BookSync::enter(SyncState state, SyncReason reason, const DepthUpdate* cause, std::int64_t nowMs)
{
    record(state, reason, cause, nowMs);
    m_state = state;
    m_reason = reason;
    m_sinceMs = nowMs;
}

void BookSync::record(SyncState to, SyncReason reason, const DepthUpdate* cause, std::int64_t nowMs)
{
    const bool isLoaded = !m_book.isEmpty();
    m_history.push_back({.atMs = nowMs,
                         .from = m_state,
                         .to = to,
                         .reason = reason,
                         .lastId = isLoaded ? m_sequencer.last() : m_appliedId,
                         .eventPreviousId = cause ? cause->previousLastId : 0,
                         .eventLastId = cause ? cause->lastId : 0,
                         .origin = reason == SyncReason::Gap ? std::optional(m_ifGap) : std::nullopt});
    if (m_history.size() > syncHistoryMax)
        m_history.pop_front();
}

} // namespace obm

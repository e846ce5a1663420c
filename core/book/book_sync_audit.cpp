// The part of a BookSync in which a live book is held against a fresh snapshot.
#include "book/book_sync.h"

#include <utility>

namespace obm {

void BookSync::wantAudit(std::int64_t nowMs)
{
    if (m_state != SyncState::Live || m_phase != SnapshotPhase::Unneeded || m_audit || nowMs < m_auditDueMs)
        return;
    m_auditDueMs = nowMs + m_limits.auditEveryMs;
    m_snapshotDueMs = nowMs;
    m_phase = SnapshotPhase::Wanted;
}

SyncOutcome BookSync::watchOver(const DepthUpdate& applied, std::int64_t nowMs)
{
    if (!m_audit) {
        if (m_book.isWorn())
            wantAudit(nowMs);
        return SyncOutcome::Applied;
    }
    m_audit->note(applied, believed(applied.eventTimeMs));
    const SyncOutcome audited = audit(nowMs);
    return audited == SyncOutcome::Ignored ? SyncOutcome::Applied : audited;
}

// Ignored: the audit goes on, or says nothing.
SyncOutcome BookSync::audit(std::int64_t nowMs)
{
    std::optional<AuditReport> report = m_audit->judge();
    if (!report)
        return SyncOutcome::Ignored;
    BookAudit done = endAudit(*report, nowMs);
    switch (report->verdict) {
    case AuditVerdict::Equal:
        m_disputes = 0;
        return widen(std::move(done.rebuilt()));
    case AuditVerdict::Different:
        return replaceBook(std::move(done.rebuilt()), nowMs);
    case AuditVerdict::Disputed:
        return dispute(nowMs);
    case AuditVerdict::Unclear:
        break;
    }
    return SyncOutcome::Ignored;
}

BookAudit BookSync::endAudit(AuditReport& report, std::int64_t nowMs)
{
    report.atMs = nowMs;
    ++m_counters.auditsByVerdict[static_cast<std::size_t>(report.verdict)];
    if (report.isJudged())
        m_lastAudit = report;
    return *std::exchange(m_audit, std::nullopt);
}

std::optional<std::int64_t> BookSync::unheardSinceMs(std::int64_t nowMs) const
{
    return m_audit && nowMs - m_auditTakenMs >= m_limits.unheardMs ? m_audit->unheardSinceMs() : std::nullopt;
}

// The exchange has gone on, and this book has not: its stream is dead, or the last event before a quiet time was lost.
SyncOutcome BookSync::onUnheard(std::int64_t nowMs)
{
    AuditReport report = m_audit->judgeUnheard();
    endAudit(report, nowMs);
    if (report.verdict == AuditVerdict::Disputed)
        return dispute(nowMs);
    if (report.isJudged())
        m_disputes = 0;
    if (report.verdict != AuditVerdict::Different)
        return SyncOutcome::Ignored;
    dropBook(SyncReason::Audit, nullptr, nowMs);
    return SyncOutcome::SyncAgain;
}

// It is the same book where both prove it: taken for what it proves beyond.
SyncOutcome BookSync::widen(OrderBook rebuilt)
{
    const bool provesMore = rebuilt.provesAsFarAs(m_book) && !m_book.provesAsFarAs(rebuilt);
    if (!provesMore && !m_book.isWorn())
        return SyncOutcome::Ignored;
    m_book = std::move(rebuilt);
    return SyncOutcome::Audited;
}

// A synchronisation like any other, but all that it takes is there already.
SyncOutcome BookSync::replaceBook(OrderBook rebuilt, std::int64_t nowMs)
{
    m_disputes = 0;
    dropBook(SyncReason::Audit, nullptr, nowMs);
    m_phase = SnapshotPhase::Unneeded;
    m_book = std::move(rebuilt);
    enter(SyncState::Live, SyncReason::Bridged, nullptr, nowMs);
    return SyncOutcome::WentLive;
}

// One such snapshot may be another symbol's. After a second one it is the book that is not believed any more.
SyncOutcome BookSync::dispute(std::int64_t nowMs)
{
    if (++m_disputes == 1) {
        m_snapshotDueMs = nowMs;
        m_phase = SnapshotPhase::Wanted;
        return SyncOutcome::Ignored;
    }
    m_disputes = 0;
    dropBook(SyncReason::Audit, nullptr, nowMs);
    return SyncOutcome::SyncAgain;
}

} // namespace obm

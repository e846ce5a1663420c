#include "pipeline/book_journal.h"

#include <QLoggingCategory>
#include <QString>
#include <QStringList>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcBooks, "obm.book")

} // namespace

void BookJournal::note(const std::vector<BookRow>& rows, std::int64_t nowMs)
{
    for (const BookRow& row : rows) {
        Seen& seen = m_seen[row.symbol];
        const bool resynced = row.counters.resyncs > seen.counters.resyncs;
        if (resynced)
            sayResync(row, seen.counters, nowMs);
        if (row.state == SyncState::Live && (seen.state != SyncState::Live || resynced))
            sayLive(row, nowMs);
        seen = {row.state, row.counters};
    }
}

void BookJournal::sayLive(const BookRow& row, std::int64_t nowMs)
{
    if (m_liveLines.allow(nowMs))
        qCInfo(lcBooks).noquote() << row.symbol.c_str() << "is live at u =" << row.lastId
                                  << m_liveLines.suppressedNote().c_str();
}

void BookJournal::sayResync(const BookRow& row, const SyncCounters& before, std::int64_t nowMs)
{
    if (!m_resyncLines.allow(nowMs))
        return;
    QStringList reasons;
    for (std::size_t reason = 0; reason < syncReasonCount; ++reason)
        if (row.counters.resyncsByReason[reason] > before.resyncsByReason[reason])
            reasons << QString::fromUtf8(toText(static_cast<SyncReason>(reason)));
    qCWarning(lcBooks).noquote() << row.symbol.c_str() << "synchronises again:" << reasons.join(QStringLiteral(", "))
                                 << "- gaps" << row.counters.gaps << "resyncs" << row.counters.resyncs
                                 << m_resyncLines.suppressedNote().c_str();
}

} // namespace obm

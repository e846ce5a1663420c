#include "pipeline/book_journal.h"

#include <QLoggingCategory>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcBooks, "obm.book")

} // namespace

void BookJournal::note(const std::vector<BookRow>& rows, std::int64_t nowMs)
{
    for (const BookRow& row : rows) {
        Seen& seen = m_seen[row.symbol];
        if (row.counters.resyncs > seen.resyncs)
            sayResync(row, nowMs);
        if (row.state == SyncState::Live && (seen.state != SyncState::Live || row.counters.resyncs > seen.resyncs))
            sayLive(row, nowMs);
        seen = {row.state, row.counters.resyncs};
    }
}

void BookJournal::sayLive(const BookRow& row, std::int64_t nowMs)
{
    if (m_liveLines.allow(nowMs))
        qCInfo(lcBooks).noquote() << row.symbol.c_str() << "is live at u =" << row.lastId
                                  << m_liveLines.suppressedNote().c_str();
}

void BookJournal::sayResync(const BookRow& row, std::int64_t nowMs)
{
    if (m_resyncLines.allow(nowMs))
        qCWarning(lcBooks).noquote() << row.symbol.c_str() << "synchronises again, last reason:" << toText(row.reason)
                                     << "- gaps" << row.counters.gaps << "resyncs" << row.counters.resyncs
                                     << m_resyncLines.suppressedNote().c_str();
}

} // namespace obm

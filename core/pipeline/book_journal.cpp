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
    for (const BookChange& change : m_changes.note(rows)) {
        if (change.kind == BookChange::Kind::Resync)
            sayResync(change, nowMs);
        else if (change.kind == BookChange::Kind::Live)
            sayLive(*change.row, nowMs);
    }
}

void BookJournal::sayLive(const BookRow& row, std::int64_t nowMs)
{
    if (m_liveLines.allow(nowMs))
        qCInfo(lcBooks).noquote() << row.symbol.c_str() << "is live at u =" << row.lastId
                                  << m_liveLines.suppressedNote().c_str();
}

void BookJournal::sayResync(const BookChange& change, std::int64_t nowMs)
{
    if (!m_resyncLines.allow(nowMs))
        return;
    QStringList reasons;
    for (const SyncReason reason : change.reasons)
        reasons << QString::fromUtf8(toText(reason));
    const BookRow& row = *change.row;
    qCWarning(lcBooks).noquote() << row.symbol.c_str() << "synchronises again:" << reasons.join(QStringLiteral(", "))
                                 << "- gaps" << row.counters.gaps << "resyncs" << row.counters.resyncs
                                 << m_resyncLines.suppressedNote().c_str();
}

} // namespace obm

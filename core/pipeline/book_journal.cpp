#include "pipeline/book_journal.h"

#include <QLoggingCategory>
#include <QString>
#include <QStringList>

#include <utility>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcBooks, "obm.book")

// "gap, lost before Kafka (exchange or network): pu 120 > u 110"
QString wordsOf(SyncReason reason, const BookRow& row)
{
    const QString text = QString::fromUtf8(toText(reason));
    const auto origin = row.gapOrigin();
    if (reason != SyncReason::Gap || !origin)
        return text;
    return QStringLiteral("%1, %2: pu %3 > u %4")
        .arg(text, QString::fromUtf8(toWords(*origin)))
        .arg(row.lastResync->eventPreviousId)
        .arg(row.lastResync->lastId);
}

} // namespace

void BookJournal::note(const BookSetStatus& status, std::int64_t nowMs)
{
    noteBooks(status.books, nowMs);
    noteMessages(status, nowMs);
}

// A line that is left out leaves its messages to the next one.
void BookJournal::noteMessages(const BookSetStatus& status, std::int64_t nowMs)
{
    const std::uint64_t unusable = status.counters.unusable();
    if (unusable > m_unusable && m_unusableLines.allow(nowMs)) {
        const UselessMessage& last = status.lastUnreadable;
        qCWarning(lcBooks).noquote() << unusable - std::exchange(m_unusable, unusable)
                                     << "messages of the topic cannot be used; the last, in partition" << last.partition
                                     << "at offset" << last.offset << "is" << QString::fromStdString(last.reason);
    }
    const std::uint64_t unknown = status.counters.unknownSymbols;
    if (unknown > m_unknown && m_unknownLines.allow(nowMs))
        qCInfo(lcBooks).noquote() << unknown - std::exchange(m_unknown, unknown)
                                  << "messages of the topic are of symbols that are not kept here; the last of"
                                  << QString::fromStdString(status.lastUnknownSymbol);
}

void BookJournal::noteBooks(const std::vector<BookRow>& rows, std::int64_t nowMs)
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
    const BookRow& row = *change.row;
    QStringList reasons;
    for (const SyncReason reason : change.reasons)
        reasons << wordsOf(reason, row);
    qCWarning(lcBooks).noquote() << row.symbol.c_str() << "synchronises again:" << reasons.join(QStringLiteral(", "))
                                 << "- gaps" << row.counters.gaps << "resyncs" << row.counters.resyncs
                                 << m_resyncLines.suppressedNote().c_str();
}

} // namespace obm

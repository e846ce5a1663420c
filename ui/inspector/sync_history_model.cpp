#include "ui/inspector/sync_history_model.h"

#include "ui/format/format.h"
#include "ui/inspector/sync_words.h"

#include <algorithm>

namespace obm {

namespace {

bool isSame(const SyncTransition& a, const SyncTransition& b)
{
    return a.atMs == b.atMs && a.from == b.from && a.to == b.to && a.reason == b.reason && a.lastId == b.lastId &&
           a.eventLastId == b.eventLastId;
}

} // namespace

void SyncHistoryModel::setHistory(const std::vector<SyncTransition>& history)
{
    if (std::ranges::equal(history, m_history, isSame))
        return;
    beginResetModel();
    m_history = history;
    endResetModel();
}

int SyncHistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_history.size());
}

int SyncHistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnCountAll;
}

QVariant SyncHistoryModel::data(const QModelIndex& index, int role) const
{
    const bool isKnown = checkIndex(index, CheckIndexOption::IndexIsValid);
    if (!isKnown || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return text(m_history[m_history.size() - 1 - static_cast<std::size_t>(index.row())], index.column());
}

QString SyncHistoryModel::text(const SyncTransition& transition, int column) const
{
    switch (column) {
    case Time:
        return format::clockTimeMs(transition.atMs);
    case Change:
        return tr("%1 → %2").arg(QString::fromLatin1(toText(transition.from)),
                                 QString::fromLatin1(toText(transition.to)));
    case Reason:
        return reasonWords(transition);
    default:
        return idWords(transition);
    }
}

QVariant SyncHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Change:
        return tr("State");
    case Reason:
        return tr("Why");
    default:
        return tr("Ids");
    }
}

} // namespace obm

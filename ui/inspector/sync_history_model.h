// The transitions of one book, newest first: when, from what to what, why, and the ids that show it.
// Thread: main.
#pragma once

#include "book/sync_state.h"

#include <QAbstractTableModel>

#include <vector>

namespace obm {

class SyncHistoryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Change, Reason, Ids, columnCountAll };

    using QAbstractTableModel::QAbstractTableModel;

    // Oldest first, as a BookView has them.
    void setHistory(const std::vector<SyncTransition>& history);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const SyncTransition& transition, int column) const;

    std::vector<SyncTransition> m_history;
};

} // namespace obm

// Which symbols the table shows, and in which order. Neither follows the values by itself: the panel asks for it at a
// pace at which a person can read, and what is on the screen stays where it is in between.
// Thread: main.
#pragma once

#include "book/sync_state.h"
#include "ui/symbols/symbol_column.h"

#include <QSortFilterProxyModel>

#include <optional>

namespace obm {

class SymbolModel;

enum class StateFilter { All, NotLive, Waiting, Buffering, Bridging, Live, Rejected };

[[nodiscard]] bool accepts(StateFilter filter, SyncState state);

class SymbolFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit SymbolFilter(SymbolModel& model, QObject* parent = nullptr);

    void setText(const QString& text); // a part of the name, in any case
    void setState(StateFilter state);
    // Filters and sorts anew by the values as they are now, where that changes anything.
    void settle();

    [[nodiscard]] const SymbolRow& row(int shownRow) const;

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] bool isInOrder(const QModelIndex& above, const QModelIndex& below) const; // of the model

    SymbolModel& m_model;
    std::string m_text; // upper case
    StateFilter m_state = StateFilter::All;
};

} // namespace obm

#include "ui/symbols/symbol_filter.h"

#include "ui/symbols/symbol_model.h"

#include <algorithm>
#include <utility>

namespace obm {

bool accepts(StateFilter filter, SyncState state)
{
    switch (filter) {
    case StateFilter::All:
        return true;
    case StateFilter::NotLive:
        return state != SyncState::Live;
    case StateFilter::Waiting:
        return state == SyncState::Waiting;
    case StateFilter::Buffering:
        return state == SyncState::Buffering;
    case StateFilter::Bridging:
        return state == SyncState::Bridging;
    case StateFilter::Live:
        return state == SyncState::Live;
    case StateFilter::Rejected:
        return state == SyncState::Rejected;
    }
    std::unreachable();
}

SymbolFilter::SymbolFilter(SymbolModel& model, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setDynamicSortFilter(false);
    setSourceModel(&model);
}

void SymbolFilter::setText(const QString& text)
{
    m_text = text.trimmed().toUpper().toStdString();
    settle();
}

void SymbolFilter::setState(StateFilter state)
{
    m_state = state;
    settle();
}

void SymbolFilter::settle()
{
    if (isSettled())
        return;
    invalidateFilter();
    sort(sortColumn(), sortOrder());
}

// What it shows is what it accepts, in order: to sort it again would change nothing, and cost a view its layout.
bool SymbolFilter::isSettled() const
{
    int accepted = 0;
    for (int number = 0; number < m_model.rowCount(); ++number)
        accepted += filterAcceptsRow(number, {}) ? 1 : 0;
    if (accepted != rowCount())
        return false;
    const int column = std::max(0, sortColumn());
    QModelIndex above;
    for (int shown = 0; shown < accepted; ++shown) {
        const QModelIndex here = mapToSource(index(shown, column));
        if (!filterAcceptsRow(here.row(), {}) || (shown > 0 && !isInOrder(above, here)))
            return false;
        above = here;
    }
    return true;
}

bool SymbolFilter::isInOrder(const QModelIndex& above, const QModelIndex& below) const
{
    return sortColumn() < 0 || (sortOrder() == Qt::AscendingOrder ? !lessThan(below, above) : !lessThan(above, below));
}

const SymbolRow& SymbolFilter::row(int shownRow) const
{
    return m_model.row(mapToSource(index(shownRow, 0)).row());
}

bool SymbolFilter::filterAcceptsRow(int sourceRow, const QModelIndex& /*sourceParent*/) const
{
    const SymbolRow& symbol = m_model.row(sourceRow);
    return accepts(m_state, symbol.state) && symbol.symbol.find(m_text) != std::string::npos;
}

bool SymbolFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const SymbolRow& a = m_model.row(left.row());
    const SymbolRow& b = m_model.row(right.row());
    const auto column = static_cast<SymbolColumn>(left.column());
    const bool hasA = hasValue(a, column);
    if (hasA != hasValue(b, column)) // what is not there stays at the end, whichever way it is sorted
        return hasA == (sortOrder() == Qt::AscendingOrder);
    const std::weak_ordering order = compared(a, b, column);
    return order != 0 ? order < 0 : sortOrder() == Qt::AscendingOrder ? a.symbol < b.symbol : a.symbol > b.symbol;
}

} // namespace obm

#include "ui/symbols/symbol_model.h"

#include <algorithm>
#include <utility>

namespace obm {

void SymbolModel::update(const std::vector<SymbolRow>& rows, std::int64_t nowEpochMs, std::span<const int> visibleRows)
{
    if (!hasSymbolsOf(rows)) {
        beginResetModel();
        m_rows = rows;
        m_nowEpochMs = nowEpochMs;
        endResetModel();
        return;
    }
    std::vector<SymbolRow> before = std::exchange(m_rows, rows);
    const std::int64_t beforeEpochMs = std::exchange(m_nowEpochMs, nowEpochMs);
    for (const int number : visibleRows)
        announce(number, before[static_cast<std::size_t>(number)], beforeEpochMs);
}

// One signal for each run of cells that changed.
void SymbolModel::announce(int number, const SymbolRow& before, std::int64_t beforeEpochMs)
{
    int first = -1;
    for (int column = 0; column <= symbolColumnCount; ++column) {
        const bool changed = column < symbolColumnCount && differs(before, beforeEpochMs, row(number), m_nowEpochMs,
                                                                   static_cast<SymbolColumn>(column));
        if (changed && first < 0) {
            first = column;
        } else if (!changed && first >= 0) {
            Q_EMIT dataChanged(index(number, first), index(number, column - 1));
            first = -1;
        }
    }
}

void SymbolModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, symbolColumnCount - 1), {Qt::ForegroundRole});
}

int SymbolModel::rowOf(const std::string& symbol) const
{
    const auto found = std::ranges::find(m_rows, symbol, &SymbolRow::symbol);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int SymbolModel::liveCount() const
{
    return static_cast<int>(std::ranges::count(m_rows, SyncState::Live, &SymbolRow::state));
}

int SymbolModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SymbolModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : symbolColumnCount;
}

QVariant SymbolModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = static_cast<SymbolColumn>(index.column());
    const SymbolRow& symbol = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(symbol, column, m_nowEpochMs);
    case Qt::ForegroundRole:
        return ink(symbol, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(int((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case Qt::ToolTipRole: // why something is not there
        return column == SymbolColumn::State ? QString::fromStdString(symbol.words) : blankReason(symbol, column);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(titleOf(column), cellText(symbol, column, m_nowEpochMs));
    default:
        return {};
    }
}

QVariant SymbolModel::ink(const SymbolRow& symbol, SymbolColumn column) const
{
    if (column == SymbolColumn::State)
        return m_theme.of(symbol.state);
    if (!hasValue(symbol, column))
        return m_theme.faintText;
    if (column == SymbolColumn::Bid)
        return m_theme.bid;
    if (column == SymbolColumn::Ask)
        return m_theme.ask;
    if ((column == SymbolColumn::Gaps && symbol.gaps == 0) || (column == SymbolColumn::Resyncs && symbol.resyncs == 0))
        return m_theme.faintText;
    return {};
}

QVariant SymbolModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= symbolColumnCount)
        return {};
    const auto column = static_cast<SymbolColumn>(section);
    switch (role) {
    case Qt::DisplayRole:
        return titleOf(column);
    case Qt::ToolTipRole:
        return helpOf(column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(int((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    default:
        return {};
    }
}

bool SymbolModel::hasSymbolsOf(const std::vector<SymbolRow>& rows) const
{
    return std::ranges::equal(rows, m_rows, {}, &SymbolRow::symbol, &SymbolRow::symbol);
}

} // namespace obm

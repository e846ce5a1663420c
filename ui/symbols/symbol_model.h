// The rows of the symbols table. All rows are kept, but only what somebody can see is announced as changed, cell by
// cell: 800 rows that all move cost what the 40 on the screen cost.
// Thread: main.
#pragma once

#include "monitor/symbol_row.h"
#include "ui/symbols/symbol_column.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

#include <span>
#include <vector>

namespace obm {

class SymbolModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    // visibleRows: those of this model that are on the screen. Other symbols than before, or in another order: a reset.
    void update(const std::vector<SymbolRow>& rows, std::int64_t nowEpochMs, std::span<const int> visibleRows);
    void setTheme(const Theme& theme);

    [[nodiscard]] const SymbolRow& row(int number) const { return m_rows[static_cast<std::size_t>(number)]; }
    [[nodiscard]] int rowOf(const std::string& symbol) const; // -1: not here
    [[nodiscard]] int liveCount() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] bool hasSymbolsOf(const std::vector<SymbolRow>& rows) const;
    [[nodiscard]] QVariant ink(const SymbolRow& row, SymbolColumn column) const;
    void announce(int number, const SymbolRow& before, std::int64_t beforeEpochMs);

    std::vector<SymbolRow> m_rows;
    std::int64_t m_nowEpochMs = 0;
    Theme m_theme;
};

} // namespace obm

// Paints a cell's text in its own colour, elided, and nothing else: what a table of 800 moving rows can afford.
// Thread: main.
#pragma once

#include "ui/table/cell_text.h"

#include <QStyledItemDelegate>

#include <memory>

class QTableView;

namespace obm {

class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    // A tooltip of its own, or the whole text of a cell that is cut off.
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

private:
    mutable std::unique_ptr<CellText> m_text; // of the font painted with last
};

// What all tables of the window have in common: whole rows selected, sorted by a click on a header, no grid.
void dressTable(QTableView* table);

} // namespace obm

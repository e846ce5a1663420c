#include "ui/table/cell_delegate.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

namespace obm {

namespace {

int paddingOf(const QStyleOptionViewItem& option)
{
    return option.fontMetrics.height() / 3;
}

} // namespace

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        painter->fillRect(option.rect, option.palette.brush(QPalette::Highlight));
    const QString text = index.data(Qt::DisplayRole).toString();
    if (text.isEmpty())
        return;
    const QVariant ink = selected ? QVariant() : index.data(Qt::ForegroundRole);
    const QColor color = ink.isValid() ? ink.value<QColor>()
                                       : option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const int padding = paddingOf(option);
    const QRect room = option.rect.adjusted(padding, 0, -padding, 0);
    const bool isRightAligned = (index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != 0;
    painter->setPen(color);
    if (!m_text || m_text->font() != option.font)
        m_text = std::make_unique<CellText>(option.font);
    m_text->draw(*painter, room, isRightAligned, text);
}

bool CellDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                             const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QString tip = index.data(Qt::ToolTipRole).toString();
    const QString text = index.data(Qt::DisplayRole).toString();
    const bool cut = option.fontMetrics.horizontalAdvance(text) > option.rect.width() - 2 * paddingOf(option);
    if (tip.isEmpty() && cut)
        tip = text;
    QToolTip::showText(event->globalPos(), tip, view);
    return true;
}

void dressTable(QTableView* table)
{
    table->setItemDelegate(new CellDelegate(table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false); // Tab leaves the table
    table->setFrameShape(QFrame::NoFrame);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    const int rowHeight = table->fontMetrics().height() * 3 / 2;
    table->verticalHeader()->setVisible(false);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setMinimumSectionSize(rowHeight);
    table->verticalHeader()->setDefaultSectionSize(rowHeight);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionsMovable(true);
}

} // namespace obm

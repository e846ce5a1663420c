#include "ui/symbols/symbols_panel.h"

#include "ui/format/format.h"
#include "ui/seen.h"
#include "ui/table/cell_delegate.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace obm {

namespace {

// Shown from the start; the others by the header's menu.
bool isShownAtFirst(SymbolColumn column)
{
    return column != SymbolColumn::Since && column != SymbolColumn::WriteAge;
}

} // namespace

SymbolsPanel::SymbolsPanel(QWidget* parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_state(new QComboBox(this))
    , m_counts(new QLabel(this))
    , m_table(new QTableView(this))
{
    setObjectName(QStringLiteral("symbolsPanel"));
    setAccessibleName(tr("Symbols"));
    makeBar();
    makeTable();
    auto* bar = new QHBoxLayout;
    const int margin = fontMetrics().height() / 3;
    bar->setContentsMargins(margin, margin, margin, 0);
    bar->setSpacing(margin);
    bar->addWidget(m_search, 1);
    bar->addWidget(m_state);
    bar->addWidget(m_counts);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(margin);
    all->addLayout(bar);
    all->addWidget(m_table, 1);
    setFocusProxy(m_search); // with another one Tab would leave out what lies before it
    m_sinceSettled.start();
    resetLayout();
}

void SymbolsPanel::makeBar()
{
    m_search->setObjectName(QStringLiteral("symbolSearch"));
    m_search->setAccessibleName(tr("Search symbols"));
    m_search->setPlaceholderText(tr("Search symbols"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter.setText(text);
        showCounts();
    });
    m_state->setObjectName(QStringLiteral("stateFilter"));
    m_state->setAccessibleName(tr("Show symbols by state"));
    m_state->addItems({tr("All states"), tr("Not live"), tr("Waiting"), tr("Buffering"), tr("Bridging"), tr("Live"),
                       tr("Rejected")}); // in the order of StateFilter
    connect(m_state, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_filter.setState(static_cast<StateFilter>(index));
        showCounts();
    });
    m_counts->setObjectName(QStringLiteral("symbolCounts"));
}

void SymbolsPanel::makeTable()
{
    m_table->setObjectName(QStringLiteral("symbolTable"));
    m_table->setAccessibleName(tr("Symbols"));
    m_table->setModel(&m_filter);
    dressTable(m_table);
    m_table->setMouseTracking(true);
    m_table->viewport()->installEventFilter(this);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QTableView::activated, this, &SymbolsPanel::activate);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& shown) {
        if (QApplication::keyboardModifiers() == Qt::NoModifier) // with one of them rows are chosen
            activate(shown);
    });
    connect(m_table, &QTableView::customContextMenuRequested, this, &SymbolsPanel::openMenu);
    connect(m_table->horizontalHeader(), &QHeaderView::customContextMenuRequested, this, &SymbolsPanel::openHeaderMenu);
    auto* copy = new QAction(tr("Copy"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(copy, &QAction::triggered, this, &SymbolsPanel::copySelection);
    m_table->addAction(copy);
}

void SymbolsPanel::setTheme(const Theme& theme)
{
    m_model.setTheme(theme);
}

void SymbolsPanel::refresh(const std::vector<SymbolRow>& rows, std::int64_t nowEpochMs)
{
    if (!isSeen(*this))
        return;
    const std::vector<int> visible = visibleRows();
    m_model.update(rows, nowEpochMs, visible);
    settleIfDue();
    showCounts();
}

void SymbolsPanel::settleIfDue()
{
    const bool pointerMoves = m_sincePointer.isValid() && m_sincePointer.elapsed() < pointerRestMs;
    if (m_sinceSettled.elapsed() < settleMs || pointerMoves)
        return;
    m_filter.settle();
    m_sinceSettled.restart();
}

void SymbolsPanel::showCounts()
{
    const QString text = m_filter.rowCount() == m_model.rowCount()
                             ? tr("%1 of %2 live").arg(m_model.liveCount()).arg(m_model.rowCount())
                             : tr("%1 of %2 shown").arg(m_filter.rowCount()).arg(m_model.rowCount());
    if (m_counts->text() != text)
        m_counts->setText(text);
}

std::vector<int> SymbolsPanel::visibleRows() const
{
    const int first = m_table->rowAt(0);
    if (first < 0)
        return {};
    const int below = m_table->rowAt(m_table->viewport()->height() - 1);
    const int last = below < 0 ? m_filter.rowCount() - 1 : below;
    std::vector<int> rows;
    for (int shown = first; shown <= last; ++shown)
        rows.push_back(m_filter.mapToSource(m_filter.index(shown, 0)).row());
    return rows;
}

void SymbolsPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void SymbolsPanel::clearFilters()
{
    m_search->clear();
    m_state->setCurrentIndex(0);
}

QStringList SymbolsPanel::selectedSymbols() const
{
    QStringList symbols;
    for (const QModelIndex& shown : m_table->selectionModel()->selectedRows())
        symbols << QString::fromStdString(m_filter.row(shown.row()).symbol);
    return symbols;
}

void SymbolsPanel::activate(const QModelIndex& shown)
{
    if (shown.isValid())
        Q_EMIT symbolActivated(QString::fromStdString(m_filter.row(shown.row()).symbol));
}

bool SymbolsPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table->viewport()) {
        if (event->type() == QEvent::MouseMove)
            m_sincePointer.start();
        else if (event->type() == QEvent::Leave)
            m_sincePointer.invalidate();
    } else if (watched == m_search && event->type() == QEvent::KeyPress) {
        // From the search straight into the table, as in any launcher.
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_table->setFocus(Qt::TabFocusReason);
            if (!m_table->currentIndex().isValid())
                m_table->setCurrentIndex(m_filter.index(0, 0));
            if (key != Qt::Key_Down)
                activate(m_table->currentIndex());
            return true;
        }
        if (key == Qt::Key_Escape) {
            clearFilters();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SymbolsPanel::openMenu(const QPoint& at)
{
    const QStringList symbols = selectedSymbols();
    if (symbols.isEmpty())
        return;
    QMenu menu;
    const auto forEach = [&](const QString& text, void (SymbolsPanel::*wanted)(const QString&)) {
        connect(menu.addAction(text), &QAction::triggered, this, [this, symbols, wanted] {
            for (const QString& symbol : symbols)
                Q_EMIT(this->*wanted)(symbol);
        });
    };
    connect(menu.addAction(tr("Inspect %1").arg(symbols.first())), &QAction::triggered, this,
            [this, symbol = symbols.first()] { Q_EMIT symbolActivated(symbol); });
    forEach(tr("Show among the ladders"), &SymbolsPanel::ladderWanted);
    forEach(tr("Synchronise again"), &SymbolsPanel::resyncWanted);
    menu.addSeparator();
    connect(menu.addAction(tr("Copy")), &QAction::triggered, this, &SymbolsPanel::copySelection);
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

void SymbolsPanel::openHeaderMenu(const QPoint& at)
{
    QMenu menu;
    for (int column = 1; column < symbolColumnCount; ++column) { // the name is always there
        QAction* action = menu.addAction(titleOf(static_cast<SymbolColumn>(column)));
        action->setCheckable(true);
        action->setChecked(!m_table->isColumnHidden(column));
        connect(action, &QAction::toggled, m_table,
                [this, column](bool shown) { m_table->setColumnHidden(column, !shown); });
    }
    menu.exec(m_table->horizontalHeader()->mapToGlobal(at));
}

// A line a row with tabs between, as a spreadsheet takes it.
void SymbolsPanel::copySelection() const
{
    QStringList lines;
    for (const QModelIndex& shown : m_table->selectionModel()->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < symbolColumnCount; ++column)
            cells << shown.siblingAtColumn(column).data().toString();
        lines << cells.join(QLatin1Char('\t'));
    }
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

QByteArray SymbolsPanel::saveLayout() const
{
    return m_table->horizontalHeader()->saveState();
}

void SymbolsPanel::restoreLayout(const QByteArray& layout)
{
    if (!layout.isEmpty())
        m_table->horizontalHeader()->restoreState(layout);
}

void SymbolsPanel::resetLayout()
{
    QHeaderView* header = m_table->horizontalHeader();
    const QFontMetrics metrics = m_table->fontMetrics();
    const int padding = metrics.height();
    for (int column = 0; column < symbolColumnCount; ++column) {
        const auto which = static_cast<SymbolColumn>(column);
        const int title = metrics.horizontalAdvance(titleOf(which)) + padding; // room for the sign of sorting
        header->moveSection(header->visualIndex(column), column);
        m_table->setColumnHidden(column, !isShownAtFirst(which));
        header->resizeSection(column, std::max(title, metrics.horizontalAdvance(widestOf(which))) + padding);
    }
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(static_cast<int>(SymbolColumn::Symbol), Qt::AscendingOrder);
}

} // namespace obm

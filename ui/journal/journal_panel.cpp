#include "ui/journal/journal_panel.h"

#include "ui/format/format.h"
#include "ui/seen.h"
#include "ui/table/cell_delegate.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace obm {

namespace {

QToolButton* makeButton(const QString& text, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setObjectName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

JournalPanel::JournalPanel(QWidget* parent)
    : QWidget(parent)
    , m_severity(new QComboBox(this))
    , m_part(new QComboBox(this))
    , m_search(new QLineEdit(this))
    , m_counts(new QLabel(this))
    , m_table(new QTableView(this))
{
    setObjectName(QStringLiteral("journalPanel"));
    setAccessibleName(tr("Journal"));
    makeTable();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(fontMetrics().height() / 3);
    all->addWidget(makeBar());
    all->addWidget(m_table, 1);
    setFocusProxy(m_table);
}

QWidget* JournalPanel::makeBar()
{
    m_severity->setObjectName(QStringLiteral("severityFilter"));
    m_severity->setAccessibleName(tr("Show entries from this severity on"));
    m_severity->addItems({tr("Everything"), tr("Warnings and errors"), tr("Errors")}); // in the order of Severity
    connect(m_severity, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_filter.setSeverity(static_cast<Severity>(index));
        showCounts();
    });
    m_part->setObjectName(QStringLiteral("partFilter"));
    m_part->setAccessibleName(tr("Show entries of this part"));
    m_part->addItem(tr("All parts"), QString());
    m_part->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_part, &QComboBox::currentIndexChanged, this, [this] {
        m_filter.setPart(m_part->currentData().toString());
        showCounts();
    });
    m_search->setObjectName(QStringLiteral("journalSearch"));
    m_search->setAccessibleName(tr("Search the journal"));
    m_search->setPlaceholderText(tr("Search symbol or text"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter.setText(text);
        showCounts();
    });
    m_counts->setObjectName(QStringLiteral("journalCounts"));
    QToolButton* copy = makeButton(tr("Copy"), QStringLiteral("journalCopy"), this);
    copy->setToolTip(tr("Copies the selected entries, or all that are shown"));
    connect(copy, &QToolButton::clicked, this, &JournalPanel::copySelection);
    QToolButton* save = makeButton(tr("Export…"), QStringLiteral("journalExport"), this);
    save->setToolTip(tr("Writes what is shown to a file"));
    connect(save, &QToolButton::clicked, this, &JournalPanel::askAndExport);

    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    const int margin = fontMetrics().height() / 3;
    row->setContentsMargins(margin, margin, margin, 0);
    row->setSpacing(margin);
    row->addWidget(m_severity);
    row->addWidget(m_part);
    row->addWidget(m_search, 1);
    row->addWidget(m_counts);
    row->addWidget(copy);
    row->addWidget(save);
    return bar;
}

void JournalPanel::makeTable()
{
    m_table->setObjectName(QStringLiteral("journalTable"));
    m_table->setAccessibleName(tr("Journal"));
    m_table->setModel(&m_filter);
    dressTable(m_table);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    const QFontMetrics metrics = m_table->fontMetrics();
    const int padding = metrics.height();
    int column = 0;
    for (const char* widest : {"23:59:59.999", "▲ warning", "exchange", "1000PEPEUSDT"})
        m_table->setColumnWidth(column++, metrics.horizontalAdvance(QString::fromUtf8(widest)) + padding);
    m_table->horizontalHeader()->setStretchLastSection(true);
    connect(m_table, &QTableView::activated, this, &JournalPanel::activate);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& shown) {
        if (shown.column() == static_cast<int>(JournalColumn::Symbol))
            activate(shown);
    });
    connect(m_table, &QTableView::customContextMenuRequested, this, &JournalPanel::openMenu);
    auto* copy = new QAction(tr("Copy"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(copy, &QAction::triggered, this, &JournalPanel::copySelection);
    m_table->addAction(copy);
    followEnd();
}

// Until a person scrolls up, the newest entry stays on the screen, whatever comes and however small it becomes.
// As long as the model is there: the table outlives this panel's members, and its bar moves when a window closes.
void JournalPanel::followEnd()
{
    QScrollBar* bar = m_table->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, &m_model, [this, bar](int value) { m_follows = value == bar->maximum(); });
    connect(bar, &QScrollBar::rangeChanged, &m_model, [this, bar](int /*least*/, int most) {
        if (m_follows)
            bar->setValue(most);
    });
}

void JournalPanel::setTheme(const Theme& theme)
{
    m_model.setTheme(theme);
}

void JournalPanel::refresh(const Journal& journal)
{
    countUnread(journal);
    if (!isSeen(*this) || m_model.lastNumber() == journal.lastNumber())
        return;
    m_model.follow(journal);
    offerParts();
    showCounts();
}

void JournalPanel::countUnread(const Journal& journal)
{
    if (isSeen(*this)) {
        m_countedNumber = journal.lastNumber();
        setUnread(0);
        return;
    }
    int unread = m_unreadErrors;
    const auto& entries = journal.entries();
    for (auto entry = entries.rbegin(); entry != entries.rend() && entry->number > m_countedNumber; ++entry)
        unread += entry->severity == Severity::Error ? 1 : 0;
    m_countedNumber = journal.lastNumber();
    setUnread(unread);
}

void JournalPanel::setUnread(int count)
{
    if (count == m_unreadErrors)
        return;
    m_unreadErrors = count;
    Q_EMIT unreadErrorsChanged(count);
}

void JournalPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    setUnread(0);
}

// Parts appear in the list when they have said something.
void JournalPanel::offerParts()
{
    for (int row = m_model.rowCount() - 1; row >= 0 && m_model.entry(row).number > m_offeredNumber; --row) {
        const QString part = QString::fromStdString(m_model.entry(row).part);
        if (m_part->findData(part) < 0)
            m_part->addItem(part, part);
    }
    m_offeredNumber = m_model.lastNumber();
}

void JournalPanel::showCounts()
{
    const QString text =
        m_filter.rowCount() == m_model.rowCount()
            ? tr("%1 entries").arg(format::count(m_model.rowCount()))
            : tr("%1 of %2").arg(format::count(m_filter.rowCount()), format::count(m_model.rowCount()));
    if (m_counts->text() != text)
        m_counts->setText(text);
}

void JournalPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void JournalPanel::clearFilters()
{
    m_severity->setCurrentIndex(0);
    m_part->setCurrentIndex(0);
    m_search->clear();
}

void JournalPanel::showPart(const QString& part)
{
    clearFilters();
    if (m_part->findData(part) < 0)
        m_part->addItem(part, part);
    m_part->setCurrentIndex(m_part->findData(part));
}

void JournalPanel::showErrors()
{
    clearFilters();
    m_severity->setCurrentIndex(static_cast<int>(Severity::Error));
}

void JournalPanel::activate(const QModelIndex& shown)
{
    if (!shown.isValid())
        return;
    const std::string& symbol = m_filter.entry(shown.row()).symbol;
    if (!symbol.empty())
        Q_EMIT symbolActivated(QString::fromStdString(symbol));
}

void JournalPanel::openMenu(const QPoint& at)
{
    const QModelIndex shown = m_table->indexAt(at);
    QMenu menu;
    if (shown.isValid()) {
        const QString symbol = QString::fromStdString(m_filter.entry(shown.row()).symbol);
        const QString part = QString::fromStdString(m_filter.entry(shown.row()).part);
        if (!symbol.isEmpty()) {
            connect(menu.addAction(tr("Inspect %1").arg(symbol)), &QAction::triggered, this,
                    [this, shown] { activate(shown); });
            connect(menu.addAction(tr("Only %1").arg(symbol)), &QAction::triggered, m_search,
                    [this, symbol] { m_search->setText(symbol); });
        }
        connect(menu.addAction(tr("Only %1").arg(part)), &QAction::triggered, this, [this, part] { showPart(part); });
    }
    connect(menu.addAction(tr("Show everything")), &QAction::triggered, this, &JournalPanel::clearFilters);
    menu.addSeparator();
    connect(menu.addAction(tr("Copy")), &QAction::triggered, this, &JournalPanel::copySelection);
    connect(menu.addAction(tr("Export…")), &QAction::triggered, this, &JournalPanel::askAndExport);
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

void JournalPanel::copySelection() const
{
    QModelIndexList chosen = m_table->selectionModel()->selectedRows();
    std::ranges::sort(chosen, {}, &QModelIndex::row);
    QStringList lines;
    for (const QModelIndex& shown : std::as_const(chosen))
        lines << lineOf(m_filter.entry(shown.row()));
    if (chosen.isEmpty()) {
        for (int row = 0; row < m_filter.rowCount(); ++row)
            lines << lineOf(m_filter.entry(row));
    }
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

std::expected<void, QString> JournalPanel::exportTo(const QString& path) const
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Text))
        return std::unexpected(tr("%1: %2").arg(path, file.errorString()));
    file.write(lineOfTitles().toUtf8() + '\n');
    for (int row = 0; row < m_filter.rowCount(); ++row)
        file.write(lineOf(m_filter.entry(row)).toUtf8() + '\n');
    if (!file.commit())
        return std::unexpected(tr("%1: %2").arg(path, file.errorString()));
    return {};
}

void JournalPanel::askAndExport()
{
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export the journal"), QStringLiteral("obmonitor-journal.tsv"),
                                     tr("Tab separated values (*.tsv *.txt);;All files (*)"));
    if (path.isEmpty())
        return;
    if (const auto written = exportTo(path); !written)
        QMessageBox::warning(this, tr("Export the journal"), written.error());
}

} // namespace obm

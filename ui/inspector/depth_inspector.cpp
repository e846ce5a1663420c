#include "ui/inspector/depth_inspector.h"

#include "concurrent/clock.h"
#include "ui/format/format.h"
#include "ui/inspector/depth_chart.h"
#include "ui/inspector/inspector_bar.h"
#include "ui/inspector/redis_panel.h"
#include "ui/inspector/spread_chart.h"
#include "ui/inspector/sync_history_model.h"
#include "ui/ladder/long_ladder.h"
#include "ui/seen.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace obm {

DepthInspector::DepthInspector(PipelineLink& link, BookDemand& demand, const QString& symbol, const Theme& theme,
                               QWidget* parent)
    : QWidget(parent)
    , m_link(link)
    , m_demand(demand)
    , m_symbol(symbol)
    , m_key(symbol.toStdString())
    , m_noLocalBook(QString::fromStdString(link.noLocalBook()))
{
    setObjectName(QStringLiteral("inspector_") + symbol);
    setAccessibleName(tr("Depth of %1").arg(symbol));
    const bool isSimulated = link.config().simulated;
    setWindowTitle(isSimulated ? tr("%1 – depth – SIMULATED").arg(symbol) : tr("%1 – depth").arg(symbol));
    makeParts(theme);
    connectParts();
    setFocusProxy(m_ladder);
}

DepthInspector::~DepthInspector()
{
    demandBooks(false);
}

void DepthInspector::makeParts(const Theme& theme)
{
    m_bar = new InspectorBar(m_symbol, m_link.config().simulated, m_link.canResync(), theme, this);
    m_ladder = new LongLadder(theme, this);
    m_depth = new DepthChart(theme, this);
    m_spread = new SpreadChart(m_spreadHistory, theme, this);
    m_redis = new RedisPanel(theme, this);
    m_hopWords = new QLabel(this);
    m_hopWords->setObjectName(QStringLiteral("inspectorHops"));
    m_hopWords->setAccessibleName(tr("Latency of the last event, hop by hop"));

    auto* const tabs = new QTabWidget(this);
    tabs->setObjectName(QStringLiteral("inspectorTabs"));
    tabs->setAccessibleName(tr("In Redis, and sync history"));
    tabs->setDocumentMode(true);
    tabs->addTab(m_redis, tr("In &Redis"));
    tabs->addTab(m_noLocalBook.isEmpty() ? makeHistory() : makeBlank(tabs), tr("Sync &history"));
    auto* const right = new QSplitter(Qt::Vertical, this);
    for (QWidget* part : {static_cast<QWidget*>(m_depth), static_cast<QWidget*>(m_spread), static_cast<QWidget*>(tabs)})
        right->addWidget(part);
    right->setSizes({fontMetrics().height() * 12, fontMetrics().height() * 10, fontMetrics().height() * 21});
    auto* const both = new QSplitter(Qt::Horizontal, this);
    both->addWidget(m_ladder);
    both->addWidget(right);
    both->setStretchFactor(1, 1);
    both->setChildrenCollapsible(false);

    auto* const column = new QVBoxLayout(this);
    column->addWidget(m_bar);
    column->addWidget(both, 1);
    column->addWidget(m_hopWords);
}

QWidget* DepthInspector::makeHistory()
{
    m_history = new SyncHistoryModel(this);
    auto* const table = new QTableView(this);
    table->setObjectName(QStringLiteral("syncHistory"));
    table->setAccessibleName(tr("How the book was synchronised"));
    table->setModel(m_history);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 6 / 5);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

// In the place of what only a local book can tell.
QWidget* DepthInspector::makeBlank(QWidget* parent)
{
    auto* const label =
        new QLabel(tr("Not known here: %1. What happens from now on is in the journal.").arg(m_noLocalBook), parent);
    label->setObjectName(QStringLiteral("syncHistoryBlank"));
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->setMargin(fontMetrics().height() / 2);
    return label;
}

void DepthInspector::connectParts()
{
    connect(m_bar, &InspectorBar::groupChanged, this, [this](qint64 ticks) {
        m_ladder->setGroup(ticks);
        m_isChartStale = true;
    });
    connect(m_bar, &InspectorBar::unitsChanged, this, [this](LadderUnits units) {
        m_ladder->setUnits(units);
        m_isChartStale = true;
    });
    connect(m_bar, &InspectorBar::centredChanged, m_ladder, &LongLadder::setCentred);
    connect(m_ladder, &LongLadder::centredChanged, m_bar, &InspectorBar::setCentred);
    connect(m_bar, &InspectorBar::logarithmicChanged, m_depth, &DepthChart::setLogarithmic);
    connect(m_bar, &InspectorBar::resyncAsked, this, [this] { m_link.resync(m_key); });
}

void DepthInspector::setTheme(const Theme& theme)
{
    m_bar->setTheme(theme);
    m_ladder->setTheme(theme);
    m_depth->setTheme(theme);
    m_spread->setTheme(theme);
    m_redis->setTheme(theme);
}

QSize DepthInspector::sizeHint() const
{
    const int unit = fontMetrics().height();
    return {unit * 76, unit * 52};
}

void DepthInspector::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    demandBooks(true);
}

void DepthInspector::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    demandBooks(false);
}

void DepthInspector::demandBooks(bool isWanted)
{
    m_demand.setBooks(this, isWanted ? BookDemand::Levels{{m_key, levelsMax}} : BookDemand::Levels());
    m_demand.setRedis(this, isWanted ? std::set<std::string>{m_key} : std::set<std::string>());
}

void DepthInspector::refresh()
{
    if (!isVisible())
        return;
    const auto book = m_link.book(m_key);
    if (book)
        sample(*book);
    if (!isSeen(*this)) // behind another tab
        return;
    const std::int64_t nowMs = steadyMs();
    if (book != m_ladder->ladder().book())
        m_isChartStale = true;
    m_ladder->showBook(book, nowMs);
    refreshChart(nowMs);
}

void DepthInspector::sample(const BookView& book)
{
    const std::int64_t wallMs = epochMs();
    m_hops.seeBook(book);
    if (m_spreadHistory.add(book, wallMs))
        m_spread->showUntil(wallMs);
}

void DepthInspector::refreshChart(std::int64_t nowMs)
{
    if (!m_isChartStale || nowMs - m_chartAtMs < chartMs)
        return;
    const LadderLayout& ladder = m_ladder->ladder();
    m_depth->setSides(ladder.bids(), ladder.asks(), ladder.units());
    m_bar->setTick(ladder.tick());
    m_isChartStale = false;
    m_chartAtMs = nowMs;
}

void DepthInspector::refreshStates(const std::vector<SymbolRow>& rows)
{
    if (!isSeen(*this))
        return;
    const auto found = std::ranges::find(rows, m_key, &SymbolRow::symbol);
    const SymbolRow* const row = found == rows.end() ? nullptr : &*found;
    m_bar->setState(row);
    m_ladder->setReason(reasonOf(row));
    if (const auto book = m_link.book(m_key); book && m_history)
        m_history->setHistory(book->history);
    m_redis->showBook(m_link.redisBook(m_key), m_noLocalBook, epochMs());
    refreshHops();
}

QString DepthInspector::reasonOf(const SymbolRow* row) const
{
    if (!row)
        return tr("%1 is not among the symbols kept here").arg(m_symbol);
    if (row->state == SyncState::Live)
        return tr("the book is on its way");
    return QString::fromStdString(row->words);
}

void DepthInspector::refreshHops()
{
    if (const auto store = m_link.status().store) {
        const auto row = std::ranges::find(store->rows, m_key, &StoreRow::symbol);
        if (row != store->rows.end())
            m_hops.seeStore(*row);
    }
    const HopLatencies& hops = m_hops.latencies();
    const auto text = [](const std::optional<double>& ms) { return format::orBlank(ms, format::latency); };
    const QString words = !m_noLocalBook.isEmpty() ? tr("Last event, hop by hop: not known here, %1").arg(m_noLocalBook)
                          : !hops.bookMs           ? tr("Last event: none seen since this window opened")
                                                   : tr("Last event: exchange %1 → Kafka %2 → book %3 → Redis %4")
                                               .arg(text(hops.exchangeMs), text(hops.kafkaMs), text(hops.bookMs),
                                                    hops.redisMs ? text(hops.redisMs) : tr("not written yet"));
    if (words != m_hopWords->text())
        m_hopWords->setText(words);
}

} // namespace obm

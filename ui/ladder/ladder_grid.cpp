#include "ui/ladder/ladder_grid.h"

#include "concurrent/clock.h"
#include "ui/seen.h"

#include <QAbstractItemView>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <ranges>

namespace obm {

namespace {

constexpr int gap = 6;
constexpr std::size_t levelsToSpare = 10; // so that the tick is learned and held rows do not run dry

} // namespace

LadderGrid::LadderGrid(PipelineLink& link, BookDemand& demand, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_link(link)
    , m_demand(demand)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("ladderGrid"));
    setAccessibleName(tr("Ladders"));
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(gap, gap, gap, gap);
    column->setSpacing(gap);
    makeBar();
    makeArea();
    setTheme(theme);
}

LadderGrid::~LadderGrid()
{
    m_demand.setBooks(this, {});
}

void LadderGrid::makeBar()
{
    auto* const bar = new QHBoxLayout;
    m_add = new QComboBox(this);
    m_add->setObjectName(QStringLiteral("ladderAdd"));
    m_add->setAccessibleName(tr("Add a ladder"));
    m_add->setEditable(true);
    m_add->setInsertPolicy(QComboBox::NoInsert);
    m_add->lineEdit()->setPlaceholderText(tr("Add a symbol"));
    m_add->lineEdit()->setAccessibleName(m_add->accessibleName());
    m_add->setMinimumContentsLength(14);
    connect(m_add, &QComboBox::textActivated, this, [this](const QString& text) {
        addSymbol(text.trimmed().toUpper());
        m_add->setCurrentIndex(-1);
        m_add->clearEditText();
    });
    m_quote = new QCheckBox(tr("Sizes in &quote coin"), this);
    m_quote->setObjectName(QStringLiteral("ladderQuote"));
    connect(m_quote, &QCheckBox::toggled, this,
            [this](bool on) { setUnits(on ? LadderUnits::Quote : LadderUnits::Base); });
    m_simulated = new QLabel(tr("SIMULATED"), this);
    m_simulated->setObjectName(QStringLiteral("ladderSimulated"));
    m_simulated->setVisible(m_link.config().simulated);
    bar->addWidget(m_add);
    bar->addWidget(m_quote);
    bar->addStretch();
    bar->addWidget(m_simulated);
    static_cast<QVBoxLayout*>(layout())->addLayout(bar);
}

void LadderGrid::makeArea()
{
    m_area = new QScrollArea(this);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_canvas = new QWidget;
    m_empty = new QLabel(tr("No ladder is picked. Add a symbol above."), m_canvas);
    m_empty->setAlignment(Qt::AlignCenter);
    m_area->setWidget(m_canvas);
    layout()->addWidget(m_area);
}

void LadderGrid::setTheme(const Theme& theme)
{
    m_theme = theme;
    QPalette badge;
    badge.setColor(QPalette::Window, theme.simulated);
    badge.setColor(QPalette::WindowText, theme.simulatedText);
    m_simulated->setPalette(badge);
    m_simulated->setAutoFillBackground(true);
    m_simulated->setMargin(gap / 2);
    for (LadderWidget* ladder : m_ladders)
        ladder->setTheme(theme);
}

void LadderGrid::setSymbols(const QStringList& symbols)
{
    m_isPicked = true;
    for (LadderWidget* ladder : m_ladders)
        ladder->deleteLater();
    m_ladders.clear();
    for (const QString& symbol : symbols)
        insert(symbol);
    place();
}

QStringList LadderGrid::symbols() const
{
    QStringList all;
    for (const LadderWidget* ladder : m_ladders)
        all.append(ladder->symbol());
    return all;
}

void LadderGrid::addSymbol(const QString& symbol)
{
    const std::size_t before = m_ladders.size();
    m_isPicked = true;
    insert(symbol);
    if (m_ladders.size() == before)
        return;
    place();
    m_area->ensureWidgetVisible(m_ladders.back());
    Q_EMIT symbolsChanged(symbols());
}

void LadderGrid::removeSymbol(const QString& symbol)
{
    LadderWidget* const ladder = find(symbol);
    if (!ladder)
        return;
    std::erase(m_ladders, ladder);
    ladder->deleteLater();
    place();
    Q_EMIT symbolsChanged(symbols());
}

LadderWidget* LadderGrid::find(const QString& symbol) const
{
    const auto found = std::ranges::find(m_ladders, symbol, &LadderWidget::symbol);
    return found == m_ladders.end() ? nullptr : *found;
}

void LadderGrid::insert(const QString& symbol)
{
    if (symbol.isEmpty() || m_ladders.size() >= laddersMax || find(symbol))
        return;
    auto* const ladder = new LadderWidget(symbol, m_theme, m_canvas);
    ladder->setUnits(m_units);
    connect(ladder, &LadderWidget::symbolActivated, this, &LadderGrid::symbolActivated);
    connect(ladder, &LadderWidget::removalAsked, this, &LadderGrid::removeSymbol);
    m_ladders.push_back(ladder);
}

void LadderGrid::place()
{
    const int width = m_area->viewport()->width();
    const QSize least = m_ladders.empty() ? QSize(1, 1) : m_ladders.front()->minimumSizeHint();
    const int count = static_cast<int>(m_ladders.size());
    const int fitting = std::clamp((width + gap) / (least.width() + gap), 1, std::max(1, count));
    const int lines = (count + fitting - 1) / fitting;
    const int columns = lines > 1 ? (count + lines - 1) / lines : fitting; // no line much shorter than the others
    const int each = std::min((width - gap * (columns - 1)) / columns, least.width() * 7 / 4);
    int index = 0;
    for (LadderWidget* ladder : m_ladders) {
        ladder->setGeometry(index % columns * (each + gap), index / columns * (least.height() + gap), each,
                            least.height());
        ladder->show();
        ++index;
    }
    m_canvas->resize(width, std::max(m_empty->sizeHint().height() * 3, lines * (least.height() + gap) - gap));
    m_empty->setGeometry(m_canvas->rect());
    m_empty->setVisible(m_ladders.empty());
}

void LadderGrid::refresh()
{
    if (!isSeen(*this))
        return;
    const std::int64_t nowMs = steadyMs();
    BookDemand::Levels wanted;
    for (LadderWidget* ladder : m_ladders) {
        if (ladder->visibleRegion().isEmpty())
            continue;
        const std::string symbol = ladder->symbol().toStdString();
        wanted[symbol] = LadderWidget::levelsOfSide + levelsToSpare;
        ladder->showBook(m_link.book(symbol), nowMs);
    }
    m_demand.setBooks(this, std::move(wanted));
}

void LadderGrid::refreshStates(const std::vector<SymbolRow>& rows)
{
    pickAtFirst(rows);
    if (!isSeen(*this))
        return;
    offerSymbols(rows);
    for (LadderWidget* ladder : m_ladders) {
        const auto row = std::ranges::find(rows, ladder->symbol().toStdString(), &SymbolRow::symbol);
        ladder->showState(row == rows.end() ? nullptr : &*row);
    }
}

void LadderGrid::pickAtFirst(const std::vector<SymbolRow>& rows)
{
    if (m_isPicked || rows.empty())
        return;
    QStringList first;
    for (const SymbolRow& row : rows | std::views::take(laddersAtFirst))
        first.append(QString::fromStdString(row.symbol));
    setSymbols(first);
}

void LadderGrid::offerSymbols(const std::vector<SymbolRow>& rows)
{
    const bool isInUse = !m_add->currentText().isEmpty() || m_add->view()->isVisible();
    if (m_add->count() == static_cast<int>(rows.size()) || isInUse)
        return;
    QStringList names;
    for (const SymbolRow& row : rows)
        names.append(QString::fromStdString(row.symbol));
    m_add->clear();
    m_add->addItems(names);
    m_add->setCurrentIndex(-1);
}

void LadderGrid::setUnits(LadderUnits units)
{
    m_units = units;
    for (LadderWidget* ladder : m_ladders)
        ladder->setUnits(units);
}

void LadderGrid::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_demand.setBooks(this, {});
}

void LadderGrid::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

} // namespace obm

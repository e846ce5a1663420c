#include "ui/chart/charts_panel.h"

#include "ui/chart/series_chart.h"
#include "ui/format/format.h"
#include "ui/seen.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace obm {

namespace {

QString msText(double ms)
{
    return format::age(std::llround(ms));
}

QString countText(double value)
{
    return format::count(std::llround(value));
}

std::vector<ChartPlan> chartPlans()
{
    using enum SeriesId;
    std::vector<ChartPlan> plans;
    plans.push_back({QStringLiteral("lagChart"),
                     ChartsPanel::tr("Kafka lag, messages"),
                     {{LagMessages, {}}},
                     Stage::KafkaOut,
                     true,
                     format::shortCount,
                     countText});
    plans.push_back({QStringLiteral("behindChart"),
                     ChartsPanel::tr("Kafka lag, time"),
                     {{LagMs, {}}},
                     Stage::KafkaOut,
                     true,
                     msText,
                     msText});
    plans.push_back({QStringLiteral("ratesChart"),
                     ChartsPanel::tr("Rates"),
                     {{ReceivedPerSecond, ChartsPanel::tr("received")},
                      {DeliveredPerSecond, ChartsPanel::tr("to Kafka")},
                      {ConsumedPerSecond, ChartsPanel::tr("from Kafka")}},
                     Stage::Exchange,
                     true,
                     format::shortCount,
                     format::rate});
    plans.push_back({QStringLiteral("latencyChart"),
                     ChartsPanel::tr("Latency"),
                     {{LatencyP50Ms, ChartsPanel::tr("p50")}, {LatencyP99Ms, ChartsPanel::tr("p99")}},
                     Stage::Redis,
                     false,
                     format::latency,
                     format::latency});
    plans.push_back({QStringLiteral("writesChart"),
                     ChartsPanel::tr("Redis writes"),
                     {{WritesPerSecond, {}}},
                     Stage::Redis,
                     true,
                     format::shortCount,
                     format::rate});
    plans.push_back({QStringLiteral("weightChart"),
                     ChartsPanel::tr("REST weight"),
                     {{WeightUsed, ChartsPanel::tr("used")}, {WeightAllowed, ChartsPanel::tr("allowed")}},
                     Stage::Books,
                     true,
                     format::shortCount,
                     countText});
    return plans;
}

// The words of the stage that the values come from; a stage that does well has only just begun.
QString blankOf(const StageRow& row)
{
    return row.blank.empty() ? ChartsPanel::tr("nothing measured in this time yet") : QString::fromStdString(row.blank);
}

} // namespace

ChartsPanel::ChartsPanel(QWidget* parent)
    : QWidget(parent)
    , m_windows(new QButtonGroup(this))
    , m_moment(new QLabel(this))
    , m_grid(new QGridLayout)
{
    setObjectName(QStringLiteral("chartsPanel"));
    setAccessibleName(tr("Charts"));
    setFocusPolicy(Qt::StrongFocus);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(fontMetrics().height() / 3);
    all->setSizeConstraint(QLayout::SetNoConstraint); // how many rows there are follows from the size, not the size
    all->addWidget(makeBar());
    all->addLayout(m_grid, 1);
    m_grid->setSpacing(fontMetrics().height() / 4);
    makeCharts();
}

QWidget* ChartsPanel::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    const int margin = fontMetrics().height() / 3;
    row->setContentsMargins(margin, margin, margin, 0);
    row->setSpacing(margin);
    const auto add = [&](const QString& name, const QString& text, const QString& help, Window window) {
        auto* button = new QToolButton(bar);
        button->setObjectName(name);
        button->setText(text);
        button->setAccessibleName(help);
        button->setToolTip(help);
        button->setCheckable(true);
        button->setChecked(window == m_window);
        button->setFocusPolicy(Qt::TabFocus);
        m_windows->addButton(button, static_cast<int>(window));
        row->addWidget(button);
    };
    add(QStringLiteral("fiveMinutes"), tr("5 min"), tr("The last 5 minutes"), Window::FiveMinutes);
    add(QStringLiteral("oneHour"), tr("1 h"), tr("The last hour"), Window::OneHour);
    connect(m_windows, &QButtonGroup::idClicked, this, [this](int id) { showWindow(static_cast<Window>(id)); });
    m_moment->setObjectName(QStringLiteral("chartMoment"));
    m_moment->setText(tr("values of now"));
    row->addWidget(m_moment);
    row->addStretch(1);
    return bar;
}

void ChartsPanel::makeCharts()
{
    for (ChartPlan& plan : chartPlans()) {
        auto* chart = new SeriesChart(std::move(plan), this);
        connect(chart, &SeriesChart::momentPointedAt, this, &ChartsPanel::showMoment);
        m_charts.push_back(chart);
    }
    arrange();
}

// As many side by side as keeps each about twice as wide as high.
void ChartsPanel::arrange()
{
    const auto count = static_cast<int>(m_charts.size());
    int columns = 1;
    double best = 1e9;
    for (const int candidate : {1, 2, 3, 6}) {
        const double rows = std::ceil(static_cast<double>(count) / candidate);
        const double shape = (static_cast<double>(width()) / candidate) / std::max(1.0, height() / rows);
        constexpr double wanted = 2.2;
        const double fault = std::abs(std::log(shape / wanted));
        if (fault < best) {
            best = fault;
            columns = candidate;
        }
    }
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (SeriesChart* chart : m_charts)
        m_grid->removeWidget(chart);
    for (int i = 0; i < count; ++i)
        m_grid->addWidget(m_charts[static_cast<std::size_t>(i)], i / columns, i % columns);
    for (int i = 0; i < count; ++i) {
        m_grid->setColumnStretch(i, i < columns ? 1 : 0);
        m_grid->setRowStretch(i, i < count / columns ? 1 : 0);
    }
}

void ChartsPanel::setTheme(const Theme& theme)
{
    for (SeriesChart* chart : m_charts)
        chart->setTheme(theme);
    QPalette palette = m_moment->palette();
    palette.setColor(QPalette::WindowText, theme.faintText);
    m_moment->setPalette(palette);
}

void ChartsPanel::showWindow(Window window)
{
    m_windows->button(static_cast<int>(window))->setChecked(true);
    m_window = window;
    m_isDue = true;
    showMoment(std::nullopt);
}

void ChartsPanel::refresh(const SeriesSet& series, const StageRows& stages, std::int64_t nowEpochMs)
{
    // Not `later than`: the machine's clock may be set back.
    m_isDue = m_isDue || nowEpochMs / refreshMs != m_paintedMs / refreshMs;
    if (!m_isDue || !isSeen(*this))
        return;
    m_isDue = false;
    m_paintedMs = nowEpochMs;
    for (SeriesChart* chart : m_charts) {
        const StageRow& stage = stages[static_cast<std::size_t>(chart->plan().stage)];
        chart->refresh(series, m_window, nowEpochMs, blankOf(stage));
    }
}

void ChartsPanel::showMoment(std::optional<std::int64_t> epochMs)
{
    m_momentMs = epochMs;
    const QString text = epochMs ? tr("values of %1").arg(format::clockTime(*epochMs)) : tr("values of now");
    if (m_moment->text() != text)
        m_moment->setText(text);
    for (SeriesChart* chart : m_charts)
        chart->showMoment(epochMs);
}

QString ChartsPanel::text() const
{
    QStringList lines;
    for (const SeriesChart* chart : m_charts)
        lines << chart->words();
    return lines.join(QLatin1Char('\n'));
}

QSize ChartsPanel::minimumSizeHint() const
{
    const QSize chart = m_charts.front()->minimumSizeHint();
    constexpr int linesOfBar = 2;
    return {chart.width(), chart.height() + linesOfBar * fontMetrics().height()};
}

void ChartsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
    m_isDue = true;
}

void ChartsPanel::keyPressEvent(QKeyEvent* event)
{
    constexpr int stepsAtOnce = 5;
    const std::int64_t strideMs = stepMsOf(m_window) * stepsAtOnce;
    const std::int64_t at = m_momentMs.value_or(m_paintedMs);
    if (event->key() == Qt::Key_Left)
        showMoment(std::max(at - strideMs, m_paintedMs - lengthMsOf(m_window)));
    else if (event->key() == Qt::Key_Right && at + strideMs < m_paintedMs)
        showMoment(at + strideMs);
    else if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Escape)
        showMoment(std::nullopt);
    else
        QWidget::keyPressEvent(event);
}

} // namespace obm

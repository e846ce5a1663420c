#include "ui/chart/series_chart.h"

#include "ui/format/format.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QMouseEvent>
#include <QPainter>
#include <QPen>
#include <QValueAxis>

#include <algorithm>
#include <utility>

namespace obm {

namespace {

constexpr double linePixels = 1.6;
constexpr Qt::PenStyle lineStyles[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine,
                                       Qt::DashDotLine}; // not by colour alone

QString minuteText(std::int64_t epochMs)
{
    constexpr int secondsSize = 3; // ":00"
    return format::clockTime(epochMs).chopped(secondsSize);
}

} // namespace

SeriesChart::SeriesChart(ChartPlan plan, QWidget* parent)
    : QChartView(parent)
    , m_plan(std::move(plan))
    , m_times(new QValueAxis(chart()))
    , m_values(new QValueAxis(chart()))
    , m_lines(m_plan.lines.size())
{
    setObjectName(m_plan.name);
    setAccessibleName(m_plan.title);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // the panel has the keys
    viewport()->setFocusPolicy(Qt::NoFocus);
    setRenderHint(QPainter::Antialiasing);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    viewport()->setMouseTracking(true);
    chart()->legend()->hide();
    chart()->setBackgroundVisible(false);
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->addAxis(m_times, Qt::AlignBottom);
    chart()->addAxis(m_values, Qt::AlignLeft);
    m_times->setVisible(false); // painted here
    m_values->setVisible(false);
}

void SeriesChart::setTheme(const Theme& theme)
{
    m_theme = theme;
    for (std::size_t number = 0; number < m_lines.size(); ++number) {
        for (QLineSeries* stretch : m_lines[number].stretches)
            dress(stretch, number);
    }
    viewport()->update();
}

void SeriesChart::refresh(const SeriesSet& series, Window window, std::int64_t nowEpochMs, const QString& blank)
{
    m_window = window;
    m_nowMs = nowEpochMs;
    m_blank = blank;
    double highest = 0;
    for (std::size_t number = 0; number < m_lines.size(); ++number) {
        std::vector<SeriesPoint>& points = m_lines[number].points;
        points = series[static_cast<std::size_t>(m_plan.lines[number].id)].points(window);
        std::erase_if(points, [this](const SeriesPoint& point) { return point.epochMs < fromMs(); });
        for (const SeriesPoint& point : points)
            highest = std::max(highest, point.value);
    }
    m_scale = valueAxis(highest, std::max(1, height() / (4 * fontMetrics().height())), m_plan.isWhole);
    m_times->setRange(static_cast<double>(fromMs()), static_cast<double>(m_nowMs));
    m_values->setRange(0, m_scale.most);
    for (std::size_t number = 0; number < m_lines.size(); ++number)
        draw(number);
    place();
    tellMoment(); // the pointer rests, and time goes on
    if (const QString said = words(); said != accessibleDescription())
        setAccessibleDescription(said);
    viewport()->update();
}

void SeriesChart::draw(std::size_t number)
{
    Line& line = m_lines[number];
    const std::vector<QList<QPointF>> stretches = stretchesOf(line.points, stepMsOf(m_window));
    while (line.stretches.size() < stretches.size()) {
        auto* stretch = new QLineSeries(chart());
        chart()->addSeries(stretch);
        stretch->attachAxis(m_times);
        stretch->attachAxis(m_values);
        dress(stretch, number);
        line.stretches.push_back(stretch);
    }
    for (std::size_t i = 0; i < line.stretches.size(); ++i) {
        if (i < stretches.size())
            line.stretches[i]->replace(stretches[i]);
        else if (line.stretches[i]->count() > 0)
            line.stretches[i]->clear();
    }
}

QPen SeriesChart::penOf(std::size_t number) const
{
    return {m_theme.series[number % m_theme.series.size()], linePixels, lineStyles[number % std::size(lineStyles)],
            Qt::FlatCap, Qt::RoundJoin};
}

void SeriesChart::dress(QLineSeries* stretch, std::size_t number) const
{
    stretch->setPen(penOf(number));
}

// The lines of the axes have their place as soon as their labels have theirs.
void SeriesChart::place()
{
    const int line = fontMetrics().height();
    int labels = fontMetrics().horizontalAdvance(QStringLiteral("0000"));
    for (double value = 0; value <= m_scale.most; value += m_scale.step)
        labels = std::max(labels, fontMetrics().horizontalAdvance(m_plan.axisText(value)));
    const double left = labels + line;
    const double top = line * 1.9;
    m_plot = QRectF(left, top, width() - left - line * 0.7, height() - top - line * 1.4);
    if (m_plot.width() > 0 && m_plot.height() > 0 && chart()->plotArea() != m_plot)
        chart()->setPlotArea(m_plot);
}

void SeriesChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    place();
}

QSize SeriesChart::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 50, fontMetrics().height() * 12};
}

QSize SeriesChart::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 18, fontMetrics().height() * 5};
}

double SeriesChart::xOf(std::int64_t epochMs) const
{
    return m_plot.left() +
           static_cast<double>(epochMs - fromMs()) / static_cast<double>(lengthMsOf(m_window)) * m_plot.width();
}

double SeriesChart::yOf(double value) const
{
    return m_plot.bottom() - value / m_scale.most * m_plot.height();
}

int SeriesChart::wantedTimes() const
{
    return std::max(1,
                    static_cast<int>(m_plot.width()) / (2 * fontMetrics().horizontalAdvance(QStringLiteral("00:00"))));
}

bool SeriesChart::isEmpty() const
{
    return std::ranges::all_of(m_lines, [](const Line& line) { return line.points.empty(); });
}

QString SeriesChart::valueTextOf(std::size_t number) const
{
    const std::optional<double> value =
        valueAt(m_lines[number].points, m_momentMs.value_or(m_nowMs), stepMsOf(m_window));
    return format::orBlank(value, m_plan.valueText);
}

QString SeriesChart::lineTextOf(std::size_t number) const
{
    const QString& name = m_plan.lines[number].name;
    return name.isEmpty() ? valueTextOf(number) : QStringLiteral("%1 %2").arg(name, valueTextOf(number));
}

QString SeriesChart::words() const
{
    if (isEmpty())
        return tr("%1: %2").arg(m_plan.title, m_blank);
    QStringList lines;
    for (std::size_t number = 0; number < m_lines.size(); ++number)
        lines << lineTextOf(number);
    return tr("%1 at %2: %3")
        .arg(m_plan.title, format::clockTime(m_momentMs.value_or(m_nowMs)), lines.join(QStringLiteral(", ")));
}

void SeriesChart::showMoment(std::optional<std::int64_t> epochMs)
{
    if (epochMs == m_momentMs)
        return;
    m_momentMs = epochMs;
    viewport()->update();
}

void SeriesChart::tellMoment()
{
    if (!m_pointerX)
        return;
    const double share = (*m_pointerX - m_plot.left()) / m_plot.width();
    if (share < 0 || share > 1)
        Q_EMIT momentPointedAt(std::nullopt);
    else
        Q_EMIT momentPointedAt(fromMs() + static_cast<std::int64_t>(share * static_cast<double>(lengthMsOf(m_window))));
}

void SeriesChart::mouseMoveEvent(QMouseEvent* event)
{
    m_pointerX = event->position().x();
    tellMoment();
}

void SeriesChart::leaveEvent(QEvent* event)
{
    QChartView::leaveEvent(event);
    m_pointerX.reset();
    Q_EMIT momentPointedAt(std::nullopt);
}

void SeriesChart::drawBackground(QPainter* painter, const QRectF& /*rect*/)
{
    painter->fillRect(viewport()->rect(), m_theme.panel);
    painter->setRenderHint(QPainter::Antialiasing, false);
    paintAxes(*painter);
    painter->setRenderHint(QPainter::Antialiasing);
}

void SeriesChart::drawForeground(QPainter* painter, const QRectF& /*rect*/)
{
    painter->setFont(font());
    paintHead(*painter);
    if (isEmpty())
        paintBlank(*painter);
    else if (m_momentMs)
        paintMoment(*painter);
}

void SeriesChart::paintAxes(QPainter& painter) const
{
    painter.setFont(font());
    const int line = fontMetrics().height();
    for (double value = 0; value <= m_scale.most + m_scale.step / 2; value += m_scale.step) {
        const int y = static_cast<int>(yOf(value));
        painter.setPen(m_theme.line);
        painter.drawLine(static_cast<int>(m_plot.left()), y, static_cast<int>(m_plot.right()), y);
        painter.setPen(m_theme.faintText);
        painter.drawText(QRectF(0, y - line / 2.0, m_plot.left() - line * 0.4, line), Qt::AlignRight | Qt::AlignVCenter,
                         m_plan.axisText(value));
    }
    for (const std::int64_t tick : timeTicks(fromMs(), m_nowMs, wantedTimes())) {
        const QString text = minuteText(tick);
        const double width = fontMetrics().horizontalAdvance(text);
        const double x = xOf(tick);
        painter.setPen(m_theme.line);
        painter.drawLine(QPointF(x, m_plot.bottom()), QPointF(x, m_plot.bottom() + line * 0.25));
        painter.setPen(m_theme.faintText);
        painter.drawText(
            QRectF(std::min(x - width / 2, this->width() - width), m_plot.bottom() + line * 0.3, width, line),
            Qt::AlignCenter | Qt::TextDontClip, text);
    }
}

// The title, and at the right each line's sign, name and value; without the names where there is no room for them.
void SeriesChart::paintHead(QPainter& painter) const
{
    const int line = fontMetrics().height();
    const int sign = line * 3 / 4;
    const int gap = line / 3;
    QStringList shortTexts;
    QStringList longTexts;
    int longWidth = 0;
    for (std::size_t number = 0; number < m_lines.size(); ++number) {
        shortTexts << valueTextOf(number);
        longTexts << lineTextOf(number);
        // As wide as it may become: a head that changes its shape with each value is restless.
        const QString widest = m_plan.lines[number].name + QStringLiteral(" 00,000 ms");
        longWidth += sign + 2 * gap + fontMetrics().horizontalAdvance(widest);
    }
    QFont bold = font();
    bold.setBold(true);
    const int titleWidth = QFontMetrics(bold).horizontalAdvance(m_plan.title) + gap;
    const bool hasRoom = longWidth + titleWidth < m_plot.right() - gap;
    const QStringList& texts = hasRoom ? longTexts : shortTexts;
    double x = m_plot.right();
    const double top = line * 0.35;
    for (auto number = texts.size(); number-- > 0;) {
        const int width = fontMetrics().horizontalAdvance(texts[number]);
        painter.setPen(m_theme.text);
        painter.drawText(QRectF(x - width, top, width, line), Qt::AlignCenter | Qt::TextDontClip, texts[number]);
        x -= width + gap / 2;
        if (texts.size() > 1) {
            painter.setPen(penOf(static_cast<std::size_t>(number)));
            painter.drawLine(QPointF(x - sign, top + line / 2.0), QPointF(x, top + line / 2.0));
            x -= sign;
        }
        x -= gap;
    }
    painter.setFont(bold);
    painter.setPen(m_theme.text);
    const QRectF room(gap, top, std::max(0.0, x - gap), line);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(bold).elidedText(m_plan.title, Qt::ElideRight, static_cast<int>(room.width())));
    painter.setFont(font());
}

void SeriesChart::paintBlank(QPainter& painter) const
{
    painter.setPen(m_theme.faintText);
    painter.drawText(m_plot, Qt::AlignCenter | Qt::TextWordWrap, m_blank);
}

void SeriesChart::paintMoment(QPainter& painter) const
{
    const double x = xOf(*m_momentMs);
    if (x < m_plot.left() || x > m_plot.right())
        return;
    painter.setPen(QPen(m_theme.faintText, 1));
    painter.drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));
    for (std::size_t number = 0; number < m_lines.size(); ++number) {
        const auto value = valueAt(m_lines[number].points, *m_momentMs, stepMsOf(m_window));
        if (!value)
            continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(penOf(number).color());
        painter.drawEllipse(QPointF(x, yOf(*value)), 2.5 * linePixels, 2.5 * linePixels);
    }
    painter.setBrush(Qt::NoBrush);
    if (m_pointerX)
        paintBox(painter, x);
}

// Beside the pointer: the moment, and every line by its name.
void SeriesChart::paintBox(QPainter& painter, double atX) const
{
    QStringList rows{format::clockTime(*m_momentMs)};
    for (std::size_t number = 0; number < m_lines.size(); ++number)
        rows << lineTextOf(number);
    const int line = fontMetrics().height();
    int widest = 0;
    for (const QString& row : std::as_const(rows))
        widest = std::max(widest, fontMetrics().horizontalAdvance(row));
    const QSizeF size(widest + line, static_cast<double>(rows.size()) * line + line * 0.4);
    const bool isLeft = atX > m_plot.center().x();
    const double x = isLeft ? atX - size.width() - line * 0.5 : atX + line * 0.5;
    const QRectF box(QPointF(std::clamp(x, 0.0, std::max(0.0, width() - size.width())), m_plot.top()), size);
    painter.setPen(m_theme.line);
    painter.setBrush(m_theme.raised);
    painter.drawRect(box);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(m_theme.text);
    painter.drawText(box.adjusted(line * 0.5, line * 0.2, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                     rows.join(QLatin1Char('\n')));
}

} // namespace obm

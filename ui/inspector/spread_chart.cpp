#include "ui/inspector/spread_chart.h"

#include "ui/format/format.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace obm {

namespace {

constexpr int valueLines = 2;
constexpr double headroom = 1.15;
constexpr int minutesShown = static_cast<int>(SpreadHistory::keptMs / 60'000);

QString basisPoints(double value)
{
    return QString::number(value, 'f', value < 0.1 ? 3 : value < 10 ? 2 : 0);
}

QString signedPercent(double value)
{
    return QStringLiteral("%1%2 %").arg(value > 0 ? QStringLiteral("+") : QString()).arg(std::lround(value * 100));
}

} // namespace

SpreadChart::SpreadChart(const SpreadHistory& history, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_history(history)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("spreadChart"));
    setAccessibleName(tr("Spread and imbalance over time"));
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void SpreadChart::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

void SpreadChart::showUntil(std::int64_t epochMs)
{
    m_untilMs = epochMs;
    update();
}

QSize SpreadChart::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 10};
}

QSize SpreadChart::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, fontMetrics().height() * 7};
}

AxisSpan SpreadChart::timeAxis() const
{
    const QRect plot = spreadStrip().plot;
    return {.least = static_cast<double>(m_untilMs - SpreadHistory::keptMs),
            .most = static_cast<double>(m_untilMs),
            .from = static_cast<double>(plot.left()),
            .to = static_cast<double>(plot.right())};
}

SpreadChart::Strip SpreadChart::spreadStrip() const
{
    const int line = fontMetrics().height();
    const int right = fontMetrics().horizontalAdvance(QStringLiteral("00.0000k"));
    const int height = (this->height() - line * 3) / 2;
    double most = 0;
    for (const SpreadPoint& point : m_history.points())
        most = std::max(most, point.spreadBasisPoints);
    const QRect plot(line / 2, line, width() - right - line / 2, height - line / 3);
    return {.plot = plot,
            .values = {.least = 0,
                       .most = most > 0 ? most * headroom : 1,
                       .from = static_cast<double>(plot.bottom()),
                       .to = static_cast<double>(plot.top())},
            .valueOf = [](const SpreadPoint& point) { return point.spreadBasisPoints; },
            .textOf = basisPoints,
            .name = tr("Spread, basis points")};
}

SpreadChart::Strip SpreadChart::imbalanceStrip() const
{
    QRect plot = spreadStrip().plot;
    plot.translate(0, plot.height() + fontMetrics().height() * 4 / 3);
    return {.plot = plot,
            .values = {.least = -1,
                       .most = 1,
                       .from = static_cast<double>(plot.bottom()),
                       .to = static_cast<double>(plot.top())},
            .valueOf = [](const SpreadPoint& point) { return point.imbalance; },
            .textOf = signedPercent,
            .name = tr("Imbalance of the best %1 levels (+ bids)").arg(SpreadHistory::levelsOfSide)};
}

void SpreadChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.panel);
    paintTimes(painter);
    paintStrip(painter, spreadStrip(), m_theme.spread);
    paintStrip(painter, imbalanceStrip(), m_theme.accent);
    paintHover(painter);
}

void SpreadChart::paintTimes(QPainter& painter) const
{
    const AxisSpan times = timeAxis();
    const QRect plot = imbalanceStrip().plot;
    painter.setPen(m_theme.faintText);
    for (int minute = 0; minute <= minutesShown; ++minute) {
        const int x = static_cast<int>(times.pixel(times.most - minute * 60'000.0));
        const QString text = minute == 0 ? tr("now") : tr("-%1 min").arg(minute);
        const int width = fontMetrics().horizontalAdvance(text);
        painter.drawText(std::clamp(x - width / 2, 0, plot.right() - width + 1), plot.bottom() + fontMetrics().height(),
                         text);
    }
}

void SpreadChart::paintStrip(QPainter& painter, const Strip& strip, const QColor& colour) const
{
    const int textHeight = fontMetrics().height();
    painter.setPen(m_theme.faintText);
    painter.drawText(strip.plot.left(), strip.plot.top() - textHeight / 5, strip.name);
    for (const double tick : roundTicks(strip.values.least, strip.values.most, valueLines)) {
        const int y = static_cast<int>(strip.values.pixel(tick));
        painter.setPen(m_theme.line);
        painter.drawLine(strip.plot.left(), y, strip.plot.right(), y);
        painter.setPen(m_theme.faintText);
        painter.drawText(QRect(strip.plot.right() + textHeight / 3, y - textHeight / 2, width(), textHeight),
                         Qt::AlignLeft, strip.textOf(tick));
    }
    painter.setPen(colour);
    const AxisSpan times = timeAxis();
    QPolygonF line;
    std::int64_t lastMs = 0;
    for (const SpreadPoint& point : m_history.points()) {
        const QPointF place(times.pixel(static_cast<double>(point.epochMs)), strip.values.pixel(strip.valueOf(point)));
        if (point.epochMs - lastMs > SpreadHistory::holeMs) {
            painter.drawPolyline(line);
            line.clear();
        }
        if (place.x() >= times.from)
            line << place;
        lastMs = point.epochMs;
    }
    painter.drawPolyline(line);
}

QString SpreadChart::wordsAt(int x) const
{
    const auto atMs = static_cast<std::int64_t>(timeAxis().value(x));
    const auto after = std::ranges::lower_bound(m_history.points(), atMs, {}, &SpreadPoint::epochMs);
    if (after == m_history.points().end() || after->epochMs - atMs > SpreadHistory::holeMs)
        return {};
    return tr("%1: spread %2 bp, imbalance %3")
        .arg(format::clockTime(after->epochMs), basisPoints(after->spreadBasisPoints), signedPercent(after->imbalance));
}

void SpreadChart::paintHover(QPainter& painter) const
{
    const QString words = m_hoverX < 0 ? QString() : wordsAt(m_hoverX);
    if (words.isEmpty())
        return;
    const QRect plot = spreadStrip().plot;
    painter.setPen(m_theme.accent);
    painter.drawLine(m_hoverX, plot.top(), m_hoverX, imbalanceStrip().plot.bottom());
    const int height = fontMetrics().height();
    const int width = fontMetrics().horizontalAdvance(words) + height;
    const QRect box(std::clamp(m_hoverX - width / 2, 0, std::max(0, plot.right() - width)), plot.top(), width,
                    height * 3 / 2);
    painter.fillRect(box, m_theme.raised);
    painter.setPen(m_theme.text);
    painter.drawText(box, Qt::AlignCenter, words);
}

void SpreadChart::mouseMoveEvent(QMouseEvent* event)
{
    m_hoverX = static_cast<int>(event->position().x());
    update();
}

void SpreadChart::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_hoverX = -1;
    update();
}

} // namespace obm

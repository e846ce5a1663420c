#include "ui/inspector/depth_chart.h"

#include "ui/format/format.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace obm {

namespace {

constexpr int priceLines = 7;
constexpr int sumLines = 4;
constexpr double headroom = 1.08; // above the largest sum

double sumOf(const LadderSide& side)
{
    return side.rows().empty() ? 0 : static_cast<double>(side.rows().back().total);
}

double bestSumOf(const LadderSide& side)
{
    return side.rows().empty() ? 0 : static_cast<double>(side.rows().front().total);
}

double unitsOf(Decimal price)
{
    return static_cast<double>(price.units());
}

} // namespace

DepthChart::DepthChart(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("depthChart"));
    setAccessibleName(tr("Cumulative depth"));
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void DepthChart::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

void DepthChart::setLogarithmic(bool on)
{
    m_isLogarithmic = on;
    update();
}

void DepthChart::setSides(const LadderSide& bids, const LadderSide& asks, LadderUnits units)
{
    m_bids = bids;
    m_asks = asks;
    m_units = units;
    update();
    if (isEmpty())
        return;
    const double bid = unitsOf(m_bids.rows().front().price);
    const double ask = unitsOf(m_asks.rows().front().price);
    m_mid = (bid + ask) / 2;
    m_extent = std::max(m_mid - unitsOf(m_bids.rows().back().price), unitsOf(m_asks.rows().back().price) - m_mid);
    m_mostSum = std::max(sumOf(m_bids), sumOf(m_asks));
    m_leastSum = std::min(bestSumOf(m_bids), bestSumOf(m_asks));
}

QSize DepthChart::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 14};
}

QSize DepthChart::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, fontMetrics().height() * 6};
}

QRect DepthChart::plotRect() const
{
    const int right = fontMetrics().horizontalAdvance(QStringLiteral("00.0000k"));
    return rect().adjusted(fontMetrics().height() / 2, fontMetrics().height() / 2, -right,
                           -fontMetrics().height() * 3 / 2);
}

AxisSpan DepthChart::priceAxis() const
{
    const QRect plot = plotRect();
    return {.least = m_mid - m_extent,
            .most = m_mid + m_extent,
            .from = static_cast<double>(plot.left()),
            .to = static_cast<double>(plot.right())};
}

double DepthChart::scaled(double sum) const
{
    return m_isLogarithmic ? std::log10(std::max(sum, 1.0)) : sum;
}

double DepthChart::unscaled(double scaledSum) const
{
    return m_isLogarithmic ? std::pow(10.0, scaledSum) : scaledSum;
}

AxisSpan DepthChart::sumAxis() const
{
    const QRect plot = plotRect();
    return {.least = m_isLogarithmic ? std::floor(scaled(m_leastSum)) : 0,
            .most = scaled(m_mostSum * headroom),
            .from = static_cast<double>(plot.bottom()),
            .to = static_cast<double>(plot.top())};
}

QString DepthChart::priceText(double price) const
{
    const int digits = m_asks.rows().front().price.fractionDigits();
    return QString::number(price / static_cast<double>(Decimal::unitsPerOne), 'f', digits);
}

void DepthChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.panel);
    if (isEmpty()) {
        painter.setPen(m_theme.faintText);
        painter.drawText(rect(), Qt::AlignCenter, tr("no book on both sides"));
        return;
    }
    paintGrid(painter);
    paintSide(painter, m_bids);
    paintSide(painter, m_asks);
    paintHover(painter);
}

void DepthChart::paintGrid(QPainter& painter) const
{
    const QRect plot = plotRect();
    const AxisSpan prices = priceAxis();
    const AxisSpan sums = sumAxis();
    const int textHeight = fontMetrics().height();
    const double one = std::pow(10.0, scaleDigits(m_units));
    for (const double tick : roundTicks(sums.least, sums.most, sumLines)) {
        const int y = static_cast<int>(sums.pixel(tick));
        painter.setPen(m_theme.line);
        painter.drawLine(plot.left(), y, plot.right(), y);
        painter.setPen(m_theme.faintText);
        painter.drawText(QRect(plot.right() + textHeight / 3, y - textHeight / 2, width(), textHeight), Qt::AlignLeft,
                         format::shortCount(unscaled(tick) / one));
    }
    for (const double tick : roundTicks(prices.least, prices.most, priceLines)) {
        const int x = static_cast<int>(prices.pixel(tick));
        painter.setPen(m_theme.line);
        painter.drawLine(x, plot.top(), x, plot.bottom());
        painter.setPen(m_theme.faintText);
        const QRect label(x - plot.width() / 4, plot.bottom() + 2, plot.width() / 2, textHeight);
        painter.drawText(label, Qt::AlignHCenter, priceText(tick));
    }
}

// A step for every pixel: the sum at the price below it.
void DepthChart::paintSide(QPainter& painter, const LadderSide& side) const
{
    const bool isBid = side.side() == BookSide::Bid;
    const AxisSpan prices = priceAxis();
    const AxisSpan sums = sumAxis();
    const int best = static_cast<int>(prices.pixel(unitsOf(side.rows().front().price)));
    const int worst = static_cast<int>(prices.pixel(unitsOf(side.rows().back().price)));
    const int step = isBid ? -1 : 1;
    QPolygonF line;
    for (int x = best; x != worst + step; x += step) {
        const auto price = Decimal::fromParts(static_cast<std::int64_t>(prices.value(x)), 0);
        const Amount sum = std::max(side.totalThrough(price), side.rows().front().total);
        const double y = sums.pixel(scaled(static_cast<double>(sum)));
        if (!line.isEmpty() && line.last().y() != y)
            line << QPointF(x, line.last().y());
        if (line.isEmpty() || line.last().y() != y)
            line << QPointF(x, y);
    }
    line << QPointF(worst, line.last().y());
    QPolygonF area = line;
    area << QPointF(worst, sums.from) << QPointF(best, sums.from);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isBid ? m_theme.bidBar : m_theme.askBar);
    painter.drawPolygon(area);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(isBid ? m_theme.bid : m_theme.ask);
    painter.drawPolyline(line);
}

QString DepthChart::wordsAt(int x) const
{
    if (isEmpty())
        return {};
    const double price = priceAxis().value(x);
    const LadderSide& side = price < m_mid ? m_bids : m_asks;
    const auto exact = Decimal::fromParts(static_cast<std::int64_t>(std::clamp(price, 0.0, 9.2e18)), 0);
    const Amount sum = side.totalThrough(exact);
    const bool isBetween = sum == 0;
    const bool isBeyond = side.rowAt(exact) == side.rows().size();
    if (isBetween || isBeyond)
        return {};
    const QString far = QString::number(std::abs(price - m_mid) / m_mid * 100, 'f', 2);
    const QString text = amountText(sum, styleFor(sum, m_units, side.quantityDecimals()));
    return (&side == &m_bids ? tr("%1: %2 on the bids, %3 % from the mid")
                             : tr("%1: %2 on the asks, %3 % from the mid"))
        .arg(priceText(price), text, far);
}

void DepthChart::paintHover(QPainter& painter) const
{
    const QString words = m_hoverX < 0 ? QString() : wordsAt(m_hoverX);
    if (words.isEmpty())
        return;
    const QRect plot = plotRect();
    painter.setPen(m_theme.accent);
    painter.drawLine(m_hoverX, plot.top(), m_hoverX, plot.bottom());
    const int height = fontMetrics().height();
    const int width = fontMetrics().horizontalAdvance(words) + height;
    const int left = std::clamp(m_hoverX - width / 2, plot.left(), std::max(plot.left(), plot.right() - width));
    const QRect box(left, plot.top(), width, height * 3 / 2);
    painter.fillRect(box, m_theme.raised);
    painter.setPen(m_theme.text);
    painter.drawText(box, Qt::AlignCenter, words);
}

void DepthChart::mouseMoveEvent(QMouseEvent* event)
{
    m_hoverX = static_cast<int>(event->position().x());
    update();
}

void DepthChart::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_hoverX = -1;
    update();
}

} // namespace obm

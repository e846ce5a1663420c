#include "ui/ladder/ladder_painter.h"

#include <QFontMetrics>

namespace obm {

namespace {

constexpr double flashShare = 0.2; // of the flash colour, a step
constexpr std::string_view ordinaryPrice = "000000.00";
constexpr std::string_view ordinaryAmount = "00000.000";

} // namespace

QString spreadText(const LadderFrame& frame)
{
    if (!frame.spread)
        return {};
    return LadderPainter::tr("spread %1 · %2 bp")
        .arg(QString::fromStdString(frame.spread->toString()), QString::number(frame.spreadBasisPoints, 'f', 2));
}

LadderPainter::LadderPainter(const QFont& font, const Theme& theme)
    : m_theme(theme)
    , m_font(font)
    , m_digits(font)
{
    const QFontMetrics metrics(font);
    m_rowHeight = metrics.height() + metrics.height() / 5;
    m_ascent = (m_rowHeight - metrics.height()) / 2 + metrics.ascent();
    m_margin = metrics.height() / 2;
}

int LadderPainter::leastWidth() const
{
    return static_cast<int>(m_digits.width(ordinaryPrice) + 2 * m_digits.width(ordinaryAmount)) + 4 * m_margin;
}

QRect LadderPainter::rowRect(const QRect& area, int row) const
{
    return {area.left(), area.top() + row * m_rowHeight, area.width(), m_rowHeight};
}

QRegion LadderPainter::changedRows(const QRect& area, const LadderFrame& before, const LadderFrame& now) const
{
    const bool isAllNew = now.rows.size() != before.rows.size() || now.sizeStyle != before.sizeStyle ||
                          now.totalStyle != before.totalStyle;
    if (isAllNew)
        return area;
    const bool isSpreadNew =
        now.spread != before.spread || now.isHeld != before.isHeld || now.spreadBasisPoints != before.spreadBasisPoints;
    QRegion changed;
    for (std::size_t i = 0; i < now.rows.size(); ++i) {
        const bool isSpread = now.rows[i].kind == LadderRowKind::Spread;
        if (now.rows[i] != before.rows[i] || (isSpread && isSpreadNew))
            changed += rowRect(area, static_cast<int>(i));
    }
    return changed;
}

LadderPainter::Columns LadderPainter::columnsOf(const QRect& area) const
{
    const int width = area.width() - 2 * m_margin;
    const int left = area.left() + m_margin;
    return {left + width * 30 / 100, left + width * 64 / 100, left + width};
}

void LadderPainter::paintHeadings(QPainter& painter, const QRect& line, LadderUnits units) const
{
    const Columns columns = columnsOf(line);
    painter.setFont(m_font);
    painter.setPen(m_theme.faintText);
    const auto heading = [&](int right, const QString& text) {
        painter.drawText(QRect(line.left(), line.top(), right - line.left(), line.height()),
                         Qt::AlignRight | Qt::AlignVCenter, text);
    };
    heading(columns.price, tr("Price"));
    heading(columns.size, units == LadderUnits::Base ? tr("Size") : tr("Value"));
    heading(columns.total, tr("Sum"));
}

void LadderPainter::paintRows(QPainter& painter, const QRect& area, const LadderFrame& frame, const QRegion& dirty)
{
    for (int i = 0; i < static_cast<int>(frame.rows.size()); ++i) {
        const QRect rect = rowRect(area, i);
        if (!dirty.intersects(rect))
            continue;
        const LadderRow& row = frame.rows[static_cast<std::size_t>(i)];
        if (row.kind == LadderRowKind::Spread)
            paintSpread(painter, rect, frame);
        else
            paintRow(painter, rect, row);
        addTexts(area, rect, row, frame);
    }
    m_bidPrices.draw(painter, m_digits, m_theme.bid);
    m_askPrices.draw(painter, m_digits, m_theme.ask);
    m_sizes.draw(painter, m_digits, m_theme.text);
    m_totals.draw(painter, m_digits, m_theme.faintText);
}

void LadderPainter::paintRow(QPainter& painter, const QRect& rect, const LadderRow& row) const
{
    painter.fillRect(rect, m_theme.panel);
    if (row.kind == LadderRowKind::Blank)
        return;
    const QColor& bar = row.kind == LadderRowKind::Bid ? m_theme.bidBar : m_theme.askBar;
    const auto fill = [&](int share, const QColor& colour) {
        const int width = rect.width() * share / LadderFrame::barFull;
        painter.fillRect(rect.right() + 1 - width, rect.top(), width, rect.height() - 1, colour);
    };
    fill(row.totalBar, mixed(m_theme.panel, bar, 0.45));
    fill(row.sizeBar, bar);
    if (row.flash > 0) {
        QColor flash = m_theme.flash;
        flash.setAlphaF(static_cast<float>(flashShare * row.flash));
        const int right = columnsOf(rect).price + m_margin / 2; // behind the price: bars keep their colours
        painter.fillRect(QRect(rect.left(), rect.top(), right - rect.left(), rect.height() - 1), flash);
    }
}

void LadderPainter::paintSpread(QPainter& painter, const QRect& rect, const LadderFrame& frame) const
{
    painter.fillRect(rect, m_theme.raised);
    painter.setFont(m_font);
    painter.setPen(m_theme.spread);
    const QString held = frame.isHeld ? tr("held · ") : QString();
    painter.drawText(rect.adjusted(m_margin, 0, -m_margin, 0), Qt::AlignCenter, held + spreadText(frame));
}

void LadderPainter::addTexts(const QRect& area, const QRect& rect, const LadderRow& row, const LadderFrame& frame)
{
    if (row.kind != LadderRowKind::Bid && row.kind != LadderRowKind::Ask)
        return;
    const Columns columns = columnsOf(area);
    const qreal baseline = rect.top() + m_ascent;
    std::array<char, Decimal::maxTextBytes> price;
    const std::string_view priceText(price.data(), row.price.write(price.data()));
    GlyphBatch& prices = row.kind == LadderRowKind::Bid ? m_bidPrices : m_askPrices;
    (row.size > 0 ? prices : m_totals).addRightAligned(m_digits, priceText, columns.price, baseline);
    std::array<char, amountTextMax> buffer;
    if (row.size > 0)
        m_sizes.addRightAligned(m_digits, writeAmount(row.size, frame.sizeStyle, buffer), columns.size, baseline);
    m_totals.addRightAligned(m_digits, writeAmount(row.total, frame.totalStyle, buffer), columns.total, baseline);
}

} // namespace obm

#include "ui/table/cell_text.h"

#include <QFontMetrics>

#include <algorithm>

namespace obm {

CellText::CellText(const QFont& font)
    : m_font(font)
    , m_digits(font)
{
    const QFontMetrics metrics(font);
    m_height = metrics.height();
    m_ascent = metrics.ascent();
}

void CellText::draw(QPainter& painter, const QRect& room, bool isRightAligned, const QString& text)
{
    if (isRightAligned && drawNumber(painter, room, text))
        return;
    const QStaticText& laid = laidOut(text, room.width());
    const double left = isRightAligned ? room.right() + 1 - laid.size().width() : room.left();
    painter.setFont(m_font);
    painter.drawStaticText(QPointF(left, room.top() + (room.height() - m_height) / 2), laid);
}

// False: it has other characters, or does not fit.
bool CellText::drawNumber(QPainter& painter, const QRect& room, const QString& text)
{
    if (!std::ranges::all_of(text, DigitFont::has))
        return false;
    const QByteArray characters = text.toLatin1();
    const std::string_view number(characters.constData(), static_cast<std::size_t>(characters.size()));
    if (m_digits.width(number) > room.width())
        return false;
    m_batch.addRightAligned(m_digits, number, room.right() + 1, room.top() + (room.height() - m_height) / 2 + m_ascent);
    m_batch.draw(painter, m_digits, painter.pen().color());
    return true;
}

const QStaticText& CellText::laidOut(const QString& text, int width)
{
    const Place place{text, width};
    if (const QStaticText* kept = m_kept.object(place))
        return *kept;
    auto* laid = new QStaticText(QFontMetrics(m_font).elidedText(text, Qt::ElideRight, width));
    laid->setTextFormat(Qt::PlainText);
    laid->prepare({}, m_font);
    m_kept.insert(place, laid); // it is its owner now
    return *laid;
}

} // namespace obm

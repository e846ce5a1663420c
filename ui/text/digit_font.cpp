#include "ui/text/digit_font.h"

#include <algorithm>

namespace obm {

DigitFont::DigitFont(const QFont& font)
    : m_raw(QRawFont::fromFont(font))
{
    QString characters;
    for (char c = first; c <= last; ++c)
        characters.append(QLatin1Char(c));
    const QList<quint32> glyphs = m_raw.glyphIndexesForString(characters);
    const QList<QPointF> widths = m_raw.advancesForGlyphIndexes(glyphs, QRawFont::UseDesignMetrics);
    for (std::size_t i = 0; i < m_glyphs.size() && static_cast<qsizetype>(i) < glyphs.size(); ++i) {
        m_glyphs[i] = glyphs[static_cast<qsizetype>(i)];
        m_widths[i] = widths[static_cast<qsizetype>(i)].x();
    }
    const auto zero = m_widths.begin() + ('0' - first);
    m_digitWidth = std::ceil(*std::max_element(zero, zero + 10));
    std::fill(zero, zero + 10, m_digitWidth);
}

qreal DigitFont::width(std::string_view text) const
{
    qreal sum = 0;
    for (const char c : text)
        sum += c >= first && c <= last ? m_widths[static_cast<std::size_t>(c - first)] : 0;
    return sum;
}

void GlyphBatch::addRightAligned(const DigitFont& font, std::string_view text, qreal right, qreal baseline)
{
    qreal left = right - font.width(text);
    for (const char c : text) {
        if (c < DigitFont::first || c > DigitFont::last)
            continue;
        const auto index = static_cast<std::size_t>(c - DigitFont::first);
        m_glyphs.append(font.m_glyphs[index]);
        m_places.append({left, baseline});
        left += font.m_widths[index];
    }
}

void GlyphBatch::draw(QPainter& painter, const DigitFont& font, const QColor& colour)
{
    if (m_glyphs.isEmpty())
        return;
    QGlyphRun run;
    run.setRawFont(font.raw());
    run.setRawData(m_glyphs.constData(), m_places.constData(), static_cast<int>(m_glyphs.size()));
    painter.setPen(colour);
    painter.drawGlyphRun({}, run);
    m_glyphs.clear();
    m_places.clear();
}

} // namespace obm

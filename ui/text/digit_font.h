// Numbers drawn as glyphs whose shapes and widths are looked up once for each font: laying out text anew for some
// hundred numbers at each frame would cost more than painting them. All digits are as wide as the widest, so that
// numbers stand below each other in any font.
// Thread: main. Units: logical pixels. Characters: printable ASCII; others are left out.
#pragma once

#include <QFont>
#include <QGlyphRun>
#include <QList>
#include <QPainter>
#include <QPointF>
#include <QRawFont>

#include <array>
#include <string_view>

namespace obm {

class DigitFont
{
public:
    explicit DigitFont(const QFont& font);

    [[nodiscard]] static bool has(QChar character)
    {
        return character >= QLatin1Char(first) && character <= QLatin1Char(last);
    }
    [[nodiscard]] qreal width(std::string_view text) const;
    [[nodiscard]] qreal digitWidth() const { return m_digitWidth; }
    [[nodiscard]] const QRawFont& raw() const { return m_raw; }

private:
    friend class GlyphBatch;
    static constexpr char first = ' ';
    static constexpr char last = '~';

    QRawFont m_raw;
    std::array<quint32, last - first + 1> m_glyphs{};
    std::array<qreal, last - first + 1> m_widths{};
    qreal m_digitWidth = 0;
};

// Texts of one colour, collected and drawn at once.
class GlyphBatch
{
public:
    void addRightAligned(const DigitFont& font, std::string_view text, qreal right, qreal baseline);
    // Draws what was collected and forgets it.
    void draw(QPainter& painter, const DigitFont& font, const QColor& colour);

private:
    QList<quint32> m_glyphs;
    QList<QPointF> m_places;
};

} // namespace obm

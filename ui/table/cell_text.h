// The text of a cell, without laying it out anew each time it is painted, which costs more than painting it: numbers go
// out glyph by glyph, and of other texts those that were painted last are kept as they were laid out.
// Thread: main. One of these for each table.
#pragma once

#include "ui/text/digit_font.h"

#include <QCache>
#include <QFont>
#include <QPainter>
#include <QStaticText>
#include <QString>

#include <utility>

namespace obm {

class CellText
{
public:
    static constexpr int keptMax = 1'000; // texts: more than any screen shows

    explicit CellText(const QFont& font);

    [[nodiscard]] const QFont& font() const { return m_font; }
    // In the painter's pen, on one line in the middle of its room; cut off with an ellipsis where it does not fit.
    void draw(QPainter& painter, const QRect& room, bool isRightAligned, const QString& text);

private:
    using Place = std::pair<QString, int>; // a text, and how wide it may be

    [[nodiscard]] bool drawNumber(QPainter& painter, const QRect& room, const QString& text);
    const QStaticText& laidOut(const QString& text, int width);

    QFont m_font;
    DigitFont m_digits;
    GlyphBatch m_batch;
    int m_height;
    int m_ascent;
    QCache<Place, QStaticText> m_kept{keptMax};
};

} // namespace obm

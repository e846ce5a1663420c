// Paints the rows of a ladder: price, size and sum, right aligned, over bars of size and sum. The same for the small
// ladders of the grid and the long one of a depth inspector.
// Thread: main. Units: logical pixels.
#pragma once

#include "ui/text/digit_font.h"
#include "ui/ladder/ladder_frame.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QFont>
#include <QPainter>
#include <QRect>
#include <QRegion>

namespace obm {

class LadderPainter
{
    Q_DECLARE_TR_FUNCTIONS(obm::LadderPainter)

public:
    LadderPainter(const QFont& font, const Theme& theme);

    [[nodiscard]] int rowHeight() const { return m_rowHeight; }
    [[nodiscard]] int leastWidth() const; // that columns need for ordinary numbers
    [[nodiscard]] QRect rowRect(const QRect& area, int row) const;

    // What has to be painted again to get from one frame to the next.
    [[nodiscard]] QRegion changedRows(const QRect& area, const LadderFrame& before, const LadderFrame& now) const;

    // The words above the columns: `height` is rowHeight().
    void paintHeadings(QPainter& painter, const QRect& line, LadderUnits units) const;
    // Rows from the top of `area` on; only those that touch `dirty`.
    void paintRows(QPainter& painter, const QRect& area, const LadderFrame& frame, const QRegion& dirty);

private:
    struct Columns // right edges
    {
        int price;
        int size;
        int total;
    };

    [[nodiscard]] Columns columnsOf(const QRect& area) const;
    void paintRow(QPainter& painter, const QRect& rect, const LadderRow& row) const;
    void paintSpread(QPainter& painter, const QRect& rect, const LadderFrame& frame) const;
    void addTexts(const QRect& area, const QRect& rect, const LadderRow& row, const LadderFrame& frame);

    Theme m_theme;
    QFont m_font;
    DigitFont m_digits;
    int m_rowHeight;
    int m_ascent;
    int m_margin;
    GlyphBatch m_bidPrices;
    GlyphBatch m_askPrices;
    GlyphBatch m_sizes;
    GlyphBatch m_totals; // and prices at which nothing is left
};

// "spread 0.10 · 0.02 bp"; empty without both sides.
QString spreadText(const LadderFrame& frame);

} // namespace obm

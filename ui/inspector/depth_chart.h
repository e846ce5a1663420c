// How much lies between the best price and any other: the sums of both sides over the price, the mid in the middle,
// on a linear or a logarithmic scale. The pointer tells price and sum exactly.
// Thread: main. It reckons one value a pixel, so that its cost does not grow with the book.
#pragma once

#include "ui/inspector/axis.h"
#include "ui/ladder/ladder_side.h"
#include "ui/theme/theme.h"

#include <QPolygonF>
#include <QWidget>

#include <cstdint>

namespace obm {

class DepthChart : public QWidget
{
    Q_OBJECT

public:
    explicit DepthChart(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setLogarithmic(bool on);
    [[nodiscard]] bool isLogarithmic() const { return m_isLogarithmic; }
    void setSides(const LadderSide& bids, const LadderSide& asks, LadderUnits units);

    // "63947.3: 12.345 on the asks, 0.12 % from the mid": what the pointer tells there; empty between the sides.
    [[nodiscard]] QString wordsAt(int x) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] QRect plotRect() const;
    [[nodiscard]] AxisSpan priceAxis() const;
    [[nodiscard]] AxisSpan sumAxis() const; // of scaled()
    [[nodiscard]] double scaled(double sum) const;
    [[nodiscard]] double unscaled(double scaledSum) const;
    [[nodiscard]] bool isEmpty() const { return m_bids.rows().empty() || m_asks.rows().empty(); }
    [[nodiscard]] QString priceText(double price) const;

    void paintGrid(QPainter& painter) const;
    void paintSide(QPainter& painter, const LadderSide& side) const;
    void paintHover(QPainter& painter) const;

    Theme m_theme;
    LadderSide m_bids{BookSide::Bid};
    LadderSide m_asks{BookSide::Ask};
    LadderUnits m_units = LadderUnits::Base;
    bool m_isLogarithmic = false;
    double m_mid = 0;    // in Decimal units
    double m_extent = 0; // to either side
    double m_leastSum = 0;
    double m_mostSum = 0;
    int m_hoverX = -1;
};

} // namespace obm

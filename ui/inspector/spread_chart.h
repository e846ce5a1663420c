// Spread and imbalance over the last minutes, one above the other on one time axis. The pointer tells the values.
// Thread: main.
#pragma once

#include "ui/inspector/axis.h"
#include "ui/inspector/spread_history.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <cstdint>

namespace obm {

class SpreadChart : public QWidget
{
    Q_OBJECT

public:
    explicit SpreadChart(const SpreadHistory& history, const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showUntil(std::int64_t epochMs); // the right edge

    [[nodiscard]] QString wordsAt(int x) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Strip
    {
        QRect plot;
        AxisSpan values;
        double (*valueOf)(const SpreadPoint&);
        QString (*textOf)(double);
        QString name;
    };

    [[nodiscard]] Strip spreadStrip() const;
    [[nodiscard]] Strip imbalanceStrip() const;
    [[nodiscard]] AxisSpan timeAxis() const;
    void paintStrip(QPainter& painter, const Strip& strip, const QColor& colour) const;
    void paintTimes(QPainter& painter) const;
    void paintHover(QPainter& painter) const;

    const SpreadHistory& m_history;
    Theme m_theme;
    std::int64_t m_untilMs = 0;
    int m_hoverX = -1;
};

} // namespace obm

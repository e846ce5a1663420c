// One chart: some series of one unit over a window of time, with their values beside their names. The lines are Qt
// Charts', each replaced as a whole; what is written is painted here, so that numbers come from ui/format and no label
// lies on another one. Under the pointer a line stands at a moment, and the values shown are those of that moment.
// Thread: main. Units: epoch ms.
#pragma once

#include "monitor/stage_row.h"
#include "monitor/time_series.h"
#include "ui/chart/chart_data.h"
#include "ui/theme/theme.h"

#include <QChartView>
#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

class QLineSeries;
class QValueAxis;

namespace obm {

struct ChartLine
{
    SeriesId id;
    QString name;
};

struct ChartPlan
{
    QString name; // of the widget
    QString title;
    std::vector<ChartLine> lines;
    Stage stage = Stage::Exchange; // whose words say why there is nothing to draw
    bool isWhole = false;          // counts: no line of the axis between two whole numbers
    std::function<QString(double)> axisText;
    std::function<QString(double)> valueText;
};

class SeriesChart : public QChartView
{
    Q_OBJECT

public:
    explicit SeriesChart(ChartPlan plan, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    // blank: why there is nothing, if there is nothing.
    void refresh(const SeriesSet& series, Window window, std::int64_t nowEpochMs, const QString& blank);
    // The moment under the pointer, of this chart or of another one that lies beside it; none: the newest.
    void showMoment(std::optional<std::int64_t> epochMs);

    // What it says in words: "Rates at 13:15:02: received 6,120/s, delivered 6,118/s".
    [[nodiscard]] QString words() const;
    [[nodiscard]] const ChartPlan& plan() const { return m_plan; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void momentPointedAt(std::optional<std::int64_t> epochMs);

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Line
    {
        std::vector<SeriesPoint> points;
        std::vector<QLineSeries*> stretches; // as many as were ever needed; those of no use are empty
    };

    void draw(std::size_t number);
    void dress(QLineSeries* stretch, std::size_t number) const;
    void place();
    void tellMoment();
    [[nodiscard]] QPen penOf(std::size_t number) const;
    [[nodiscard]] QString valueTextOf(std::size_t number) const;
    [[nodiscard]] QString lineTextOf(std::size_t number) const; // its name and value
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] std::int64_t fromMs() const { return m_nowMs - lengthMsOf(m_window); }
    [[nodiscard]] double xOf(std::int64_t epochMs) const;
    [[nodiscard]] double yOf(double value) const;
    [[nodiscard]] int wantedTimes() const;
    void paintHead(QPainter& painter) const;
    void paintAxes(QPainter& painter) const;
    void paintMoment(QPainter& painter) const;
    void paintBox(QPainter& painter, double atX) const;
    void paintBlank(QPainter& painter) const;

    ChartPlan m_plan;
    Theme m_theme;
    QValueAxis* m_times;
    QValueAxis* m_values;
    std::vector<Line> m_lines;
    Window m_window = Window::FiveMinutes;
    std::int64_t m_nowMs = 0;
    ValueAxis m_scale;
    std::optional<std::int64_t> m_momentMs;
    std::optional<double> m_pointerX;
    QString m_blank;
    QRectF m_plot;
};

} // namespace obm

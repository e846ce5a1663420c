// The last minutes, or the last hour, as charts: how far the books are behind, rates, latency, writes, REST weight.
// Painted once a second, and only while somebody can see it. The pointer's moment is one for all charts; Left, Right
// and Esc move it without a mouse. Thread: main.
#pragma once

#include "monitor/stage_row.h"
#include "monitor/time_series.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QButtonGroup;
class QGridLayout;
class QLabel;

namespace obm {

class SeriesChart;

class ChartsPanel : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::int64_t refreshMs = 1'000;

    explicit ChartsPanel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    // stages: why there is nothing to draw, where there is nothing.
    void refresh(const SeriesSet& series, const StageRows& stages, std::int64_t nowEpochMs);

    void showWindow(Window window);
    [[nodiscard]] Window shownWindow() const { return m_window; }
    [[nodiscard]] const std::vector<SeriesChart*>& charts() const { return m_charts; }
    [[nodiscard]] QString text() const; // what the charts say, a line each
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeBar();
    void makeCharts();
    void arrange();
    void showMoment(std::optional<std::int64_t> epochMs);

    QButtonGroup* m_windows;
    QLabel* m_moment;
    QGridLayout* m_grid;
    std::vector<SeriesChart*> m_charts;
    Window m_window = Window::FiveMinutes;
    int m_columns = 0;
    bool m_isDue = true;
    std::int64_t m_paintedMs = 0;
    std::optional<std::int64_t> m_momentMs;
};

} // namespace obm

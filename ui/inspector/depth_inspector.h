// All about one symbol: the whole book as a long ladder, its cumulative depth, spread and imbalance over time, how it
// was synchronised and why, where the time of the last event went, and what Redis returns beside it.
// A widget that lives in a dock or as a window of its own; many may be open. Thread: main. The link and the demand
// outlive it. It does nothing while it is hidden, and behind another tab it keeps on taking the spread only.
#pragma once

#include "monitor/pipeline_link.h"
#include "monitor/symbol_row.h"
#include "ui/book_demand.h"
#include "ui/inspector/hop_latencies.h"
#include "ui/inspector/spread_history.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <cstdint>
#include <vector>

class QLabel;
class QTableView;
class QTabWidget;

namespace obm {

class DepthChart;
class InspectorBar;
class LongLadder;
class RedisPanel;
class SpreadChart;
class SyncHistoryModel;

class DepthInspector : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::size_t levelsMax = 10'000; // of a side: more than any snapshot has
    static constexpr std::int64_t chartMs = 100;     // the depth chart is drawn anew at most so often

    DepthInspector(PipelineLink& link, BookDemand& demand, const QString& symbol, const Theme& theme,
                   QWidget* parent = nullptr);
    ~DepthInspector() override;

    [[nodiscard]] const QString& symbol() const { return m_symbol; }
    void setTheme(const Theme& theme);
    void refresh();                                         // at each frame
    void refreshStates(const std::vector<SymbolRow>& rows); // after each look of the monitor

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void makeParts(const Theme& theme);
    QWidget* makeHistory();
    QWidget* makeBlank(QWidget* parent);
    void connectParts();
    void demandBooks(bool isWanted);
    void sample(const BookView& book);
    void refreshChart(std::int64_t nowMs);
    void refreshHops();
    [[nodiscard]] QString reasonOf(const SymbolRow* row) const;

    PipelineLink& m_link;
    BookDemand& m_demand;
    QString m_symbol;
    std::string m_key;
    QString m_noLocalBook; // why; empty: there is one

    InspectorBar* m_bar = nullptr;
    LongLadder* m_ladder = nullptr;
    DepthChart* m_depth = nullptr;
    SpreadChart* m_spread = nullptr;
    RedisPanel* m_redis = nullptr;
    SyncHistoryModel* m_history = nullptr; // null without a local book
    QLabel* m_hopWords = nullptr;

    SpreadHistory m_spreadHistory;
    HopMeter m_hops;
    bool m_isChartStale = true;
    std::int64_t m_chartAtMs = 0;
};

} // namespace obm

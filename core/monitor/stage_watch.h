// The five stages from look to look: their verdicts, since when each holds, rates, latencies and lag, and for each
// value that is missing the reason. Thread: that of its owner.
#pragma once

#include "config/config.h"
#include "metrics/rate.h"
#include "monitor/latency_window.h"
#include "monitor/stage_row.h"
#include "monitor/stage_verdict.h"
#include "pipeline/status.h"

#include <array>
#include <cstdint>
#include <string>

namespace obm {

class StageWatch
{
public:
    explicit StageWatch(Role role);

    const StageRows& update(const PipelineStatus& status, std::int64_t steadyMs, std::int64_t epochMs);
    [[nodiscard]] const StageRows& rows() const { return m_rows; }

private:
    struct Look
    {
        const PipelineStatus& status;
        std::int64_t steadyMs;
        std::int64_t epochMs;
    };

    StageRow& begin(Stage stage);
    [[nodiscard]] StageVerdict verdictOnNothing(Stage stage, const char* thread, const Look& look) const;
    bool isMissing(StageRow& row, const char* thread, const std::int64_t* takenMs, const Look& look);
    void enter(StageRow& row, StageVerdict verdict, const Look& look);
    void measure(StageRow& row, std::uint64_t counter, const LatencyHistogram* latency, const Look& look);
    void explain(StageRow& row);
    void lookAtFeed(const Look& look);
    void lookAtBooks(const Look& look);
    void lookAtStore(const Look& look);

    Role m_role;
    StageRows m_rows;
    std::array<Rate, stageCount> m_rates;
    std::array<LatencyWindow, stageCount> m_latencies;
    Rate m_lost;
    Rate m_refused;
    BookTallies m_tallies;
};

} // namespace obm

// Turns the statuses that the stages publish into what a person looks at: conditions in words, rates, a journal, alerts
// and the series of the charts. Looks only: the pipeline does not know it. A window shows these values and adds
// nothing. Thread: that of its owner (main). Cost: 0.7 ms of it a look at 800 symbols.
#pragma once

#include "config/config.h"
#include "monitor/alerts.h"
#include "monitor/journal.h"
#include "monitor/stage_row.h"
#include "monitor/symbol_row.h"
#include "monitor/time_series.h"
#include "pipeline/status.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace obm {

class Monitor
{
public:
    static constexpr int lookMs = statusIntervalMs; // nothing new comes sooner

    explicit Monitor(const Config& config);
    ~Monitor();

    // A look at the newest statuses.
    void update(const PipelineStatus& status, std::int64_t steadyMs, std::int64_t epochMs);

    [[nodiscard]] const StageRows& stages() const;
    [[nodiscard]] const std::vector<SymbolRow>& symbols() const; // in the order of the configuration
    [[nodiscard]] const Journal& journal() const;
    [[nodiscard]] const SeriesSet& series() const;
    [[nodiscard]] Alerts& alerts();
    [[nodiscard]] const AlertChanges& alertChanges() const; // of the last look

private:
    struct Impl;
    std::unique_ptr<Impl> d;
};

} // namespace obm

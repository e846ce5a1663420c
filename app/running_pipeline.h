// The pipeline with its metrics address, as both heads run it: started with its addresses printed on stdout, ended in
// order, each failure one line in the log.
// Thread: main, with the application made before.
#pragma once

#include "config/config.h"
#include "metrics/metrics_server.h"
#include "pipeline/pipeline.h"

#include <memory>

namespace obm {

class RunningPipeline
{
public:
    // A stage that cannot work at all ends the event loop with 1.
    RunningPipeline(const Config& config, bool takeOver);

    // Nothing is left to end if it fails.
    [[nodiscard]] bool start();
    // Returns `exitCode`. A stage that hangs would hang the program's end too: then the program ends here, with 1.
    int finish(int exitCode);

    [[nodiscard]] Pipeline& pipeline() { return m_pipeline; }

private:
    bool startMetrics();

    Pipeline m_pipeline;
    std::unique_ptr<MetricsServer> m_metrics;
};

} // namespace obm

// A pipeline's status as Prometheus metrics: obmonitor_<part>_<what>_<unit>, label `symbol` where it applies.
// Pure: made anew at each scrape from the values that the stages published. Thread: any.
#pragma once

#include "pipeline/status.h"

#include <prometheus/metric_family.h>

#include <vector>

namespace obm {

[[nodiscard]] std::vector<prometheus::MetricFamily> metricsOf(const PipelineStatus& status);

} // namespace obm

// A latency histogram out of the buckets that a metrics address tells, as well as they tell it.
// Thread: any; a pure function. Units: seconds there, microseconds here.
#pragma once

#include "metrics/latency_histogram.h"
#include "viewer/metrics_text.h"

#include <string>
#include <vector>

namespace obm {

// family: without "_bucket". A count inside a bucket is spread over it; what is beyond the last bound is counted at it.
[[nodiscard]] LatencyHistogram toldHistogram(const std::vector<MetricSample>& samples, const std::string& family,
                                             const MetricLabel& label = {});

} // namespace obm

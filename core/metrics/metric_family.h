// Families of counters and gauges in Prometheus' own value types, made at each scrape from the components' status.
// Why not prometheus::Registry: the totals are kept by the components; a second copy would have to be kept equal.
// Thread: values.
//
//     auto gaps = counterFamily("obmonitor_book_gaps_total", "Breaks of the id chain");
//     add(gaps, {{"symbol", "BTCUSDT"}}, 3);
#pragma once

#include "metrics/latency_histogram.h"

#include <prometheus/metric_family.h>

#include <string>
#include <utility>
#include <vector>

namespace obm {

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] prometheus::MetricFamily counterFamily(std::string name, std::string help);
[[nodiscard]] prometheus::MetricFamily gaugeFamily(std::string name, std::string help);
[[nodiscard]] prometheus::MetricFamily histogramFamily(std::string name, std::string help);

// Only of the kind of the family: another is a broken invariant and stops the program.
void add(prometheus::MetricFamily& family, const MetricLabels& labels, double value);
void add(prometheus::MetricFamily& family, const MetricLabels& labels, const LatencyHistogram& histogram);

} // namespace obm

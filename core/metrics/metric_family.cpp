#include "metrics/metric_family.h"

#include <cstdio>
#include <cstdlib>

namespace obm {

namespace {

prometheus::MetricFamily family(std::string name, std::string help, prometheus::MetricType type)
{
    return {std::move(name), std::move(help), type, {}};
}

std::vector<prometheus::ClientMetric::Label> toPrometheus(const MetricLabels& labels)
{
    std::vector<prometheus::ClientMetric::Label> out;
    for (const auto& [name, value] : labels)
        out.push_back({name, value});
    return out;
}

[[noreturn]] void stopWrongKind(const prometheus::MetricFamily& family)
{
    std::fprintf(stderr, "metric family %s is of another kind than its value\n", family.name.c_str());
    std::abort();
}

} // namespace

prometheus::MetricFamily counterFamily(std::string name, std::string help)
{
    return family(std::move(name), std::move(help), prometheus::MetricType::Counter);
}

prometheus::MetricFamily gaugeFamily(std::string name, std::string help)
{
    return family(std::move(name), std::move(help), prometheus::MetricType::Gauge);
}

prometheus::MetricFamily histogramFamily(std::string name, std::string help)
{
    return family(std::move(name), std::move(help), prometheus::MetricType::Histogram);
}

void add(prometheus::MetricFamily& family, const MetricLabels& labels, double value)
{
    prometheus::ClientMetric metric;
    if (family.type == prometheus::MetricType::Counter)
        metric.counter.value = value;
    else if (family.type == prometheus::MetricType::Gauge)
        metric.gauge.value = value;
    else
        stopWrongKind(family);
    metric.label = toPrometheus(labels);
    family.metric.push_back(std::move(metric));
}

void add(prometheus::MetricFamily& family, const MetricLabels& labels, const LatencyHistogram& histogram)
{
    if (family.type != prometheus::MetricType::Histogram)
        stopWrongKind(family);
    prometheus::ClientMetric metric = toPrometheus(histogram);
    metric.label = toPrometheus(labels);
    family.metric.push_back(std::move(metric));
}

} // namespace obm

// Reads what a metrics address answers: the text format of Prometheus 0.0.4, strictly.
// Source: Prometheus, "Exposition formats". Comments and timestamps are read over.
// Thread: any; pure functions. Errors: the number of the line that is none.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace obm {

using MetricLabel = std::pair<std::string, std::string>;

struct MetricSample
{
    std::string name;
    std::vector<MetricLabel> labels;
    double value = 0; // may be infinite, or no number

    [[nodiscard]] const std::string* label(std::string_view key) const; // null: it has none
    [[nodiscard]] bool has(const MetricLabel& wanted) const;            // with an empty name always
};

[[nodiscard]] std::expected<std::vector<MetricSample>, std::string> parseMetrics(std::string_view text);

// The value of the first sample with this name and label; `otherwise` where there is none.
[[nodiscard]] double metricOr(const std::vector<MetricSample>& samples, std::string_view name, double otherwise = 0,
                              const MetricLabel& label = {});

// Of a counter's value; what is no count, such as NaN, is 0.
[[nodiscard]] std::uint64_t countOf(double value);

} // namespace obm

// What the metrics address of another process answers to a viewer.
#include "viewer/metrics_text.h"
#include "fuzz/fuzz.h"

#include <algorithm>

namespace obm::fuzz {

void tryInput(std::string_view input)
{
    constexpr std::size_t refusalBytesMax = 100;
    const auto samples = parseMetrics(input);
    if (!samples)
        return require(samples.error().size() <= refusalBytesMax, "a short word on what was wrong");
    const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
    require(samples->size() <= lines, "a sample a line at most");
    for (const MetricSample& sample : *samples) {
        require(!sample.name.empty() && input.contains(sample.name), "a name that is there");
        static_cast<void>(countOf(sample.value));
        for (const MetricLabel& label : sample.labels)
            require(sample.label(label.first) != nullptr, "a label is found");
    }
}

} // namespace obm::fuzz

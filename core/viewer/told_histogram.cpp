#include "viewer/told_histogram.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

namespace obm {

namespace {

constexpr double usPerSecond = 1e6;
constexpr double secondsMax = 1e6;

// 0: no bound that counts.
std::int64_t boundUsOf(const std::string* text)
{
    double seconds = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), seconds).ec != std::errc())
        return 0;
    return seconds > 0 && seconds < secondsMax ? std::llround(seconds * usPerSecond) : 0;
}

} // namespace

LatencyHistogram toldHistogram(const std::vector<MetricSample>& samples, const std::string& family,
                               const MetricLabel& label)
{
    std::map<std::int64_t, std::uint64_t> upTo; // how many, by bound
    for (const MetricSample& sample : samples) {
        if (sample.name != family + "_bucket" || !sample.has(label))
            continue;
        if (const std::int64_t boundUs = boundUsOf(sample.label("le")); boundUs > 0)
            upTo[boundUs] = countOf(sample.value);
    }
    LatencyHistogram histogram;
    std::int64_t lowUs = 0;
    std::uint64_t before = 0;
    const auto add = [&](std::int64_t highUs, std::uint64_t count) {
        if (count > before)
            histogram.recordWithin(lowUs, highUs, count - before);
        lowUs = highUs;
        before = std::max(before, count);
    };
    for (const auto& [boundUs, count] : upTo)
        add(boundUs, count);
    if (lowUs > 0)
        add(lowUs, countOf(metricOr(samples, family + "_count", 0, label)));
    return histogram;
}

} // namespace obm

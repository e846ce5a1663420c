// Keeps the medians of Google Benchmark's repetitions, from which a program makes its rows, instead of printing a
// table. A benchmark says with `each` how many things one iteration does; its median is then the seconds of one of
// them.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace obm::bench {

inline void each(benchmark::State& state, std::size_t things)
{
    state.counters["each"] = benchmark::Counter(
        static_cast<double>(things), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

class MedianReporter : public benchmark::BenchmarkReporter
{
public:
    bool ReportContext(const Context& /*context*/) override { return true; }

    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& run : runs)
            if (run.aggregate_name == "median")
                keep(run.run_name.function_name, run.counters.at("each").value * 1e9);
    }

    // Processor time; nothing of a benchmark that was filtered out.
    [[nodiscard]] std::optional<double> ns(const std::string& name) const
    {
        const auto found = m_medians.find(name);
        return found == m_medians.end() ? std::nullopt : std::optional(found->second);
    }

private:
    void keep(const std::string& name, double ns)
    {
        m_medians[name] = ns;
        std::fprintf(stderr, "%s: %.4g ns\n", name.c_str(), ns);
    }

    std::map<std::string, double> m_medians;
};

} // namespace obm::bench

// One row of the table that scripts/bench makes: a figure, beside the least that any way of doing it would cost,
// measured in the same run. Rows go to stdout, everything else that a benchmark has to say to stderr.
#pragma once

#include <cstdio>
#include <string>

namespace obm::bench {

struct Row
{
    std::string what;
    std::string figure; // with its unit
    std::string floor;  // with its unit and what was measured; empty: there is none
    std::string target; // empty: none was set
};

inline void report(const Row& row)
{
    std::printf("| %s | %s | %s | %s |\n", row.what.c_str(), row.figure.c_str(), row.floor.c_str(), row.target.c_str());
    std::fflush(stdout);
}

} // namespace obm::bench

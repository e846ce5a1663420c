// `obmonitor read SYMBOL`: prints what Redis holds for a symbol, once a second or as asked.
// Why it uses nothing but Redis: it is what an operator trusts when the rest is in doubt.
// Thread: main, with a QCoreApplication made before; SIGINT and SIGTERM end it with 0.
#pragma once

#include "config/config.h"

#include <iosfwd>
#include <optional>
#include <string>

namespace obm {

struct ReadOptions
{
    std::string symbol; // any case
    int intervalMs = 1000;
    std::optional<int> count; // readings, failed ones included; none: until a signal
    bool json = false;        // the live field as it is, one line a reading
    bool demo = false;        // of the newest running demo
};

struct ReadOutput
{
    std::ostream& out;
    std::ostream& err;
    bool isTerminal = false; // redraw in place
};

// The exit code: 0 done; 1 no demo runs, or the last of --count readings found no book (symbol missing, Redis away).
int runRead(const Config& config, const ReadOptions& options);
int runRead(const Config& config, const ReadOptions& options, const ReadOutput& output);

} // namespace obm

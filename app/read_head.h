// `obmonitor read SYMBOL`: prints what Redis holds for a symbol, once a second or as asked.
// Why a head of its own: it is what an operator trusts when the rest is in doubt, so it uses nothing but Redis.
// Thread: main; it waits in signalfd, so SIGINT and SIGTERM end it at once with 0.
// Exit code: 0; 1 when the last reading of --count failed (symbol missing, Redis away), or --demo finds no demo.
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
    bool terminal = false; // redraw in place
};

[[nodiscard]] int runRead(const Config& config, const ReadOptions& options);
[[nodiscard]] int runRead(const Config& config, const ReadOptions& options, const ReadOutput& output);

} // namespace obm

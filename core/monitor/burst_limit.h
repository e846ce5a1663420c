// Keeps a storm from flooding the journal: of each kind a few entries stand by themselves, many at once are one line,
// and what follows within the window is one more line with a count at its end. Nothing is left out of the counts.
// Units: ms of a steady clock, passed in. Thread: that of its owner.
#pragma once

#include "monitor/happening.h"
#include "monitor/journal.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace obm {

class BurstLimit
{
public:
    static constexpr std::size_t linesMax = 10; // of a kind in a window
    static constexpr std::int64_t windowMs = 10'000;

    // All that one look found; to be called at each look, for the counts whose window is over.
    void pass(const Happenings& happenings, std::int64_t steadyMs, std::int64_t epochMs, Journal& journal);

private:
    struct Window
    {
        const char* part = "";
        std::string kind;
        Severity severity = Severity::Note; // of what is not told yet
        std::int64_t sinceMs = 0;
        std::size_t lines = 0;
        std::size_t untold = 0;
        std::set<std::string> symbols{}; // of what is not told yet
        Happening last{};                // of it: if it stays alone it is told as it is
    };

    void close(Window& window, std::int64_t epochMs, Journal& journal);
    void tell(Window& window, const std::vector<const Happening*>& crowd, std::int64_t epochMs, Journal& journal);
    void count(Window& window, const std::vector<const Happening*>& crowd);

    std::map<std::string, Window> m_windows; // by part and kind, of which there are some dozens
};

} // namespace obm

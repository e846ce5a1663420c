#include "monitor/burst_limit.h"

#include "monitor/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

namespace obm {

namespace {

std::string sumText(const std::string& kind, std::size_t times, const std::set<std::string>& symbols)
{
    constexpr std::size_t namedMax = 3;
    if (symbols.empty())
        return obm::words("{} - {} times", kind, times);
    const std::size_t named = symbols.size() <= namedMax + 1 ? symbols.size() : namedMax; // never "1 more"
    const auto end = std::next(symbols.begin(), static_cast<std::ptrdiff_t>(named));
    const std::string names = fmt::format("{}", fmt::join(symbols.begin(), end, ", "));
    return named == symbols.size()
               ? obm::words("{} - {} times: {}", kind, times, names)
               : obm::words("{} - {} times: {} and {} more symbols", kind, times, names, symbols.size() - named);
}

} // namespace

void BurstLimit::pass(const Happenings& happenings, std::int64_t steadyMs, std::int64_t epochMs, Journal& journal)
{
    std::map<std::string, std::vector<const Happening*>> crowds;
    std::vector<std::string> order; // of the kinds, as they were found
    for (const Happening& happening : happenings) {
        const std::string key = happening.part + ('/' + happening.kind);
        auto& crowd = crowds[key];
        if (crowd.empty())
            order.push_back(key);
        crowd.push_back(&happening);
    }
    for (auto& [key, window] : m_windows)
        if (steadyMs - window.sinceMs >= windowMs)
            close(window, epochMs, journal);
    std::erase_if(m_windows, [&](const auto& item) { return steadyMs - item.second.sinceMs >= windowMs; });
    for (const std::string& key : order) {
        const auto& crowd = crowds[key];
        const auto [place, isNew] = m_windows.try_emplace(key);
        if (isNew)
            place->second = {.part = crowd.front()->part, .kind = crowd.front()->kind, .sinceMs = steadyMs};
        tell(place->second, crowd, epochMs, journal);
    }
}

void BurstLimit::tell(Window& window, const std::vector<const Happening*>& crowd, std::int64_t epochMs,
                      Journal& journal)
{
    if (window.lines + crowd.size() <= linesMax) {
        window.lines += crowd.size();
        for (const Happening* happening : crowd)
            journal.add(epochMs, happening->severity, happening->part, happening->symbol, happening->text);
        return;
    }
    count(window, crowd);
    if (window.lines < linesMax) {
        window.lines = linesMax;
        close(window, epochMs, journal);
    }
}

void BurstLimit::count(Window& window, const std::vector<const Happening*>& crowd)
{
    window.untold += crowd.size();
    window.last = *crowd.back();
    for (const Happening* happening : crowd) {
        window.severity = std::max(window.severity, happening->severity);
        if (!happening->symbol.empty())
            window.symbols.insert(happening->symbol);
    }
}

void BurstLimit::close(Window& window, std::int64_t epochMs, Journal& journal)
{
    if (window.untold == 0)
        return;
    if (window.untold == 1)
        journal.add(epochMs, window.last.severity, window.part, window.last.symbol, window.last.text);
    else
        journal.add(epochMs, window.severity, window.part, "", sumText(window.kind, window.untold, window.symbols));
    window.untold = 0;
    window.symbols.clear();
    window.severity = Severity::Note;
}

} // namespace obm

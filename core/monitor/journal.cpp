#include "monitor/journal.h"

#include <utility>

namespace obm {

const char* toText(Severity severity)
{
    switch (severity) {
    case Severity::Note:
        return "note";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        return "error";
    }
    return "";
}

void Journal::add(std::int64_t epochMs, Severity severity, std::string part, std::string symbol, std::string text)
{
    m_entries.push_back({.number = ++m_lastNumber,
                         .epochMs = epochMs,
                         .severity = severity,
                         .part = std::move(part),
                         .symbol = std::move(symbol),
                         .text = std::move(text)});
    if (m_entries.size() > entriesMax)
        m_entries.pop_front();
}

} // namespace obm

// What happened, newest last, bounded: every gap, resync, reconnect, rebalance, fault and limit, with part and symbol.
// Entries keep their number when older ones are dropped, so that a reader goes on from the last it has.
// Thread: that of its owner.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace obm {

enum class Severity : std::uint8_t { Note, Warning, Error };
const char* toText(Severity severity); // "note", "warning", "error"

struct JournalEntry
{
    std::uint64_t number = 0; // from 1, rising by 1
    std::int64_t epochMs = 0;
    Severity severity = Severity::Note;
    std::string part;   // "exchange", "kafka", "books", "redis", "rest", "pipeline", "alert"
    std::string symbol; // empty: not of one symbol
    std::string text;
};

class Journal
{
public:
    static constexpr std::size_t entriesMax = 10'000;

    void add(std::int64_t epochMs, Severity severity, std::string part, std::string symbol, std::string text);

    [[nodiscard]] const std::deque<JournalEntry>& entries() const { return m_entries; }
    [[nodiscard]] std::uint64_t lastNumber() const { return m_lastNumber; }

private:
    std::deque<JournalEntry> m_entries;
    std::uint64_t m_lastNumber = 0;
};

} // namespace obm

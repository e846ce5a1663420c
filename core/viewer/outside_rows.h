// How each book is, out of what Redis holds of it, from look to look: since when, and by the counters of its status key
// what has happened to it. Redis does not tell why a book synchronises again; that it had a gap shows by its counter.
// Units: ms of the clocks named. Thread: that of its owner; pure.
#pragma once

#include "book/book_set_status.h"
#include "monitor/redis_field.h"
#include "redis/book_reader.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace obm {

class OutsideRows
{
public:
    struct Look
    {
        std::int64_t steadyMs = 0;
        std::int64_t epochMs = 0;
        int partitions = 0; // of the topic; 0: not known
    };

    // Of each symbol in its place.
    void take(std::span<const std::string> symbols, std::span<const BookReading> readings, const Look& look);
    // Redis could not be read: nothing is known of any of them.
    void forget(std::span<const std::string> symbols);

    [[nodiscard]] const std::vector<BookRow>& rows() const { return m_rows; } // of those that somebody keeps
    [[nodiscard]] const std::vector<std::string>& withoutBook() const { return m_withoutBook; }
    [[nodiscard]] const std::set<std::string>& owners() const { return m_owners; }
    [[nodiscard]] bool isLive(const std::string& symbol) const;

private:
    struct Seen
    {
        std::optional<SyncState> state;   // none: nobody kept it
        std::optional<std::int64_t> atMs; // since when it is so; none: since before the first look
        std::string owner;
        SyncCounters counters;
        std::optional<SyncTransition> lastResync;
    };

    Seen& see(const std::string& symbol, const std::optional<StatusField>& status, const Look& look);
    static void count(Seen& seen, const StatusField& status);
    [[nodiscard]] BookRow rowOf(const std::string& symbol, const StatusField& status, const Look& look);

    std::vector<BookRow> m_rows;
    std::vector<std::string> m_withoutBook;
    std::set<std::string> m_owners;
    std::map<std::string, Seen> m_seen;
};

} // namespace obm

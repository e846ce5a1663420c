// Says in the log what happened to the books since the last look: who went live, who synchronises again and why.
// Why from the status: the books themselves know no log, and a storm must not cost a line an event. The reasons come
// from the counters, as a book may have been through several states between two looks. Thread: that of its owner.
#pragma once

#include "book/book_set_status.h"
#include "log/rate_limit.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace obm {

class BookJournal
{
public:
    static constexpr int linesMax = 20; // in ten seconds, of each kind

    void note(const std::vector<BookRow>& rows, std::int64_t nowMs);

private:
    struct Seen
    {
        SyncState state = SyncState::Waiting;
        SyncCounters counters;
    };

    void sayLive(const BookRow& row, std::int64_t nowMs);
    void sayResync(const BookRow& row, const SyncCounters& before, std::int64_t nowMs);

    std::unordered_map<std::string, Seen> m_seen;
    RateLimit m_liveLines{linesMax};
    RateLimit m_resyncLines{linesMax};
};

} // namespace obm

// Says in the log what happened to the books since the last look: who went live, who synchronises again and why, and
// what came that is of no use.
// Why from the status: the books themselves know no log, and a storm must not cost a line an event.
// Thread: that of its owner.
#pragma once

#include "book/book_set_status.h"
#include "log/rate_limit.h"
#include "pipeline/book_changes.h"

#include <cstdint>
#include <vector>

namespace obm {

class BookJournal
{
public:
    static constexpr int linesMax = 20; // in ten seconds, of each kind
    static constexpr int uselessLinesMax = 2;
    static constexpr std::int64_t unknownEveryMs = 600'000; // other symbols on the topic are nothing wrong

    void note(const BookSetStatus& status, std::int64_t nowMs);

private:
    void noteBooks(const std::vector<BookRow>& rows, std::int64_t nowMs);
    void noteMessages(const BookSetStatus& status, std::int64_t nowMs);
    void sayLive(const BookRow& row, std::int64_t nowMs);
    void sayResync(const BookChange& change, std::int64_t nowMs);

    BookChanges m_changes;
    RateLimit m_liveLines{linesMax};
    RateLimit m_resyncLines{linesMax};
    RateLimit m_unusableLines{uselessLinesMax};
    RateLimit m_unknownLines{1, unknownEveryMs};
    std::uint64_t m_unusable = 0; // said already
    std::uint64_t m_unknown = 0;
};

} // namespace obm

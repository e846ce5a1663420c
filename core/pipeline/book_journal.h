// Says in the log what happened to the books since the last look: who went live, who synchronises again and why.
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

    void note(const std::vector<BookRow>& rows, std::int64_t nowMs);

private:
    void sayLive(const BookRow& row, std::int64_t nowMs);
    void sayResync(const BookChange& change, std::int64_t nowMs);

    BookChanges m_changes;
    RateLimit m_liveLines{linesMax};
    RateLimit m_resyncLines{linesMax};
};

} // namespace obm

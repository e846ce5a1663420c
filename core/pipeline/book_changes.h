// What happened to the books between two looks at their rows, for whoever says it: the log, the journal of a window.
// Why from the counters: a book may have been through several states between two looks.
// Thread: that of its owner.
#pragma once

#include "book/book_set_status.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace obm {

struct BookChange
{
    enum class Kind : std::uint8_t { Resync, Live, Rejected };

    Kind kind = Kind::Live;
    const BookRow* row = nullptr;    // of the rows handed in
    std::vector<SyncReason> reasons; // of a resync
};

class BookChanges
{
public:
    // In the order of the rows; a resync before the news that the same book is live.
    [[nodiscard]] std::vector<BookChange> note(const std::vector<BookRow>& rows);

private:
    struct Seen
    {
        SyncState state = SyncState::Waiting;
        SyncCounters counters;
    };

    std::unordered_map<std::string, Seen> m_seen;
};

} // namespace obm

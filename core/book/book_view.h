// What a reader sees of one symbol: an immutable copy of the top of the book and how it came about.
// Made by the book's thread, shared as std::shared_ptr<const BookView>, pulled by everyone else at their own pace.
// Units: ms since the epoch.
#pragma once

#include "book/order_book.h"
#include "book/sync_state.h"
#include "market/depth.h"

#include <cstdint>
#include <string>
#include <vector>

namespace obm {

struct BookView
{
    std::string symbol;
    SyncState state = SyncState::Waiting;
    SyncReason reason = SyncReason::Created;
    std::int64_t stateSinceMs = 0;

    std::vector<Level> bids; // best first; empty unless Live
    std::vector<Level> asks;
    std::size_t bidCount = 0; // of the whole proven book
    std::size_t askCount = 0;

    std::int64_t lastId = 0;      // u
    std::int64_t eventTimeMs = 0; // E
    std::int64_t receivedMs = 0;  // at the socket
    std::int64_t appliedMs = 0;
    std::int64_t bookHopUs = 0; // consumed to applied; of a book just synchronised: what its newest event has waited
    int partition = -1;
    std::int64_t offset = -1;

    std::uint64_t gaps = 0;
    std::uint64_t resyncs = 0;
    std::vector<SyncTransition> history; // oldest first, the last syncHistoryMax; its times are of the epoch too
};

// The best levels of a book, best first, at most `levelsMax` of each side.
void copyTop(const OrderBook& book, std::size_t levelsMax, BookView& view);

} // namespace obm

// How one symbol is, in words: for its row, and for the Books stage where it is the one that is wrong.
// Thread: any; pure functions.
#pragma once

#include "book/book_set_status.h"
#include "exchange/snapshot_schedule.h"
#include "exchange/stream_status.h"

#include <cstdint>
#include <string>

namespace obm {

inline constexpr std::int64_t quietMs = 60'000; // a symbol without an event for so long is called silent

[[nodiscard]] std::string reasonText(SyncReason reason);      // "unknown symbol", "gap"
[[nodiscard]] std::string placeText(const QueuePlace& place); // "12 before it, about 34 s"

// "gap, lost before Kafka (exchange or network)": a reason of this row, and where the events of its newest gap were
// lost.
[[nodiscard]] std::string reasonText(SyncReason reason, const BookRow& row);

// Why a book that is not live is not: what made it synchronise again, where something did.
[[nodiscard]] std::string causeOf(const BookRow& row);

// place: null where it is in no queue. stream: what the exchange says of its subscription; null where nobody knows.
[[nodiscard]] std::string symbolWords(const BookRow& row, const QueuePlace* place, const SymbolStreamStatus* stream);
// Where neither its place nor its subscription can be known.
[[nodiscard]] std::string symbolWordsFromOutside(const BookRow& row);

} // namespace obm

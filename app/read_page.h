// What `obmonitor read` shows of one reading: pure text, from the two JSON texts that Redis holds.
// Prices and quantities are shown as they stand in Redis, digit for digit.
// Thread: none. Time: ms since 1970, to tell how old what the status says has become.
#pragma once

#include "redis/book_reader.h"

#include <QString>

#include <cstdint>

namespace obm {

// The lines of one reading, each ending in '\n'. A book without a status is kept by nobody, and the page says so.
// A live field that is no book is shown as it is.
[[nodiscard]] QString readPage(const QString& symbol, const BookReading& reading, bool isSimulated, std::int64_t nowMs);

// The best ask less the best bid, exact and with the finer one's digits; empty when one of them is no price.
[[nodiscard]] QString spreadText(const QString& bid, const QString& ask);

} // namespace obm

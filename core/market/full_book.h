// The whole book as obmonitor leaves it in Redis (book_json.h writes it): what a handler goes on from that takes a
// symbol over. It comes from outside: anybody may have written it. Thread: any; pure functions.
#pragma once

#include "market/depth.h"
#include "market/parse_error.h"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace obm {

struct FullBook
{
    std::string symbol;
    DepthSnapshot levels; // its lastUpdateId is the u of the last event applied, its event time that event's
    std::string updatedAt;
    int partition = -1; // where that event lay in Kafka
    std::int64_t offset = -1;
};

[[nodiscard]] std::expected<FullBook, ParseError> parseFullBook(std::string_view text);

} // namespace obm

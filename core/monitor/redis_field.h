// What the live field and the status key of a symbol say, out of their JSON, prices and quantities as they stand there.
// Why not the depth parser: this text is of our own form, or of anybody who writes into the same Redis.
// Thread: any; pure functions. Errors: nothing, where the text is no such value.
#pragma once

#include "monitor/redis_book.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace obm {

struct LiveField
{
    std::int64_t lastId = 0;
    std::vector<TextLevel> bids; // best first
    std::vector<TextLevel> asks;
};

struct StatusField
{
    std::string state;
    std::string owner;
    std::int64_t lastId = 0;
    std::int64_t ageMs = 0; // of the last event, at updatedAtMs
    std::int64_t updatedAtMs = 0;
    std::int64_t gaps = 0;
    std::int64_t resyncs = 0;
};

[[nodiscard]] std::optional<LiveField> parseLiveField(const std::string& json);
[[nodiscard]] std::optional<StatusField> parseStatusField(const std::string& json);

// Row by row from the best price on; bids before asks.
[[nodiscard]] std::vector<DifferingRow> differingRows(const LiveField& local, const RedisBook& redis);

} // namespace obm

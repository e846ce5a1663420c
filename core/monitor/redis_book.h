// A symbol's live field and status key as Redis returned them, held against the local book as it was at that u.
// Units: epoch ms. Thread: an immutable value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace obm {

struct TextLevel
{
    std::string price;
    std::string quantity;
    bool operator==(const TextLevel&) const = default;
};

// Of one side at one row; the texts that are not there are empty.
struct DifferingRow
{
    bool isBid = true;
    std::size_t row = 0; // from the best price on
    TextLevel local;
    TextLevel redis;
};

struct RedisBook
{
    std::string symbol;
    std::int64_t readEpochMs = 0;
    std::string error; // why there is nothing: "no such field", "Redis is away: ..."
    std::int64_t lastId = 0;
    std::vector<TextLevel> bids;
    std::vector<TextLevel> asks;
    std::int64_t ageMs = -1; // since the book changed last here, by its event; -1: unknown
    std::string state;       // of the status key: "live", ...; empty: nobody keeps this book
    std::string owner;
    bool isCompared = false; // false: the local book of that u is not known (any more)
    std::vector<DifferingRow> differing;
};

} // namespace obm

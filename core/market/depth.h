// What the exchange says about a book: one level, one depth update, one snapshot.
// Plain values without Qt; vectors keep their capacity when a value is parsed into again.
#pragma once

#include "market/decimal.h"

#include <cstdint>
#include <string>
#include <vector>

namespace obm {

struct Level
{
    Decimal price;
    Decimal quantity; // absolute; zero removes the level
};

struct DepthUpdate
{
    std::string symbol;              // "s", upper case as sent
    std::int64_t eventTimeMs = 0;    // "E"
    std::int64_t firstId = 0;        // "U"
    std::int64_t lastId = 0;         // "u"
    std::int64_t previousLastId = 0; // "pu"
    std::vector<Level> bids;         // in the order of the message
    std::vector<Level> asks;
};

struct DepthSnapshot
{
    std::int64_t lastUpdateId = 0;
    std::int64_t eventTimeMs = 0; // "E"; 0 when absent
    std::vector<Level> bids;      // falling, as sent
    std::vector<Level> asks;      // rising, as sent
};

} // namespace obm

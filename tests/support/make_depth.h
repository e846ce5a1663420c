// Depth values written the short way: level("1.5", "2"), update({...}).
#pragma once

#include "market/depth.h"

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

namespace obm::test {

using Texts = std::initializer_list<std::pair<std::string_view, std::string_view>>;

inline Level level(std::string_view price, std::string_view quantity)
{
    return {Decimal::parse(price).value(), Decimal::parse(quantity).value()};
}

inline std::vector<Level> levels(Texts texts)
{
    std::vector<Level> made;
    for (const auto& [price, quantity] : texts)
        made.push_back(level(price, quantity));
    return made;
}

struct Ids
{
    std::int64_t previous;
    std::int64_t first;
    std::int64_t last;
};

inline DepthUpdate update(Ids ids, Texts bids = {}, Texts asks = {}, std::int64_t eventTimeMs = 0)
{
    return {.symbol = "BTCUSDT",
            .eventTimeMs = eventTimeMs,
            .firstId = ids.first,
            .lastId = ids.last,
            .previousLastId = ids.previous,
            .bids = levels(bids),
            .asks = levels(asks)};
}

inline DepthSnapshot snapshot(std::int64_t lastUpdateId, Texts bids, Texts asks)
{
    return {.lastUpdateId = lastUpdateId, .eventTimeMs = 0, .bids = levels(bids), .asks = levels(asks)};
}

} // namespace obm::test

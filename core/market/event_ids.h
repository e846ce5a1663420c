// The two ids by which an event continues the one before it, found without parsing the event.
// Why: whoever only passes events on has to know whether one is missing, and nearly all of an event is levels, behind
// the ids.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace obm {

// Ids count the changes of all symbols, some 10^5 a second: this many are months. Why: `u` of a book never goes back,
// so one number from nowhere, taken for the next event, would be its last.
inline constexpr std::int64_t maxIdsPerEvent = 1'000'000'000'000;

struct EventIds
{
    std::int64_t previousLastId = 0; // "pu"
    std::int64_t lastId = 0;         // "u"
};

// Nothing where they are not there, no ids, or do not agree. What the parser takes has the same ids here, unless a key
// is written with escapes.
[[nodiscard]] std::optional<EventIds> eventIds(std::string_view data);

} // namespace obm

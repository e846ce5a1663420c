// The scripts by which books change in Redis. Each runs as one step that nothing can interleave with: that is what
// makes the fence hold whoever writes. Every one first looks at obmonitor:source and refuses the data of another
// exchange. Keys are given as KEYS, so that Redis checks them against the ACL; takeOver alone works on those it finds.
#pragma once

#include "redis/script.h"

namespace obm {

// What the write script says of one item; anything else it says is the text of an error.
// DataLost: written, but the epoch that the claim had set was gone, and so is whatever else was there.
// CountedAnew: refused, a whole book with a lower u than the one there and an event that is later by 5 s or more. In
// one count of ids that cannot be; and an event that is two days later than the given one is a forged one.
enum class FenceAnswer : std::int64_t { Written = 0, OlderUpdate = 1, NotOwner = 2, DataLost = 3, CountedAnew = 4 };

// KEYS source, counter, epochs. ARGV source, highest epoch held, symbol...
// Returns the new epoch, or 0 when no symbol is given: then only the source is looked at.
[[nodiscard]] const Script& claimScript();

// KEYS source, counter, epochs, then the key of each item.
// ARGV source, highest epoch held, status TTL in ms, then kind, symbol, epoch, u, JSON of each item.
// Returns an answer for each item.
[[nodiscard]] const Script& writeScript();
inline constexpr std::string_view liveItem = "l"; // a field of the hash
inline constexpr std::string_view fullItem = "f"; // a key of its own
inline constexpr std::string_view statusItem = "s";

// KEYS source, counter, epochs, live, full. ARGV source, highest epoch held, symbol, its epoch.
// Where no newer epoch stands a new one is taken and returned, and field and whole book go; else 0: who lost the symbol
// while he was frozen, or sent this long ago, changes nothing.
[[nodiscard]] const Script& startAnewScript();

// KEYS source, epochs, live, then status and full key of each symbol.
// ARGV source, "status" or "all", then symbol, epoch of each. Deletes where the epoch still
// stands.
[[nodiscard]] const Script& dropScript();

// KEYS source, epochs, live. ARGV source, full key before and after {symbol}, symbol...
// Clears what is there of another source, and puts this one in its place. Returns the number of symbols cleared.
[[nodiscard]] const Script& takeOverScript();

} // namespace obm

// Where an event was lost whose absence breaks a symbol's chain of ids, and how that is told.
// Who sees what: obm-feed checks the chain before Kafka and hears what became of each message; obm-book sees offsets
// and assignments. What obm-feed knows travels with the next message of the symbol (kafka/gap_mark.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace obm {

enum class GapOrigin : std::uint8_t {
    Exchange,  // it never reached obm-feed, or unreadable: the exchange, or the network
    Producer,  // it was lost in the producer's queue, or no producer ran
    Kafka,     // it was in Kafka and is not any more; or somebody else writes to the topic
    Rebalance, // it was passed over when the partition changed hands
};
inline constexpr std::size_t gapOriginCount = 4;

const char* toText(GapOrigin origin);  // as in metrics' label: "exchange", ...
const char* toWords(GapOrigin origin); // for a person: "lost before Kafka (exchange or network)"

// What is known of an event's place when it leaves Kafka.
struct GapSigns
{
    std::optional<GapOrigin> mark = {}; // what the producer says of the events before it
    // Since its symbol's last event:
    bool isBehindUnreadable = false; // one came that could not be read
    bool isBehindJump = false;       // offsets of the partition are missing
    bool isFirstHere = false;        // the partition came here
};

// Who is to blame if events are missing before this one. The first that holds:
// - the chain was broken before Kafka, or what came is no event: that is certain;
// - offsets are missing: Kafka lost them, or the partition did not go on where it was left;
// - the producer lost one, or does not know what became of it;
// - it is the first event here; and what is left is Kafka.
[[nodiscard]] GapOrigin originOf(const GapSigns& signs);

} // namespace obm

// What the producer says of the events before a message: a header of Kafka's, on the few messages that need one.
// Key and value stay as the contract has them, and who does not look for the header does not see it.
//     obmonitor-gap: exchange   the one before is missing: it never reached obm-feed
//     obmonitor-gap: producer   should the one before be missing, the producer lost it, or was not running
// Thread: any.
#pragma once

#include "market/gap_origin.h"

#include <optional>

struct rd_kafka_message_s;

namespace obm {

inline constexpr const char* gapMarkName = "obmonitor-gap";

// Nothing where it has none, or one that only somebody else can have written.
[[nodiscard]] std::optional<GapOrigin> gapMarkOf(const rd_kafka_message_s& message);

} // namespace obm

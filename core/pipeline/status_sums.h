// Sums over a status that several readers show: the status line, a window.
// Thread: any; pure functions.
#pragma once

#include "kafka/lag.h"
#include "pipeline/status.h"

#include <cstdint>

namespace obm {

[[nodiscard]] Lag worstLag(const ConsumerStatus& consumer);         // messages of all partitions, ms of the latest one
[[nodiscard]] std::uint64_t lostOf(const ProducerStatus& producer); // what Kafka did not get
[[nodiscard]] std::uint64_t writtenOf(const RedisStatus& redis);    // of all keys
[[nodiscard]] std::uint64_t refusedOf(const RedisStatus& redis);    // by a newer owner's epoch

} // namespace obm

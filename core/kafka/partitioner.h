// Which partition a key goes to: murmur2 as the Java client places keys, which is what librdkafka's `murmur2_random`
// does with a key that is there. Used to say which partition a symbol is on without asking a broker.
// Source of the rule: Kafka's DefaultPartitioner: (murmur2(key) & 0x7fffffff) % partitions.
// Thread: any.
#pragma once

#include <cstdint>
#include <string_view>

namespace obm {

[[nodiscard]] std::uint32_t murmur2(std::string_view bytes);
[[nodiscard]] int partitionOf(std::string_view key, int partitionCount);

} // namespace obm

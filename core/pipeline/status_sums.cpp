#include "pipeline/status_sums.h"

#include <algorithm>

namespace obm {

Lag worstLag(const ConsumerStatus& consumer)
{
    Lag worst;
    for (const PartitionStatus& partition : consumer.partitions) {
        worst.messages += partition.lagMessages;
        worst.ms = std::max(worst.ms, partition.lagMs);
    }
    return worst;
}

std::uint64_t lostOf(const ProducerStatus& producer)
{
    return producer.queueFull + producer.refused + producer.failedTotal;
}

std::uint64_t writtenOf(const RedisStatus& redis)
{
    std::uint64_t written = 0;
    for (const BookKeyCounters& counters : redis.writes)
        written += counters.written;
    return written;
}

std::uint64_t refusedOf(const RedisStatus& redis)
{
    std::uint64_t refused = 0;
    for (const BookKeyCounters& counters : redis.writes)
        refused += counters.notOwner;
    return refused;
}

} // namespace obm

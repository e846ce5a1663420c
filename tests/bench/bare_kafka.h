// What librdkafka alone costs for a market's traffic: a producer and a consumer with obmonitor's own settings, the same
// messages at the same rate in the same bursts, and nobody who looks at them. The floor of whatever goes through Kafka.
// Thread: blocks the caller; librdkafka's threads and one consumer thread live meanwhile, all in this process.
#pragma once

#include "config/config.h"

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

namespace obm::bench {

struct KafkaTraffic
{
    std::vector<std::string> keys;     // one message each in every interval
    std::vector<std::string> messages; // taken in turns
    int intervalMs = 100;
    int burstMs = 50; // an interval's messages go out in bursts this far apart, as the local exchange sends them
    int seconds = 0;
};

struct KafkaCost
{
    double coreShare = 0; // processor time of the whole process by time
    double messagesPerSecond = 0;
    std::int64_t lost = 0; // sent and not consumed
};

// config.topic is made anew; the error is one line.
[[nodiscard]] std::expected<KafkaCost, std::string> measureBareKafka(const KafkaConfig& config,
                                                                     const KafkaTraffic& traffic);

} // namespace obm::bench

// What was found out about the topic, or done about it. Thread: a plain value.
#pragma once

#include "kafka/kafka_error.h"

#include <cstdint>
#include <optional>

namespace obm {

enum class TopicState {
    Created,  // it was missing; made as configured
    Existing, // used as it is
    Missing,  // it is not there and may not be made: `error` says why
};

struct TopicReport
{
    TopicState state = TopicState::Existing;
    int partitions = 0;
    std::optional<std::int64_t> retentionMs; // absent where the broker does not say
    std::optional<KafkaError> error;
};

} // namespace obm

// What to say beside a refused login that is no wrong password. librdkafka before 2.6.1 repeats the client's part of
// the nonce in the last message of SCRAM; Kafka let that pass until 3.9 and refuses it since 4.0, in the words of a
// wrong password (librdkafka's pull request 4895). Thread: any; a pure function.
#pragma once

#include "config/config.h"

#include <string>

namespace obm {

// Empty where there is nothing to add. librdkafkaVersion: as rd_kafka_version() tells it, 0x020002ff is 2.0.2.
[[nodiscard]] std::string loginHint(const KafkaConfig& config, int librdkafkaVersion);

} // namespace obm

// The librdkafka properties that obmonitor sets itself, or that would break what it promises: kafka.properties may not
// name them. Here, and without librdkafka, so that the configuration is checked without a Kafka client; a unit test
// holds the list against what core/kafka really sets.
// Thread: any; the sets are immutable.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace obm {

[[nodiscard]] const std::set<std::string>& reservedKafkaProperties();

// True where the value must never be shown: passwords, keys, tokens and configurations that carry them.
[[nodiscard]] bool isSecretKafkaProperty(std::string_view name);

} // namespace obm

// The check of the [kafka] section that --check-config runs: every property known to librdkafka, every value one that
// its clients accept, none that obmonitor sets itself. Connects to nothing.
// Why here: only librdkafka knows its properties; this header is free of it.
// Thread: any. Errors: one sentence that names the key, never the value of a secret.
#pragma once

#include "config/config.h"
#include "kafka/kafka_error.h"

#include <expected>

namespace obm {

[[nodiscard]] std::expected<void, KafkaError> checkKafkaSettings(const KafkaConfig& config);

} // namespace obm

// From the [kafka] section to a librdkafka client: obmonitor's own settings, then kafka.properties.
// Every limit and pace of the clients stands in kafka_conf.cpp, each with its reason.
// Thread: any. Errors name the key; a secret's value never shows.
#pragma once

#include "config/config.h"
#include "kafka/handles.h"
#include "kafka/kafka_error.h"

#include <expected>
#include <string>
#include <vector>

namespace obm {

enum class ClientRole { Producer, Consumer, Admin };

[[nodiscard]] std::expected<ConfHandle, KafkaError> makeConf(const KafkaConfig& config, ClientRole role);

// Starts librdkafka's threads; connects in the background.
[[nodiscard]] std::expected<ClientHandle, KafkaError> makeClient(ConfHandle conf, ClientRole role,
                                                                 const KafkaConfig& config);

// For all that librdkafka says: it quotes values in some of its sentences. One that names a secret ends with the name.
[[nodiscard]] std::string withoutSecrets(std::string text, const KafkaConfig& config);

// The names of what obmonitor sets by itself: all of them reserved.
[[nodiscard]] std::vector<std::string> ownProperties(const KafkaConfig& config, ClientRole role);

} // namespace obm

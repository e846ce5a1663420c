#include "kafka/kafka_settings.h"

#include "kafka/kafka_conf.h"

#include <librdkafka/rdkafka.h>

#include <utility>

namespace obm {

// Some values are only looked at when a client is made (certificate files, SASL mechanisms, times that must fit each
// other): both kinds are made, without a broker to connect to.
std::expected<void, KafkaError> checkKafkaSettings(const KafkaConfig& config)
{
    if (config.bootstrapServers.empty())
        return std::unexpected(kafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, "kafka.bootstrap_servers: is empty"));
    KafkaConfig offline = config;
    offline.bootstrapServers.clear();
    for (const ClientRole role : {ClientRole::Producer, ClientRole::Consumer}) {
        auto conf = makeConf(offline, role);
        if (!conf)
            return std::unexpected(std::move(conf.error()));
        if (auto client = makeClient(std::move(*conf), role, offline); !client)
            return std::unexpected(std::move(client.error()));
    }
    return {};
}

} // namespace obm

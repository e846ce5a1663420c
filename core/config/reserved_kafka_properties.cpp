#include "config/reserved_kafka_properties.h"

#include <algorithm>
#include <array>

namespace obm {

const std::set<std::string>& reservedKafkaProperties()
{
    static const std::set<std::string> reserved = {
        // Keys of the [kafka] section, with librdkafka's aliases of them.
        "bootstrap.servers", "metadata.broker.list", "group.id", "group.instance.id", "auto.offset.reset", "linger.ms",
        "queue.buffering.max.ms", "compression.codec", "compression.type",
        // What the contract fixes.
        "enable.idempotence", "partitioner", "session.timeout.ms", "heartbeat.interval.ms", "max.poll.interval.ms",
        "partition.assignment.strategy", "group.protocol", "enable.auto.commit", "auto.commit.interval.ms",
        "auto.commit.enable", "enable.auto.offset.store", "enable.partition.eof", "allow.auto.create.topics",
        "transactional.id",
        // Limits and paces that the pipeline is built on.
        "message.timeout.ms", "delivery.timeout.ms", "queue.buffering.max.messages", "queue.buffering.max.kbytes",
        "queued.max.messages.kbytes", "fetch.wait.max.ms", "fetch.queue.backoff.ms",
        "topic.metadata.refresh.interval.ms", "reconnect.backoff.max.ms", "statistics.interval.ms",
        // How the client is tied to the program.
        "client.id", "socket.nagle.disable", "socket.keepalive.enable", "log.queue", "plugin.library.paths",
        "test.mock.num.brokers"};
    return reserved;
}

bool isSecretKafkaProperty(std::string_view name)
{
    static constexpr std::array<std::string_view, 6> marks = {"password", "secret", "jaas",
                                                              ".pem",     "token",  "oauthbearer.config"};
    const auto isPartOfName = [name](std::string_view mark) { return name.find(mark) != std::string_view::npos; };
    return name != "sasl.oauthbearer.token.endpoint.url" && std::ranges::any_of(marks, isPartOfName);
}

} // namespace obm

// librdkafka's own broker inside this process, in memory: for the demo, for tests and for a single machine.
// It keeps 5 MiB a partition and forgets everything with the process. Clients connect to bootstrapServers() over TCP
// like to any other broker. The topic is made at start, as this broker does not answer CreateTopics.
// Known: the first group join takes 3 s with librdkafka 2.0; an empty fetch waits all of fetch.wait.max.ms.
// Thread: start and destroy from any one thread; it runs threads of its own.
#pragma once

#include "config/config.h"
#include "kafka/kafka_error.h"

#include <expected>
#include <memory>
#include <string>

namespace obm {

class EmbeddedBroker
{
public:
    [[nodiscard]] static std::expected<std::unique_ptr<EmbeddedBroker>, KafkaError> start(const KafkaConfig& config);
    ~EmbeddedBroker();

    [[nodiscard]] std::string bootstrapServers() const; // "127.0.0.1:port"

private:
    struct Cluster;
    explicit EmbeddedBroker(std::unique_ptr<Cluster> cluster);

    std::unique_ptr<Cluster> m_cluster;
};

} // namespace obm

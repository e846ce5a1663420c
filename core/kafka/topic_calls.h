// The three questions about a topic, as blocking calls: how many partitions, make it, how long does it keep messages.
// Thread: a worker that may wait; a requested stop ends a wait within stopSliceMs.
#pragma once

#include "config/config.h"
#include "kafka/handles.h"
#include "kafka/kafka_error.h"

#include <cstdint>
#include <expected>
#include <optional>
#include <stop_token>
#include <string>

namespace obm {

class TopicCalls
{
public:
    static constexpr int stopSliceMs = 200;
    static constexpr int adminTimeoutMs = 10'000;

    [[nodiscard]] static std::expected<TopicCalls, KafkaError> connect(const KafkaConfig& config);

    // 0: there is no such topic.
    [[nodiscard]] std::expected<int, KafkaError> partitions(int timeoutMs);
    [[nodiscard]] std::expected<void, KafkaError> create(const std::stop_token& stop);
    // Absent where the broker does not tell.
    [[nodiscard]] std::optional<std::int64_t> retentionMs(const std::stop_token& stop);

private:
    TopicCalls(ClientHandle client, const KafkaConfig& config);
    [[nodiscard]] EventHandle waitForResult(const std::stop_token& stop);

    KafkaConfig m_config;
    ClientHandle m_client;
    QueueHandle m_results;
};

} // namespace obm

// Hands messages to Kafka: key = symbol, value = bytes as received, timestamp = receive time; lz4, idempotent, placed
// by murmur2_random, so that the partition of a key is the one of every other language's client.
// Never blocks: a full local queue or a client in trouble is an answer of produce(), which the caller counts as a drop;
// the gap heals downstream by a snapshot. Delivery reports wake the thread through an eventfd; nothing polls.
// With the brokers away the queue fills to its bound and messages older than messageTimeoutMs are given up: a short
// outage loses nothing, and after a long one the books are not fed minutes of the past but heal from fresh snapshots.
// A fatal error of the idempotent client (only a new client has a valid producer id) is healed by making a new one; a
// topic that is deleted while it runs is made again.
// Thread: made, used and destroyed in one thread with an event loop (obm-feed). Times in ms since the epoch.
#pragma once

#include "config/config.h"
#include "kafka/broker_link.h"
#include "kafka/kafka_error.h"
#include "kafka/loss_trail.h"
#include "kafka/topic_report.h"
#include "metrics/latency_histogram.h"

#include <QtCore/QObject>

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

struct rd_kafka_message_s;

namespace obm {

class TopicAdmin;

enum class ProduceResult { Queued, QueueFull, Failed };

struct ProducerStatus
{
    BrokerLinkStatus broker;
    std::optional<TopicReport> topic;            // absent until the brokers have answered
    std::uint64_t produced = 0;                  // accepted by the local queue
    std::uint64_t delivered = 0;                 // acknowledged by the broker
    std::uint64_t queueFull = 0;                 // refused: local queue full
    std::uint64_t refused = 0;                   // refused for any other reason
    std::map<std::string, std::uint64_t> failed; // accepted, then given up, by name of the error
    std::uint64_t failedTotal = 0;
    std::uint64_t recreated = 0;  // new clients after fatal errors
    std::int64_t inFlight = 0;    // produced and neither delivered nor failed
    std::int64_t queuedBytes = 0; // of them, by the last statistics
    LatencyHistogram ackLatency;  // produced to acknowledged
    std::optional<KafkaError> lastError;
};

class Producer : public QObject
{
    Q_OBJECT
public:
    static constexpr int messageTimeoutMs = 30'000;
    static constexpr int queueMessagesMax = 100'000;
    static constexpr int queueKbytesMax = 65'536; // of the 200 MB that the process may use
    static constexpr int statisticsIntervalMs = 1'000;
    static constexpr int recreateMs = 250; // after a fatal error; doubled while they follow each other
    static constexpr int recreateMaxMs = 30'000;
    static constexpr int topicGoneMs = 1'000; // until it looks for a topic that was there, and until the next time

    [[nodiscard]] static std::expected<std::unique_ptr<Producer>, KafkaError> create(const KafkaConfig& config);
    ~Producer() override;

    // followsGap: messages of this key are missing before it that never came here. It is marked so; and so, on its own,
    // is one before which this producer may have lost some (gap_mark.h).
    ProduceResult produce(std::string_view key, std::string_view value, std::int64_t timestampMs,
                          bool followsGap = false);
    // Waits, without the event loop, until every message is delivered or given up; false when the deadline passed
    // first.
    bool flush(int deadlineMs);
    [[nodiscard]] ProducerStatus status() const;

private:
    struct Client;
    struct Callbacks;
    struct TextHash : std::hash<std::string_view>
    {
        using is_transparent = void;
    };
    explicit Producer(const KafkaConfig& config);

    [[nodiscard]] std::expected<void, KafkaError> open();
    void drain();
    void retireFatalClient();
    void recreate();
    void recreateLater();
    LossTrail& trailOf(std::string_view key);
    void onDelivery(const rd_kafka_message_s& message);
    void seeToTopic();
    void onTopic(const TopicReport& report);
    void onTopicUnknown();

    KafkaConfig m_config;
    std::unordered_map<std::string, LossTrail, TextHash, std::equal_to<>> m_trails; // by key; messages point to them
    std::unique_ptr<Client> m_client; // none between a fatal error and the next attempt
    std::unique_ptr<TopicAdmin> m_topicAdmin;
    bool m_isTopicSought = true;
    int m_recreateMs = recreateMs;
    ProducerStatus m_status; // the counters; status() adds what the client knows
};

} // namespace obm

// One member of the consumer group: hands over the messages of its partitions in order, in the thread it lives in.
// - Woken by librdkafka through an eventfd, drains at most batchMax messages, then lets the event loop run.
// - A newly assigned partition starts at the offset that onAssigned returns for it, else where auto_offset_reset says;
//   the committed offset is for lag tools only.
// - Revocation: onRevoked first (stop writing, set the books aside), then the applied offsets are committed, then the
//   partitions are given back. After onRevoked no message of them is handed over.
// - Eager rebalance: librdkafka 2.0.2's cooperative protocol can loop for ever.
// - Only what markApplied names is committed, once a second.
// - A missing topic is waited for; a fatal error (another process took this instance_id) ends the membership, is said,
//   and a new client joins after a back-off.
// Thread: made, used and destroyed in one thread with an event loop (obm-book); the callbacks come in it, none of them
// from within create() or status(). Times in ms since the epoch.
#pragma once

#include "config/config.h"
#include "kafka/broker_link.h"
#include "kafka/kafka_error.h"
#include "log/rate_limit.h"
#include "market/gap_origin.h"

#include <QtCore/QObject>

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct rd_kafka_message_s;
struct rd_kafka_topic_partition_list_s;

namespace obm {

// Valid only during the call it is handed to.
struct ConsumedMessage
{
    std::string_view key; // empty where a foreign producer sent none
    std::string_view value;
    int partition = 0;
    std::int64_t offset = 0;
    std::int64_t timestampMs = 0;       // -1: none
    std::optional<GapOrigin> mark = {}; // what its producer says of the messages before (gap_mark.h)
};

struct ConsumerCallbacks
{
    std::function<void(const ConsumedMessage&)> onMessage;
    std::function<void()> onBatchEnd; // after each drained batch with at least one message
    // Returns the offsets to go on from, for the partitions that can be resumed.
    std::function<std::map<int, std::int64_t>(const std::vector<int>& partitions)> onAssigned;
    std::function<void(const std::vector<int>& partitions)> onRevoked;
};

struct PartitionStatus
{
    int partition = 0;
    std::int64_t nextOffset = -1; // the one after the last handed over; -1: none yet
    std::int64_t lagMessages = 0; // by the broker's last fetch answer: no network
    std::int64_t lagMs = 0;       // age of the last message handed over while behind, else 0
};

struct ConsumerStatus
{
    BrokerLinkStatus broker;
    std::vector<PartitionStatus> partitions; // assigned, by number
    std::string memberState;                 // librdkafka's join state: "steady", "wait-sync", ...
    std::uint64_t messages = 0;
    std::uint64_t batches = 0;
    std::uint64_t rebalances = 0; // assignments received
    std::uint64_t assignmentsLost = 0;
    std::uint64_t commitsOk = 0;
    std::uint64_t commitsFailed = 0;
    std::uint64_t offsetResets = 0; // the offset asked for was no longer there
    std::uint64_t recreated = 0;
    std::map<std::string, std::uint64_t> errors; // by name
    std::optional<KafkaError> lastError;
};

class Consumer : public QObject
{
    Q_OBJECT
public:
    static constexpr int batchMax = 500;
    static constexpr int queueKbytesMax = 32'768; // fetched ahead; of the 200 MB that the process may use
    static constexpr std::size_t fetchNudgeBytes = queueKbytesMax * 1024 / 4; // handed over since the last nudge
    static constexpr int stopDeadlineMs = 3'000;
    static constexpr int metadataDeadlineMs = 2'000;
    static constexpr int statisticsIntervalMs = 1'000;
    static constexpr int recreateMs = 5'000; // after a fatal error; doubled while they follow each other
    static constexpr int recreateMaxMs = 60'000;

    // Subscribes at once; callbacks begin when the event loop runs.
    [[nodiscard]] static std::expected<std::unique_ptr<Consumer>, KafkaError> create(const KafkaConfig& config,
                                                                                     ConsumerCallbacks callbacks);
    ~Consumer() override;

    // How many partitions the topic has, asked of the brokers; 0 when they did not answer in time. May be called from
    // within onAssigned.
    [[nodiscard]] int partitionCount() const;
    // The message at this offset is in its book: to be committed.
    void markApplied(int partition, std::int64_t offset);
    // Leaves the group in order: onRevoked, commit, goodbye; waits at most stopDeadlineMs. False: the deadline passed.
    bool stop();
    [[nodiscard]] ConsumerStatus status() const;

private:
    struct Client;
    struct Callbacks;
    struct Assigned
    {
        std::int64_t next = -1;    // expected offset; -1 until known
        std::int64_t applied = -1; // one after the last applied
        std::int64_t stored = -1;  // one after the last handed to librdkafka for the commit
        std::int64_t lastTimestampMs = -1;
    };
    Consumer(const KafkaConfig& config, ConsumerCallbacks callbacks);

    [[nodiscard]] std::expected<void, KafkaError> open();
    void drain();
    void take(const rd_kafka_message_s& message);
    void handOver(const rd_kafka_message_s& message);
    void onOffsetJump(const rd_kafka_message_s& message, Assigned& assigned);
    void endBatch();
    void storeApplied();
    void onRebalance(int code, rd_kafka_topic_partition_list_s& partitions);
    void assign(rd_kafka_topic_partition_list_s& partitions);
    void revoke();
    void dropAssignment();
    void onCommit(int code);
    void retireFatalClient();
    void recreate();
    void recreateLater();
    [[nodiscard]] PartitionStatus partitionStatus(int partition, const Assigned& assigned) const;

    KafkaConfig m_config;
    ConsumerCallbacks m_callbacks;
    std::unique_ptr<Client> m_client; // none between a fatal error and the next attempt, and after stop()
    std::map<int, Assigned> m_assigned;
    bool m_isBatchOpen = false;
    bool m_isAnyToStore = false;
    bool m_isStopping = false;
    int m_recreateMs = recreateMs;
    RateLimit m_jumpLines;
    ConsumerStatus m_status; // the counters; status() adds what the client knows
};

} // namespace obm

#include "kafka/consumer.h"

#include "kafka/client_events.h"
#include "kafka/fetch_nudge.h"
#include "kafka/gap_mark.h"
#include "kafka/handles.h"
#include "kafka/kafka_conf.h"
#include "kafka/kafka_log.h"
#include "kafka/lag.h"
#include "kafka/queue_wakeup.h"

#include <librdkafka/rdkafka.h>

#include <QtCore/QDateTime>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QTimer>

#include <algorithm>
#include <span>
#include <utility>

namespace obm {
namespace {

constexpr int closeSliceMs = 50; // librdkafka does not wake the queue when it has closed

std::span<rd_kafka_topic_partition_t> entriesOf(rd_kafka_topic_partition_list_t& list)
{
    return {list.elems, static_cast<std::size_t>(list.cnt)};
}

std::string_view bytes(const void* data, std::size_t size)
{
    return {static_cast<const char*>(data), data ? size : 0};
}

} // namespace

// In the order of making; taken apart from the end.
struct Consumer::Client
{
    Client(const KafkaConfig& config, Consumer& owner)
        : events("consumer", config, &owner)
        , nudge(config)
    {}

    ClientEvents events;
    ClientHandle handle;
    QueueHandle queue;
    std::unique_ptr<QueueWakeup> wakeup;
    FetchNudge nudge;
    bool isRetired = false;
};

struct Consumer::Callbacks
{
    static Consumer& of(void* opaque) { return *static_cast<Consumer*>(static_cast<ClientEvents*>(opaque)->owner()); }

    static void rebalance(rd_kafka_t*, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t* partitions,
                          void* opaque)
    {
        of(opaque).onRebalance(code, *partitions);
    }
    static void commit(rd_kafka_t*, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t*, void* opaque)
    {
        of(opaque).onCommit(code);
    }
};

Consumer::Consumer(const KafkaConfig& config, ConsumerCallbacks callbacks)
    : m_config(config)
    , m_callbacks(std::move(callbacks))
{}

Consumer::~Consumer()
{
    stop();
}

std::expected<std::unique_ptr<Consumer>, KafkaError> Consumer::create(const KafkaConfig& config,
                                                                      ConsumerCallbacks callbacks)
{
    std::unique_ptr<Consumer> consumer(new Consumer(config, std::move(callbacks)));
    if (auto opened = consumer->open(); !opened)
        return std::unexpected(std::move(opened.error()));
    return consumer;
}

std::expected<void, KafkaError> Consumer::open()
{
    auto client = std::make_unique<Client>(m_config, *this);
    auto conf = makeConf(m_config, ClientRole::Consumer);
    if (!conf)
        return std::unexpected(std::move(conf.error()));
    client->events.install(**conf);
    rd_kafka_conf_set_rebalance_cb(conf->get(), &Callbacks::rebalance);
    rd_kafka_conf_set_offset_commit_cb(conf->get(), &Callbacks::commit);
    auto handle = makeClient(std::move(*conf), ClientRole::Consumer, m_config);
    if (!handle)
        return std::unexpected(std::move(handle.error()));
    client->handle = std::move(*handle);
    rd_kafka_poll_set_consumer(client->handle.get()); // all that the client says comes in the consumer's queue
    rd_kafka_set_log_queue(client->handle.get(), nullptr);
    client->queue.reset(rd_kafka_queue_get_consumer(client->handle.get()));

    const PartitionList topics(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(topics.get(), m_config.topic.c_str(), RD_KAFKA_PARTITION_UA);
    if (const auto code = rd_kafka_subscribe(client->handle.get(), topics.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return std::unexpected(kafkaError(code));
    client->wakeup = std::make_unique<QueueWakeup>(*client->queue, [this] { drain(); });
    m_client = std::move(client);
    return {};
}

// One message a call: librdkafka then keeps messages and rebalances in their order, and drops what a rebalance has made
// obsolete; its batch call returns messages of partitions that it has revoked in between.
void Consumer::drain()
{
    if (m_client->isRetired)
        return;
    rd_kafka_t* handle = m_client->handle.get();
    int taken = 0;
    for (; taken < batchMax; ++taken) {
        const MessageHandle message(rd_kafka_consumer_poll(handle, 0));
        if (!message)
            break;
        take(*message);
    }
    endBatch();
    storeApplied();
    if (m_client->events.fatalError())
        retireFatalClient();
    else if (taken == batchMax || rd_kafka_queue_length(m_client->queue.get()) > 0)
        m_client->wakeup->again();
}

void Consumer::take(const rd_kafka_message_s& message)
{
    if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR)
        handOver(message);
    else if (message.err == RD_KAFKA_RESP_ERR__FATAL) // a consumer's comes here, a producer's by the error callback
        m_client->events.noteFatal(*m_client->handle);
    else
        m_client->events.noteError(kafkaError(message.err, rd_kafka_message_errstr(&message)));
}

// Said at a limited rate: another producer's transactions leave an offset without a message behind each of them.
void Consumer::onOffsetJump(const rd_kafka_message_s& message, Assigned& assigned)
{
    ++m_status.offsetResets;
    if (m_jumpLines.allow(QDateTime::currentMSecsSinceEpoch()))
        qCWarning(lcKafka) << "partition" << message.partition << "goes on at offset" << message.offset << "instead of"
                           << assigned.next << ": the messages between are not there"
                           << m_jumpLines.suppressedNote().c_str();
    if (message.offset > assigned.next)
        return;
    // The topic was made anew. Left to itself, librdkafka commits no offset below the one that it has committed last:
    // lag tools would read the old topic's until the new one is as long.
    assigned.applied = assigned.stored = -1;
    const PartitionList offsets(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(offsets.get(), m_config.topic.c_str(), message.partition)->offset =
        message.offset;
    constexpr int isAsync = 1;
    rd_kafka_commit(m_client->handle.get(), offsets.get(), isAsync); // onCommit counts it
}

void Consumer::handOver(const rd_kafka_message_s& message)
{
    const auto found = m_assigned.find(message.partition);
    if (found == m_assigned.end())
        return;
    Assigned& assigned = found->second;
    if (assigned.next >= 0 && assigned.next != message.offset)
        onOffsetJump(message, assigned);
    assigned.next = message.offset + 1;
    rd_kafka_timestamp_type_t kind{};
    assigned.lastTimestampMs = rd_kafka_message_timestamp(&message, &kind);
    ++m_status.messages;
    if (!std::exchange(m_isBatchOpen, true))
        m_client->events.noteTraffic();
    m_recreateMs = recreateMs;
    m_client->nudge.noteTaken(*m_client->handle, message.len);
    m_callbacks.onMessage({.key = bytes(message.key, message.key_len),
                           .value = bytes(message.payload, message.len),
                           .partition = message.partition,
                           .offset = message.offset,
                           .timestampMs = assigned.lastTimestampMs,
                           .mark = gapMarkOf(message)});
}

void Consumer::endBatch()
{
    if (!std::exchange(m_isBatchOpen, false))
        return;
    ++m_status.batches;
    if (m_callbacks.onBatchEnd)
        m_callbacks.onBatchEnd();
}

int Consumer::partitionCount() const
{
    rd_kafka_t* client = m_client->handle.get();
    const TopicHandle topic(rd_kafka_topic_new(client, m_config.topic.c_str(), nullptr));
    const rd_kafka_metadata_t* answer = nullptr;
    if (rd_kafka_metadata(client, 0, topic.get(), &answer, metadataDeadlineMs) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return 0;
    const int count = answer->topic_cnt > 0 ? answer->topics[0].partition_cnt : 0;
    rd_kafka_metadata_destroy(answer);
    return count;
}

void Consumer::markApplied(int partition, std::int64_t offset)
{
    const auto found = m_assigned.find(partition);
    if (found == m_assigned.end() || offset < found->second.applied)
        return;
    found->second.applied = offset + 1;
    m_isAnyToStore = true;
}

// Handed over once a batch instead of once a message; librdkafka commits it each second. What is applied between two
// batches goes with the wake-up of the next statistics.
void Consumer::storeApplied()
{
    if (!std::exchange(m_isAnyToStore, false))
        return;
    const PartitionList offsets(rd_kafka_topic_partition_list_new(static_cast<int>(m_assigned.size())));
    for (auto& [partition, assigned] : m_assigned) {
        if (assigned.applied <= assigned.stored)
            continue;
        assigned.stored = assigned.applied;
        rd_kafka_topic_partition_list_add(offsets.get(), m_config.topic.c_str(), partition)->offset = assigned.applied;
    }
    if (const auto code = rd_kafka_offsets_store(m_client->handle.get(), offsets.get());
        code != RD_KAFKA_RESP_ERR_NO_ERROR)
        m_client->events.noteError(kafkaError(code));
}

void Consumer::onRebalance(int code, rd_kafka_topic_partition_list_s& partitions)
{
    endBatch(); // what came before belongs to the old assignment
    if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
        assign(partitions);
        return;
    }
    if (code != RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS)
        m_client->events.noteError(kafkaError(code));
    revoke();
}

void Consumer::assign(rd_kafka_topic_partition_list_s& partitions)
{
    std::vector<int> numbers;
    for (const auto& entry : entriesOf(partitions))
        numbers.push_back(entry.partition);
    ++m_status.rebalances;
    // During stop() a late assignment is acknowledged and given back, and nobody hears of it.
    const auto resumed =
        m_isStopping || !m_callbacks.onAssigned ? std::map<int, std::int64_t>() : m_callbacks.onAssigned(numbers);
    const bool isFromEnd = m_config.autoOffsetReset == "latest" || m_config.autoOffsetReset == "largest" ||
                           m_config.autoOffsetReset == "end";
    const std::int64_t logicalStart = isFromEnd ? RD_KAFKA_OFFSET_END : RD_KAFKA_OFFSET_BEGINNING;
    m_assigned.clear();
    for (auto& entry : entriesOf(partitions)) {
        const auto found = resumed.find(entry.partition);
        entry.offset = found == resumed.end() ? logicalStart : found->second;
        m_assigned[entry.partition].next = found == resumed.end() ? -1 : found->second;
    }
    if (const auto code = rd_kafka_assign(m_client->handle.get(), &partitions); code != RD_KAFKA_RESP_ERR_NO_ERROR)
        m_client->events.noteError(kafkaError(code));
    qCInfo(lcKafka) << "assigned" << numbers.size() << "partitions," << resumed.size() << "of them resumed";
}

void Consumer::revoke()
{
    const bool isLost = rd_kafka_assignment_lost(m_client->handle.get()) != 0;
    if (isLost)
        ++m_status.assignmentsLost;
    const std::size_t count = m_assigned.size();
    dropAssignment();
    // Giving the partitions back commits what is stored; of a lost assignment nothing is committed, as another member
    // has gone on from there.
    rd_kafka_assign(m_client->handle.get(), nullptr);
    qCInfo(lcKafka) << (isLost ? "lost" : "gave back") << count << "partitions";
}

void Consumer::dropAssignment()
{
    std::vector<int> numbers;
    for (const auto& [partition, assigned] : m_assigned)
        numbers.push_back(partition);
    if (!numbers.empty() && m_callbacks.onRevoked)
        m_callbacks.onRevoked(numbers);
    storeApplied();
    m_assigned.clear();
}

void Consumer::onCommit(int code)
{
    if (code == RD_KAFKA_RESP_ERR__NO_OFFSET) // nothing new
        return;
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
        ++m_status.commitsOk;
        return;
    }
    ++m_status.commitsFailed;
    if (code != RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS) // ordinary, and only lag tools read the committed offset
        m_client->events.noteError(kafkaError(code));
}

void Consumer::retireFatalClient()
{
    m_client->isRetired = true;
    m_status.lastError = m_client->events.fatalError();
    m_status.broker = m_client->events.broker();
    dropAssignment();
    qCCritical(lcKafka).noquote() << "consumer has left the group and joins again in" << m_recreateMs / 1000
                                  << "s:" << m_status.lastError->text.c_str();
    recreateLater();
}

void Consumer::recreateLater()
{
    QTimer::singleShot(m_recreateMs, this, [this] { recreate(); });
    m_recreateMs = std::min(2 * m_recreateMs, recreateMaxMs);
}

void Consumer::recreate()
{
    if (m_isStopping)
        return;
    m_client.reset();
    ++m_status.recreated;
    if (auto opened = open(); !opened) {
        qCCritical(lcKafka).noquote() << "consumer cannot be made anew:" << opened.error().text.c_str();
        recreateLater();
    }
}

bool Consumer::stop()
{
    m_isStopping = true;
    if (!m_client)
        return true;
    endBatch();
    m_client->wakeup.reset();
    rd_kafka_t* handle = m_client->handle.get();
    if (m_client->isRetired) { // it has no group to leave any more
        m_client.reset();
        return true;
    }
    const ErrorHandle error(rd_kafka_consumer_close_queue(handle, m_client->queue.get()));
    const QDeadlineTimer deadline(stopDeadlineMs);
    // Not rd_kafka_queue_poll_callback: it aborts the process when a message is left in the queue.
    while (!error && !rd_kafka_consumer_closed(handle) && !deadline.hasExpired())
        const MessageHandle unwanted(rd_kafka_consumer_poll(handle, closeSliceMs));
    const bool isInOrder = !error && rd_kafka_consumer_closed(handle) != 0;
    dropAssignment(); // where the deadline came before the revocation
    if (isInOrder) {
        m_client.reset();
        return true;
    }
    // Its threads go on for as long as the brokers are away, and destroying it would wait for them: it is left to the
    // end of the process.
    qCWarning(lcKafka) << "consumer has not left the group within" << stopDeadlineMs << "ms";
    [[maybe_unused]] const Client* left = m_client.release();
    return false;
}

ConsumerStatus Consumer::status() const
{
    ConsumerStatus status = m_status;
    for (const auto& [partition, assigned] : m_assigned)
        status.partitions.push_back(partitionStatus(partition, assigned));
    if (!m_client)
        return status;
    status.broker = m_client->events.broker();
    status.memberState = m_client->events.stats().memberState;
    status.errors = m_client->events.errors();
    if (m_client->events.lastError())
        status.lastError = m_client->events.lastError();
    return status;
}

PartitionStatus Consumer::partitionStatus(int partition, const Assigned& assigned) const
{
    std::int64_t low = unknownOffset;
    std::int64_t high = unknownOffset;
    if (m_client)
        rd_kafka_get_watermark_offsets(m_client->handle.get(), m_config.topic.c_str(), partition, &low, &high);
    const Lag lag = lagOf({.nextOffset = assigned.next, .endOffset = high, .lastTimestampMs = assigned.lastTimestampMs},
                          QDateTime::currentMSecsSinceEpoch());
    return {.partition = partition, .nextOffset = assigned.next, .lagMessages = lag.messages, .lagMs = lag.ms};
}

} // namespace obm

#include "kafka/producer.h"

#include "kafka/client_events.h"
#include "kafka/gap_mark.h"
#include "kafka/handles.h"
#include "kafka/kafka_conf.h"
#include "kafka/kafka_log.h"
#include "kafka/queue_wakeup.h"
#include "kafka/topic_admin.h"

#include <librdkafka/rdkafka.h>

#include <QtCore/QTimer>

#include <algorithm>
#include <array>
#include <utility>

namespace obm {

// In the order of making; taken apart from the end.
struct Producer::Client
{
    Client(const KafkaConfig& config, Producer& owner)
        : events("producer", config, &owner)
    {}

    ClientEvents events;
    ClientHandle handle;
    TopicHandle topic;
    QueueHandle mainQueue;
    std::unique_ptr<QueueWakeup> wakeup;
    bool isRetired = false;
};

struct Producer::Callbacks
{
    static void delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque)
    {
        static_cast<Producer*>(static_cast<ClientEvents*>(opaque)->owner())->onDelivery(*message);
    }
};

Producer::Producer(const KafkaConfig& config)
    : m_config(config)
{}

Producer::~Producer() = default;

std::expected<std::unique_ptr<Producer>, KafkaError> Producer::create(const KafkaConfig& config)
{
    std::unique_ptr<Producer> producer(new Producer(config));
    if (auto opened = producer->open(); !opened)
        return std::unexpected(std::move(opened.error()));
    producer->seeToTopic();
    return producer;
}

std::expected<void, KafkaError> Producer::open()
{
    auto client = std::make_unique<Client>(m_config, *this);
    auto conf = makeConf(m_config, ClientRole::Producer);
    if (!conf)
        return std::unexpected(std::move(conf.error()));
    client->events.install(**conf);
    rd_kafka_conf_set_dr_msg_cb(conf->get(), &Callbacks::delivery);
    auto handle = makeClient(std::move(*conf), ClientRole::Producer, m_config);
    if (!handle)
        return std::unexpected(std::move(handle.error()));
    client->handle = std::move(*handle);
    rd_kafka_set_log_queue(client->handle.get(), nullptr); // to the main queue
    client->topic.reset(rd_kafka_topic_new(client->handle.get(), m_config.topic.c_str(), nullptr));
    if (!client->topic)
        return std::unexpected(kafkaError(rd_kafka_last_error(), "kafka.topic: not a valid name"));
    client->mainQueue.reset(rd_kafka_queue_get_main(client->handle.get()));
    client->wakeup = std::make_unique<QueueWakeup>(*client->mainQueue, [this] { drain(); });
    m_client = std::move(client);
    return {};
}

LossTrail& Producer::trailOf(std::string_view key)
{
    const auto known = m_trails.find(key);
    return known != m_trails.end() ? known->second : m_trails[std::string(key)];
}

ProduceResult Producer::produce(std::string_view key, std::string_view value, std::int64_t timestampMs, bool followsGap)
{
    LossTrail& trail = trailOf(key);
    if (!m_client) {
        trail.onRefused();
        ++m_status.refused;
        return ProduceResult::Failed;
    }
    const bool isMarked = followsGap || trail.isDoubtful();
    std::array<rd_kafka_vu_t, 7> fields{};
    fields[0].vtype = RD_KAFKA_VTYPE_RKT;
    fields[0].u.rkt = m_client->topic.get();
    fields[1].vtype = RD_KAFKA_VTYPE_KEY;
    fields[1].u.mem = {const_cast<char*>(key.data()), key.size()}; // copied, never written
    fields[2].vtype = RD_KAFKA_VTYPE_VALUE;
    fields[2].u.mem = {const_cast<char*>(value.data()), value.size()};
    fields[3].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
    fields[3].u.i64 = timestampMs;
    fields[4].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
    fields[4].u.i = RD_KAFKA_MSG_F_COPY;
    fields[5].vtype = RD_KAFKA_VTYPE_OPAQUE;
    fields[5].u.ptr = &trail;
    fields[6].vtype = RD_KAFKA_VTYPE_HEADERS; // ours until it is queued: of a single header, if the topic is gone,
    HeadersHandle mark;                       // librdkafka 2.0 destroys the list twice
    if (isMarked) {
        mark.reset(rd_kafka_headers_new(1));
        rd_kafka_header_add(mark.get(), gapMarkName, -1, toText(followsGap ? GapOrigin::Exchange : GapOrigin::Producer),
                            -1);
        fields[6].u.headers = mark.get();
    }
    const ErrorHandle error(
        rd_kafka_produceva(m_client->handle.get(), fields.data(), isMarked ? fields.size() : fields.size() - 1));
    if (!error) {
        (void)mark.release();
        trail.onQueued();
        ++m_status.produced;
        return ProduceResult::Queued;
    }
    trail.onRefused();
    if (rd_kafka_error_code(error.get()) == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
        ++m_status.queueFull;
        return ProduceResult::QueueFull;
    }
    ++m_status.refused;
    m_client->events.noteError(kafkaError(*error));
    if (rd_kafka_error_code(error.get()) == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC)
        onTopicUnknown();
    return ProduceResult::Failed;
}

bool Producer::flush(int deadlineMs)
{
    if (!m_client)
        return m_status.inFlight == 0;
    return rd_kafka_flush(m_client->handle.get(), deadlineMs) == RD_KAFKA_RESP_ERR_NO_ERROR;
}

ProducerStatus Producer::status() const
{
    ProducerStatus status = m_status;
    status.inFlight = static_cast<std::int64_t>(status.produced - status.delivered - status.failedTotal);
    if (m_client) {
        status.broker = m_client->events.broker();
        status.queuedBytes = m_client->events.stats().queuedBytes;
        if (m_client->events.lastError())
            status.lastError = m_client->events.lastError();
    }
    return status;
}

void Producer::drain()
{
    rd_kafka_poll(m_client->handle.get(), 0);
    if (m_client->events.fatalError() && !m_client->isRetired)
        retireFatalClient();
}

void Producer::onDelivery(const rd_kafka_message_s& message)
{
    LossTrail& trail = *static_cast<LossTrail*>(message._private);
    if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        trail.onDelivered();
        ++m_status.delivered;
        m_status.ackLatency.record(rd_kafka_message_latency(&message));
        m_client->events.noteTraffic();
        m_recreateMs = recreateMs;
        return;
    }
    trail.onGivenUp();
    ++m_status.failedTotal;
    ++m_status.failed[rd_kafka_err2name(message.err)];
    if (message.err == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC)
        onTopicUnknown();
}

// The producer id is spoilt: what is still queued is given up (the books heal by a snapshot), and a new client is made.
void Producer::retireFatalClient()
{
    m_client->isRetired = true;
    m_status.lastError = m_client->events.fatalError();
    m_status.broker = m_client->events.broker();
    rd_kafka_purge(m_client->handle.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_poll(m_client->handle.get(), 0);
    // Not here: this runs from within the wakeup that the client owns.
    recreateLater();
}

void Producer::recreate()
{
    m_client.reset();
    // Nothing of the old client can still arrive.
    if (const auto lost = m_status.produced - m_status.delivered - m_status.failedTotal; lost > 0) {
        m_status.failed[rd_kafka_err2name(RD_KAFKA_RESP_ERR__PURGE_INFLIGHT)] += lost;
        m_status.failedTotal += lost;
    }
    for (auto& [key, trail] : m_trails)
        trail.onAllGivenUp();
    ++m_status.recreated;
    if (auto opened = open(); opened) {
        qCWarning(lcKafka) << "producer made anew after a fatal error";
        return;
    }
    qCCritical(lcKafka) << "producer cannot be made anew; tries again";
    recreateLater();
}

void Producer::recreateLater()
{
    QTimer::singleShot(m_recreateMs, this, [this] { recreate(); });
    m_recreateMs = std::min(2 * m_recreateMs, recreateMaxMs);
}

void Producer::seeToTopic()
{
    m_topicAdmin =
        std::make_unique<TopicAdmin>(m_config, *this, [this](const TopicReport& report) { onTopic(report); });
}

// Somebody deleted it. What is produced until it is there again is lost, counted, and heals downstream.
void Producer::onTopicUnknown()
{
    if (std::exchange(m_isTopicSought, true))
        return;
    m_status.topic = TopicReport{.state = TopicState::Missing,
                                 .partitions = 0,
                                 .retentionMs = std::nullopt,
                                 .error = kafkaError(RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC)};
    qCWarning(lcKafka).noquote() << "topic" << m_config.topic.c_str() << "is gone: somebody deleted it; makes it again";
    QTimer::singleShot(topicGoneMs, this, [this] { seeToTopic(); });
}

void Producer::onTopic(const TopicReport& report)
{
    m_status.topic = report;
    const auto name = m_config.topic.c_str();
    if (report.state == TopicState::Missing) {
        const bool isForbidden = report.error->code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED;
        qCCritical(lcKafka).noquote() << "topic" << name
                                      << (isForbidden ? "may not be looked at, or not be made, by this user:"
                                                      : "is missing and cannot be made:")
                                      << report.error->text.c_str() << "- looks again every"
                                      << TopicAdmin::refusedRetryMs / 1000 << "s";
        return;
    }
    // librdkafka learns of the new topic a little later than TopicAdmin does.
    QTimer::singleShot(topicGoneMs, this, [this] { m_isTopicSought = false; });
    if (report.state == TopicState::Created) {
        qCInfo(lcKafka).noquote() << "topic" << name << "made with" << report.partitions << "partitions";
        return;
    }
    if (report.partitions < m_config.partitions)
        qCWarning(lcKafka).noquote() << "topic" << name << "has" << report.partitions << "partitions, not"
                                     << m_config.partitions << "- used as it is";
    const std::int64_t retentionMs = std::int64_t{m_config.retentionMinutes} * 60'000;
    if (report.retentionMs && (*report.retentionMs < 0 || *report.retentionMs > retentionMs))
        qCWarning(lcKafka).noquote()
            << "topic" << name << "keeps messages for"
            << (*report.retentionMs < 0 ? "ever" : std::to_string(*report.retentionMs / 60'000) + " minutes").c_str()
            << "- used as it is";
}

} // namespace obm

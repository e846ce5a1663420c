#include "kafka/topic_calls.h"

#include "kafka/kafka_conf.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <charconv>
#include <chrono>
#include <span>
#include <string_view>
#include <utility>

namespace obm {
namespace {

struct MetadataDeleter
{
    void operator()(const rd_kafka_metadata_t* metadata) const noexcept { rd_kafka_metadata_destroy(metadata); }
};
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, MetadataDeleter>;

struct NewTopicDeleter
{
    void operator()(rd_kafka_NewTopic_t* topic) const noexcept { rd_kafka_NewTopic_destroy(topic); }
};
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, NewTopicDeleter>;

struct OptionsDeleter
{
    void operator()(rd_kafka_AdminOptions_t* options) const noexcept { rd_kafka_AdminOptions_destroy(options); }
};
using Options = std::unique_ptr<rd_kafka_AdminOptions_t, OptionsDeleter>;

struct ResourceDeleter
{
    void operator()(rd_kafka_ConfigResource_t* resource) const noexcept { rd_kafka_ConfigResource_destroy(resource); }
};
using Resource = std::unique_ptr<rd_kafka_ConfigResource_t, ResourceDeleter>;

constexpr const char* retentionKey = "retention.ms";

Options optionsFor(rd_kafka_t* client, rd_kafka_admin_op_t operation)
{
    Options options(rd_kafka_AdminOptions_new(client, operation));
    rd_kafka_AdminOptions_set_request_timeout(options.get(), TopicCalls::adminTimeoutMs, nullptr, 0);
    return options;
}

std::expected<NewTopic, KafkaError> describeNewTopic(const KafkaConfig& config)
{
    std::array<char, 256> text{};
    NewTopic topic(rd_kafka_NewTopic_new(config.topic.c_str(), config.partitions, config.replicationFactor, text.data(),
                                         text.size()));
    if (!topic)
        return std::unexpected(kafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, text.data()));
    const std::string retention = std::to_string(std::int64_t{config.retentionMinutes} * 60'000);
    rd_kafka_NewTopic_set_config(topic.get(), retentionKey, retention.c_str());
    return topic;
}

std::expected<void, KafkaError> resultOfCreate(rd_kafka_event_t& event)
{
    if (const auto code = rd_kafka_event_error(&event); code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return std::unexpected(kafkaError(code, rd_kafka_event_error_string(&event)));
    std::size_t count = 0;
    const auto* const* topics = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(&event), &count);
    for (const auto* topic : std::span(topics, count)) {
        if (const auto code = rd_kafka_topic_result_error(topic); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
            const char* text = rd_kafka_topic_result_error_string(topic);
            return std::unexpected(kafkaError(code, text ? text : ""));
        }
    }
    return {};
}

std::optional<std::int64_t> retentionIn(const rd_kafka_ConfigResource_t& resource)
{
    std::size_t count = 0;
    const auto* const* entries = rd_kafka_ConfigResource_configs(&resource, &count);
    for (const auto* entry : std::span(entries, count)) {
        const char* value = rd_kafka_ConfigEntry_value(entry);
        if (!value || std::string_view(rd_kafka_ConfigEntry_name(entry)) != retentionKey)
            continue;
        const std::string_view text = value;
        std::int64_t ms = 0;
        if (std::from_chars(text.data(), text.data() + text.size(), ms).ec == std::errc())
            return ms;
    }
    return std::nullopt;
}

} // namespace

TopicCalls::TopicCalls(ClientHandle client, const KafkaConfig& config)
    : m_config(config)
    , m_client(std::move(client))
    , m_results(rd_kafka_queue_new(m_client.get()))
{}

std::expected<TopicCalls, KafkaError> TopicCalls::connect(const KafkaConfig& config)
{
    auto conf = makeConf(config, ClientRole::Admin);
    if (!conf)
        return std::unexpected(std::move(conf.error()));
    // The producer beside it says the same; nobody serves this client's log.
    rd_kafka_conf_set_log_cb(conf->get(), nullptr);
    auto client = makeClient(std::move(*conf), ClientRole::Admin, config);
    if (!client)
        return std::unexpected(std::move(client.error()));
    return TopicCalls(std::move(*client), config);
}

std::expected<int, KafkaError> TopicCalls::partitions(int timeoutMs)
{
    TopicHandle topic(rd_kafka_topic_new(m_client.get(), m_config.topic.c_str(), nullptr));
    const rd_kafka_metadata_t* raw = nullptr;
    const auto code = rd_kafka_metadata(m_client.get(), 0, topic.get(), &raw, timeoutMs);
    const Metadata metadata(raw);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return std::unexpected(kafkaError(code));
    if (metadata->topic_cnt != 1 || metadata->topics[0].err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
        return 0;
    if (metadata->topics[0].err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return std::unexpected(kafkaError(metadata->topics[0].err));
    return metadata->topics[0].partition_cnt;
}

std::expected<void, KafkaError> TopicCalls::create(const std::stop_token& stop)
{
    auto topic = describeNewTopic(m_config);
    if (!topic)
        return std::unexpected(std::move(topic.error()));
    const Options options = optionsFor(m_client.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS);
    rd_kafka_NewTopic_t* topics[] = {topic->get()};
    rd_kafka_CreateTopics(m_client.get(), topics, std::size(topics), options.get(), m_results.get());
    const EventHandle event = waitForResult(stop);
    if (!event)
        return std::unexpected(kafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT));
    return resultOfCreate(*event);
}

std::optional<std::int64_t> TopicCalls::retentionMs(const std::stop_token& stop)
{
    const Resource resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, m_config.topic.c_str()));
    const Options options = optionsFor(m_client.get(), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
    rd_kafka_ConfigResource_t* resources[] = {resource.get()};
    rd_kafka_DescribeConfigs(m_client.get(), resources, std::size(resources), options.get(), m_results.get());
    const EventHandle event = waitForResult(stop);
    if (!event || rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return std::nullopt;
    std::size_t count = 0;
    const auto* const* answers =
        rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
    return count == 1 ? retentionIn(*answers[0]) : std::nullopt;
}

EventHandle TopicCalls::waitForResult(const std::stop_token& stop)
{
    // librdkafka answers by itself when adminTimeoutMs is over; the slices only serve the stop.
    EventHandle event;
    while (!event && !stop.stop_requested())
        event.reset(rd_kafka_queue_poll(m_results.get(), stopSliceMs));
    return event;
}

} // namespace obm

#include "kafka/group_lag.h"

#include "kafka/kafka_conf.h"
#include "kafka/lag.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

namespace obm {
namespace {

using Clock = std::chrono::steady_clock;

struct MetadataDeleter
{
    void operator()(const rd_kafka_metadata_t* metadata) const noexcept { rd_kafka_metadata_destroy(metadata); }
};

int msUntil(Clock::time_point deadline)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    return left > 1 ? static_cast<int>(left) : 1;
}

std::expected<int, KafkaError> partitionsOf(rd_kafka_t* client, const std::string& name, Clock::time_point deadline)
{
    const TopicHandle topic(rd_kafka_topic_new(client, name.c_str(), nullptr));
    const rd_kafka_metadata_t* raw = nullptr;
    const auto code = rd_kafka_metadata(client, 0, topic.get(), &raw, msUntil(deadline));
    const std::unique_ptr<const rd_kafka_metadata_t, MetadataDeleter> metadata(raw);
    if (code)
        return std::unexpected(kafkaError(code));
    if (metadata->topic_cnt != 1 || metadata->topics[0].partition_cnt == 0)
        return std::unexpected(kafkaError(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "there is no topic " + name));
    return metadata->topics[0].partition_cnt;
}

PartitionList listOf(const std::string& topic, int partitions)
{
    PartitionList list(rd_kafka_topic_partition_list_new(partitions));
    rd_kafka_topic_partition_list_add_range(list.get(), topic.c_str(), 0, partitions - 1);
    return list;
}

std::span<rd_kafka_topic_partition_t> elements(const PartitionList& list)
{
    return {list->elems, static_cast<std::size_t>(list->cnt)};
}

} // namespace

GroupLag::GroupLag(ClientHandle client, std::string topic)
    : m_client(std::move(client))
    , m_topic(std::move(topic))
{}

std::expected<GroupLag, KafkaError> GroupLag::create(const KafkaConfig& config)
{
    KafkaConfig outside = config;
    outside.instanceId.clear(); // the name of a member, which this is not
    auto conf = makeConf(outside, ClientRole::Consumer);
    if (!conf)
        return std::unexpected(std::move(conf.error()));
    rd_kafka_conf_set_log_cb(conf->get(), nullptr); // what goes wrong is the answer of read()
    auto client = makeClient(std::move(*conf), ClientRole::Consumer, outside);
    if (!client)
        return std::unexpected(std::move(client.error()));
    return GroupLag(std::move(*client), config.topic);
}

std::expected<std::vector<GroupPosition>, KafkaError> GroupLag::read()
{
    const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(callDeadlineMs);
    rd_kafka_poll(m_client.get(), 0); // statistics that nobody takes would pile up; tokens are renewed here
    const auto count = partitionsOf(m_client.get(), m_topic, deadline);
    if (!count)
        return std::unexpected(count.error());
    const PartitionList committed = listOf(m_topic, *count);
    if (const auto code = rd_kafka_committed(m_client.get(), committed.get(), msUntil(deadline)))
        return std::unexpected(kafkaError(code));
    // Not rd_kafka_query_watermark_offsets: before librdkafka 2.3 it waits for a broker that is gone for good.
    const PartitionList ends = listOf(m_topic, *count);
    for (rd_kafka_topic_partition_t& at : elements(ends))
        at.offset = RD_KAFKA_OFFSET_END;
    if (const auto code = rd_kafka_offsets_for_times(m_client.get(), ends.get(), msUntil(deadline)))
        return std::unexpected(kafkaError(code));
    std::vector<GroupPosition> positions;
    for (int i = 0; i < *count; ++i) {
        const rd_kafka_topic_partition_t& group = committed->elems[i];
        const rd_kafka_topic_partition_t& end = ends->elems[i];
        if (const auto code = group.err ? group.err : end.err)
            return std::unexpected(kafkaError(code));
        positions.push_back({i, std::max(unknownOffset, group.offset), end.offset});
    }
    return positions;
}

} // namespace obm

#include "support/topic_reader.h"

#include "kafka/handles.h"

#include <librdkafka/rdkafka.h>

#include <QDeadlineTimer>

#include <iterator>
#include <set>

namespace obm::test {

namespace {

constexpr int deadlineMs = 20'000;

ClientHandle makeReader(const std::string& servers)
{
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    for (const auto& [key, value] :
         {std::pair("bootstrap.servers", servers.c_str()),
          std::pair("group.id", "reader-of-a-test"), // needed, and never joined
          std::pair("enable.partition.eof", "true"), std::pair("enable.auto.commit", "false"),
          std::pair("auto.offset.reset", "earliest"), std::pair("fetch.wait.max.ms", "50")})
        rd_kafka_conf_set(conf, key, value, nullptr, 0);
    return ClientHandle(rd_kafka_new(RD_KAFKA_CONSUMER, conf, nullptr, 0));
}

TopicMessage toMessage(const rd_kafka_message_t& raw)
{
    return {QString::fromUtf8(static_cast<const char*>(raw.key), static_cast<qsizetype>(raw.key_len)),
            QByteArray(static_cast<const char*>(raw.payload), static_cast<qsizetype>(raw.len)), raw.partition,
            raw.offset, rd_kafka_message_timestamp(&raw, nullptr)};
}

} // namespace

std::vector<TopicMessage> readTopic(const std::string& servers, int partitions, const std::string& topic)
{
    const ClientHandle reader = makeReader(servers);
    const PartitionList list(rd_kafka_topic_partition_list_new(partitions));
    for (int partition = 0; partition < partitions; ++partition)
        rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_assign(reader.get(), list.get());

    std::vector<TopicMessage> messages;
    std::set<int> ended; // a partition that grows meanwhile ends more than once
    for (const QDeadlineTimer deadline(deadlineMs); std::ssize(ended) < partitions && !deadline.hasExpired();) {
        const MessageHandle raw(rd_kafka_consumer_poll(reader.get(), static_cast<int>(deadline.remainingTime())));
        if (raw && raw->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
            ended.insert(raw->partition);
        else if (raw && raw->err == RD_KAFKA_RESP_ERR_NO_ERROR)
            messages.push_back(toMessage(*raw));
    }
    rd_kafka_consumer_close(reader.get());
    return messages;
}

} // namespace obm::test

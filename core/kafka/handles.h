// librdkafka's objects with owners, and its errors as KafkaError.
// Free of librdkafka.h: the types stay names only, so that headers with these members do not pull it in.
// Thread: as the object held; destroying a client waits for its threads.
#pragma once

#include "kafka/kafka_error.h"

#include <memory>

struct rd_kafka_s;
struct rd_kafka_conf_s;
struct rd_kafka_topic_s;
struct rd_kafka_queue_s;
struct rd_kafka_topic_partition_list_s;
struct rd_kafka_error_s;
struct rd_kafka_headers_s;
struct rd_kafka_op_s;
struct rd_kafka_message_s;

namespace obm {

struct ClientDeleter
{
    void operator()(rd_kafka_s* client) const noexcept; // a consumer is not closed by this: leave the group before
};
struct ConfDeleter
{
    void operator()(rd_kafka_conf_s* conf) const noexcept;
};
struct TopicDeleter
{
    void operator()(rd_kafka_topic_s* topic) const noexcept;
};
struct QueueDeleter
{
    void operator()(rd_kafka_queue_s* queue) const noexcept;
};
struct PartitionListDeleter
{
    void operator()(rd_kafka_topic_partition_list_s* list) const noexcept;
};
struct HeadersDeleter
{
    void operator()(rd_kafka_headers_s* headers) const noexcept;
};
struct ErrorDeleter
{
    void operator()(rd_kafka_error_s* error) const noexcept;
};
struct EventDeleter
{
    void operator()(rd_kafka_op_s* event) const noexcept;
};
struct MessageDeleter
{
    void operator()(rd_kafka_message_s* message) const noexcept;
};

using ClientHandle = std::unique_ptr<rd_kafka_s, ClientDeleter>;
using ConfHandle = std::unique_ptr<rd_kafka_conf_s, ConfDeleter>;
using TopicHandle = std::unique_ptr<rd_kafka_topic_s, TopicDeleter>;
using QueueHandle = std::unique_ptr<rd_kafka_queue_s, QueueDeleter>;
using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_s, PartitionListDeleter>;
using ErrorHandle = std::unique_ptr<rd_kafka_error_s, ErrorDeleter>;
using HeadersHandle = std::unique_ptr<rd_kafka_headers_s, HeadersDeleter>;
using EventHandle = std::unique_ptr<rd_kafka_op_s, EventDeleter>;
using MessageHandle = std::unique_ptr<rd_kafka_message_s, MessageDeleter>;

// `code` is an rd_kafka_resp_err_t. An empty text becomes librdkafka's own sentence for the code.
[[nodiscard]] KafkaError kafkaError(int code, std::string text = {});
[[nodiscard]] KafkaError kafkaError(const rd_kafka_error_s& error);

} // namespace obm

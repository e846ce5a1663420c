#include "kafka/handles.h"

#include <librdkafka/rdkafka.h>

#include <utility>

namespace obm {
namespace {

// Of the broker's answers, those that another try may change without anybody's doing.
bool isRetriableCode(rd_kafka_resp_err_t code)
{
    switch (code) {
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
    case RD_KAFKA_RESP_ERR__WAIT_COORD:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION:
    case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
    case RD_KAFKA_RESP_ERR_NOT_CONTROLLER:
    case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS:
        return true;
    default:
        return false;
    }
}

} // namespace

void ClientDeleter::operator()(rd_kafka_s* client) const noexcept
{
    rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

void ConfDeleter::operator()(rd_kafka_conf_s* conf) const noexcept
{
    rd_kafka_conf_destroy(conf);
}

void TopicDeleter::operator()(rd_kafka_topic_s* topic) const noexcept
{
    rd_kafka_topic_destroy(topic);
}

void QueueDeleter::operator()(rd_kafka_queue_s* queue) const noexcept
{
    rd_kafka_queue_destroy(queue);
}

void PartitionListDeleter::operator()(rd_kafka_topic_partition_list_s* list) const noexcept
{
    rd_kafka_topic_partition_list_destroy(list);
}

void HeadersDeleter::operator()(rd_kafka_headers_s* headers) const noexcept
{
    rd_kafka_headers_destroy(headers);
}

void ErrorDeleter::operator()(rd_kafka_error_s* error) const noexcept
{
    rd_kafka_error_destroy(error);
}

void EventDeleter::operator()(rd_kafka_op_s* event) const noexcept
{
    rd_kafka_event_destroy(event);
}

void MessageDeleter::operator()(rd_kafka_message_s* message) const noexcept
{
    rd_kafka_message_destroy(message);
}

KafkaError kafkaError(int code, std::string text)
{
    const auto native = static_cast<rd_kafka_resp_err_t>(code);
    KafkaError error;
    error.code = code;
    error.name = rd_kafka_err2name(native);
    error.text = text.empty() ? rd_kafka_err2str(native) : std::move(text);
    error.isFatal = native == RD_KAFKA_RESP_ERR__FATAL;
    error.isRetriable = isRetriableCode(native);
    return error;
}

KafkaError kafkaError(const rd_kafka_error_s& native)
{
    KafkaError error = kafkaError(rd_kafka_error_code(&native), rd_kafka_error_string(&native));
    error.isFatal = error.isFatal || rd_kafka_error_is_fatal(&native) != 0;
    error.isRetriable = error.isRetriable || rd_kafka_error_is_retriable(&native) != 0;
    return error;
}

} // namespace obm

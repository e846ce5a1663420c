// Somebody else who writes to the topic: any bytes, with any key or none, to any partition. Thread: that of the test;
// flush() blocks until the broker has it all.
#pragma once

#include "kafka/handles.h"
#include "kafka/partitioner.h"

#include <librdkafka/rdkafka.h>

#include <QByteArray>
#include <QtGlobal>

#include <optional>
#include <string>
#include <utility>

namespace obm::test {

class ForeignProducer
{
public:
    static constexpr int deadlineMs = 20'000;

    ForeignProducer(const std::string& servers, int partitions, std::string topic = "orderbook_update")
        : m_partitions(partitions)
        , m_topic(std::move(topic))
    {
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        for (const auto& [key, value] : {std::pair("bootstrap.servers", servers.c_str()),
                                         std::pair("message.max.bytes", "10000000"), std::pair("linger.ms", "0")})
            rd_kafka_conf_set(conf, key, value, nullptr, 0);
        m_client.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf, nullptr, 0));
    }

    // A null array is no key, or no value; without a partition it is the key's.
    void send(const QByteArray& key, const QByteArray& value, std::optional<int> partition = {})
    {
        const int target =
            partition.value_or(partitionOf({key.constData(), static_cast<std::size_t>(key.size())}, m_partitions));
        const auto error = rd_kafka_producev(
            m_client.get(), RD_KAFKA_V_TOPIC(m_topic.c_str()), RD_KAFKA_V_PARTITION(target),
            RD_KAFKA_V_KEY(key.isNull() ? nullptr : key.constData(), static_cast<std::size_t>(key.size())),
            RD_KAFKA_V_VALUE(value.isNull() ? nullptr : const_cast<char*>(value.constData()),
                             static_cast<std::size_t>(value.size())),
            RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
            qFatal("a foreign message cannot be sent: %s", rd_kafka_err2str(error));
    }
    [[nodiscard]] bool flush() { return rd_kafka_flush(m_client.get(), deadlineMs) == RD_KAFKA_RESP_ERR_NO_ERROR; }

private:
    int m_partitions;
    std::string m_topic;
    ClientHandle m_client;
};

} // namespace obm::test

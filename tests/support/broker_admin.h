// What an operator does to a broker: makes and deletes topics, deletes records, lets a user in. Thread: that of the
// test; each call blocks until the broker has answered, and false means that it has refused or not answered in time.
#pragma once

#include "kafka/handles.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <memory>
#include <string>

namespace obm::test {

class BrokerAdmin
{
public:
    static constexpr int deadlineMs = 20'000;

    explicit BrokerAdmin(const std::string& servers)
    {
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        rd_kafka_conf_set(conf, "bootstrap.servers", servers.c_str(), nullptr, 0);
        rd_kafka_conf_set_log_cb(conf, nullptr);
        m_client.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf, nullptr, 0));
        m_answers.reset(rd_kafka_queue_new(m_client.get()));
    }

    [[nodiscard]] bool createTopic(const std::string& name, int partitions)
    {
        rd_kafka_NewTopic_t* topic = rd_kafka_NewTopic_new(name.c_str(), partitions, 1, nullptr, 0);
        rd_kafka_CreateTopics(m_client.get(), &topic, 1, nullptr, m_answers.get());
        rd_kafka_NewTopic_destroy(topic);
        return isDone();
    }

    [[nodiscard]] bool deleteTopic(const std::string& name)
    {
        rd_kafka_DeleteTopic_t* topic = rd_kafka_DeleteTopic_new(name.c_str());
        rd_kafka_DeleteTopics(m_client.get(), &topic, 1, nullptr, m_answers.get());
        rd_kafka_DeleteTopic_destroy(topic);
        return isDone();
    }

    // All that is there now: as retention does it, the partitions begin at their ends.
    [[nodiscard]] bool deleteRecords(const std::string& name, int partitions)
    {
        const PartitionList ends(rd_kafka_topic_partition_list_new(partitions));
        for (int partition = 0; partition < partitions; ++partition)
            rd_kafka_topic_partition_list_add(ends.get(), name.c_str(), partition)->offset = RD_KAFKA_OFFSET_END;
        rd_kafka_DeleteRecords_t* records = rd_kafka_DeleteRecords_new(ends.get());
        rd_kafka_DeleteRecords(m_client.get(), &records, 1, nullptr, m_answers.get());
        rd_kafka_DeleteRecords_destroy(records);
        return isDone();
    }

    // Everything, on every topic and group.
    [[nodiscard]] bool allow(const std::string& user)
    {
        const auto allowAll = [&](rd_kafka_ResourceType_t kind) {
            return rd_kafka_AclBinding_new(kind, "*", RD_KAFKA_RESOURCE_PATTERN_LITERAL, ("User:" + user).c_str(), "*",
                                           RD_KAFKA_ACL_OPERATION_ALL, RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW, nullptr, 0);
        };
        std::array bindings{allowAll(RD_KAFKA_RESOURCE_TOPIC), allowAll(RD_KAFKA_RESOURCE_GROUP)};
        rd_kafka_CreateAcls(m_client.get(), bindings.data(), bindings.size(), nullptr, m_answers.get());
        rd_kafka_AclBinding_destroy_array(bindings.data(), bindings.size());
        return isDone();
    }

private:
    // Of the whole call; what was asked for is one thing each time.
    [[nodiscard]] bool isDone()
    {
        const EventHandle event(rd_kafka_queue_poll(m_answers.get(), deadlineMs));
        return event && rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR_NO_ERROR && !errorIn(*event);
    }

    static rd_kafka_resp_err_t errorIn(rd_kafka_event_t& event)
    {
        std::size_t count = 0;
        const rd_kafka_topic_result_t** topics = nullptr;
        if (const auto* created = rd_kafka_event_CreateTopics_result(&event))
            topics = rd_kafka_CreateTopics_result_topics(created, &count);
        else if (const auto* deleted = rd_kafka_event_DeleteTopics_result(&event))
            topics = rd_kafka_DeleteTopics_result_topics(deleted, &count);
        return count > 0 ? rd_kafka_topic_result_error(topics[0]) : RD_KAFKA_RESP_ERR_NO_ERROR;
    }

    ClientHandle m_client;
    QueueHandle m_answers;
};

} // namespace obm::test

// librdkafka's mock cluster with the faults that EmbeddedBroker has no use for: brokers that go and come back, requests
// that fail. For tests of how the clients heal.
// Thread: one.
#pragma once

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <memory>
#include <string>
#include <vector>

namespace obm::test {

class MockCluster
{
public:
    explicit MockCluster(int brokers = 1)
        : m_brokers(brokers)
    {
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        rd_kafka_conf_set_log_cb(conf, nullptr);
        m_host.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf, nullptr, 0));
        m_mock.reset(rd_kafka_mock_cluster_new(m_host.get(), brokers));
    }

    [[nodiscard]] std::string servers() const { return rd_kafka_mock_cluster_bootstraps(m_mock.get()); }

    void createTopic(const std::string& name, int partitions)
    {
        rd_kafka_mock_topic_create(m_mock.get(), name.c_str(), partitions, 1);
    }

    // As if it were not there: this broker makes every topic that it is asked about.
    void hideTopic(const std::string& name)
    {
        rd_kafka_mock_topic_set_error(m_mock.get(), name.c_str(), RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
    }

    void setUp(bool isUp)
    {
        for (int id = 1; id <= m_brokers; ++id)
            isUp ? rd_kafka_mock_broker_set_up(m_mock.get(), id) : rd_kafka_mock_broker_set_down(m_mock.get(), id);
    }

    void failNext(std::int16_t apiKey, rd_kafka_resp_err_t code, std::size_t times = 1)
    {
        const std::vector<rd_kafka_resp_err_t> codes(times, code);
        rd_kafka_mock_push_request_errors_array(m_mock.get(), apiKey, codes.size(), codes.data());
    }

private:
    struct HostDeleter
    {
        void operator()(rd_kafka_t* host) const { rd_kafka_destroy(host); }
    };
    struct MockDeleter
    {
        void operator()(rd_kafka_mock_cluster_t* mock) const { rd_kafka_mock_cluster_destroy(mock); }
    };

    int m_brokers;
    std::unique_ptr<rd_kafka_t, HostDeleter> m_host;
    std::unique_ptr<rd_kafka_mock_cluster_t, MockDeleter> m_mock; // lives on the host
};

} // namespace obm::test

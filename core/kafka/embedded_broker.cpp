#include "kafka/embedded_broker.h"

#include "kafka/handles.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <array>
#include <utility>

namespace obm {
namespace {

constexpr int brokerCount = 1;
constexpr int replicationFactor = 1;
#ifdef OBM_MOCK_JOIN_DELAY
constexpr int joinDelayMs = 200; // nobody else is expected soon
#endif

struct MockDeleter
{
    void operator()(rd_kafka_mock_cluster_t* mock) const noexcept { rd_kafka_mock_cluster_destroy(mock); }
};

} // namespace

// The mock cluster lives on a client instance, which never connects anywhere.
struct EmbeddedBroker::Cluster
{
    ClientHandle host;
    std::unique_ptr<rd_kafka_mock_cluster_t, MockDeleter> mock;
};

EmbeddedBroker::EmbeddedBroker(std::unique_ptr<Cluster> cluster)
    : m_cluster(std::move(cluster))
{}

EmbeddedBroker::~EmbeddedBroker() = default;

std::expected<std::unique_ptr<EmbeddedBroker>, KafkaError> EmbeddedBroker::start(const KafkaConfig& config)
{
    auto cluster = std::make_unique<Cluster>();
    std::array<char, 256> text{};
    ConfHandle conf(rd_kafka_conf_new());
    rd_kafka_conf_set_log_cb(conf.get(), nullptr);
    cluster->host.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf.get(), text.data(), text.size()));
    if (!cluster->host)
        return std::unexpected(kafkaError(RD_KAFKA_RESP_ERR__FAIL, text.data()));
    [[maybe_unused]] const auto* nowOwnedByTheClient = conf.release();
    cluster->mock.reset(rd_kafka_mock_cluster_new(cluster->host.get(), brokerCount));
    if (!cluster->mock)
        return std::unexpected(kafkaError(RD_KAFKA_RESP_ERR__FAIL, "the embedded broker gets no port"));
#ifdef OBM_MOCK_JOIN_DELAY
    rd_kafka_mock_group_initial_rebalance_delay_ms(cluster->mock.get(), joinDelayMs);
#endif
    const auto code =
        rd_kafka_mock_topic_create(cluster->mock.get(), config.topic.c_str(), config.partitions, replicationFactor);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return std::unexpected(kafkaError(code));
    return std::unique_ptr<EmbeddedBroker>(new EmbeddedBroker(std::move(cluster)));
}

std::string EmbeddedBroker::bootstrapServers() const
{
    return rd_kafka_mock_cluster_bootstraps(m_cluster->mock.get());
}

} // namespace obm

#include "bench/bare_relay.h"

#include "bench/update_id.h"
#include "kafka/kafka_conf.h"
#include "kafka/topic_calls.h"

#include <librdkafka/rdkafka.h>

namespace obm::bench {

namespace {

constexpr int stopSliceMs = 100;

std::expected<ClientHandle, KafkaError> open(const KafkaConfig& config, ClientRole role)
{
    auto conf = makeConf(config, role);
    if (!conf)
        return std::unexpected(conf.error());
    return makeClient(std::move(*conf), role, config);
}

} // namespace

std::expected<std::unique_ptr<BareRelay>, std::string> BareRelay::open(const KafkaConfig& config, const SentLog& sent)
{
    auto calls = TopicCalls::connect(config);
    if (!calls)
        return std::unexpected(calls.error().text);
    if (const auto made = calls->create({}); !made)
        return std::unexpected(made.error().text);
    auto producer = bench::open(config, ClientRole::Producer);
    auto consumer = bench::open(config, ClientRole::Consumer);
    if (!producer || !consumer)
        return std::unexpected((producer ? consumer : producer).error().text);
    return std::unique_ptr<BareRelay>(new BareRelay(config, sent, std::move(*producer), std::move(*consumer)));
}

BareRelay::BareRelay(const KafkaConfig& config, const SentLog& sent, ClientHandle producer, ClientHandle consumer)
    : m_config(config)
    , m_sent(sent)
    , m_producer(std::move(producer))
    , m_consumer(std::move(consumer))
{
    rd_kafka_poll_set_consumer(m_consumer.get());
    const PartitionList list(rd_kafka_topic_partition_list_new(config.partitions));
    for (int partition = 0; partition < config.partitions; ++partition)
        rd_kafka_topic_partition_list_add(list.get(), config.topic.c_str(), partition)->offset =
            RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_assign(m_consumer.get(), list.get());
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

BareRelay::~BareRelay() = default;

void BareRelay::send(const std::string& symbol, std::string_view data)
{
    rd_kafka_producev(m_producer.get(), RD_KAFKA_V_TOPIC(m_config.topic.c_str()),
                      RD_KAFKA_V_KEY(symbol.data(), symbol.size()),
                      RD_KAFKA_V_VALUE(const_cast<char*>(data.data()), data.size()),
                      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
    rd_kafka_poll(m_producer.get(), 0);
}

void BareRelay::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        const MessageHandle message(rd_kafka_consumer_poll(m_consumer.get(), stopSliceMs));
        if (!message || message->err)
            continue;
        const std::string symbol(static_cast<const char*>(message->key), message->key_len);
        const std::int64_t cameUs = nowUs();
        const std::int64_t id = updateIdOf({static_cast<const char*>(message->payload), message->len});
        for (const std::int64_t sentUs : m_sent.sentUs(symbol, id - 1, id))
            m_latencies.add(cameUs - sentUs);
    }
}

const Latencies& BareRelay::end()
{
    m_thread.request_stop();
    m_thread.join();
    return m_latencies;
}

} // namespace obm::bench

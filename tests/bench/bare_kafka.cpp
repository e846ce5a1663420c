#include "bench/bare_kafka.h"

#include "kafka/kafka_conf.h"
#include "kafka/topic_calls.h"

#include <librdkafka/rdkafka.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <thread>

namespace obm::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int pollMs = 100;
constexpr int flushMs = 10'000;
constexpr std::chrono::seconds warmUp{3}; // connections, the first leader look-ups, idempotence's producer id

double processSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// Waits for points in time, as the local exchange's timer does.
class Ticker
{
public:
    explicit Ticker(std::chrono::milliseconds interval)
        : m_interval(interval)
        , m_next(Clock::now())
    {}
    void wait()
    {
        m_next += m_interval;
        std::unique_lock lock(m_mutex);
        m_never.wait_until(lock, m_next, [] { return false; });
    }

private:
    std::chrono::milliseconds m_interval;
    Clock::time_point m_next;
    std::mutex m_mutex;
    std::condition_variable m_never;
};

// From the end of every partition, without a group; counts and drops.
class Counter
{
public:
    Counter(ClientHandle client, const KafkaConfig& config)
        : m_client(std::move(client))
    {
        const PartitionList list(rd_kafka_topic_partition_list_new(config.partitions));
        for (int partition = 0; partition < config.partitions; ++partition)
            rd_kafka_topic_partition_list_add(list.get(), config.topic.c_str(), partition)->offset =
                RD_KAFKA_OFFSET_BEGINNING;
        rd_kafka_assign(m_client.get(), list.get());
        m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }

    [[nodiscard]] std::int64_t count() const { return m_count; }

private:
    void run(const std::stop_token& stop)
    {
        while (!stop.stop_requested())
            if (const MessageHandle message(rd_kafka_consumer_poll(m_client.get(), pollMs)); message && !message->err)
                ++m_count;
    }

    ClientHandle m_client;
    std::atomic<std::int64_t> m_count = 0;
    std::jthread m_thread; // last: ends first
};

std::expected<ClientHandle, KafkaError> open(const KafkaConfig& config, ClientRole role)
{
    auto conf = makeConf(config, role);
    if (!conf)
        return std::unexpected(conf.error());
    return makeClient(std::move(*conf), role, config);
}

class Sender
{
public:
    Sender(rd_kafka_t& client, const KafkaConfig& config, const KafkaTraffic& traffic)
        : m_client(client)
        , m_topic(config.topic)
        , m_traffic(traffic)
    {}

    // Those of `duration`, paced.
    std::int64_t send(std::chrono::seconds duration)
    {
        const std::int64_t before = m_sent;
        const std::size_t bursts = static_cast<std::size_t>(m_traffic.intervalMs / m_traffic.burstMs);
        Ticker ticker{std::chrono::milliseconds(m_traffic.burstMs)};
        const auto end = Clock::now() + duration;
        for (std::size_t burst = 0; Clock::now() < end; ++burst) {
            for (std::size_t key = burst % bursts; key < m_traffic.keys.size(); key += bursts)
                sendOne(m_traffic.keys[key]);
            rd_kafka_poll(&m_client, 0);
            ticker.wait();
        }
        return m_sent - before;
    }

private:
    void sendOne(const std::string& key)
    {
        const std::string& message = m_traffic.messages[static_cast<std::size_t>(m_sent) % m_traffic.messages.size()];
        const auto error =
            rd_kafka_producev(&m_client, RD_KAFKA_V_TOPIC(m_topic.c_str()), RD_KAFKA_V_KEY(key.data(), key.size()),
                              RD_KAFKA_V_VALUE(const_cast<char*>(message.data()), message.size()),
                              RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
        m_sent += error == RD_KAFKA_RESP_ERR_NO_ERROR;
    }

    rd_kafka_t& m_client;
    std::string m_topic;
    const KafkaTraffic& m_traffic;
    std::int64_t m_sent = 0;
};

// True once the counter has them all.
bool awaitCount(const Counter& counter, std::int64_t count)
{
    Ticker ticker{std::chrono::milliseconds(pollMs)};
    for (const auto end = Clock::now() + std::chrono::milliseconds(flushMs); Clock::now() < end; ticker.wait())
        if (counter.count() >= count)
            return true;
    return false;
}

} // namespace

std::expected<KafkaCost, std::string> measureBareKafka(const KafkaConfig& config, const KafkaTraffic& traffic)
{
    auto calls = TopicCalls::connect(config);
    if (!calls)
        return std::unexpected(calls.error().text);
    if (auto made = calls->create({}); !made)
        return std::unexpected(made.error().text);
    auto producer = open(config, ClientRole::Producer);
    auto consumer = open(config, ClientRole::Consumer);
    if (!producer || !consumer)
        return std::unexpected((producer ? consumer : producer).error().text);

    const Counter counter(std::move(*consumer), config);
    Sender sender(**producer, config, traffic);
    const std::int64_t warm = sender.send(warmUp);
    const double cpuBefore = processSeconds();
    const auto begin = Clock::now();
    const std::int64_t sent = sender.send(std::chrono::seconds(traffic.seconds));
    const double cpu = processSeconds() - cpuBefore;
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    rd_kafka_flush(producer->get(), flushMs);
    awaitCount(counter, warm + sent);
    return KafkaCost{cpu / seconds, static_cast<double>(sent) / seconds, warm + sent - counter.count()};
}

} // namespace obm::bench

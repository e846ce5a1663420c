#include "bench/bare_drain.h"

#include "bench/on_core.h"
#include "bench/process_cost.h"
#include "kafka/kafka_conf.h"

#include <librdkafka/rdkafka.h>

#include <QCoreApplication>
#include <QProcess>

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace obm::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int pollMs = 1'000;
constexpr int emptyPollsMax = 30; // then the topic holds less than was said
constexpr int limitMs = 600'000;

std::expected<ClientHandle, std::string> openReader(const KafkaConfig& config)
{
    auto conf = makeConf(config, ClientRole::Consumer);
    if (!conf)
        return std::unexpected(conf.error().text);
    auto client = makeClient(std::move(*conf), ClientRole::Consumer, config);
    if (!client)
        return std::unexpected(client.error().text);
    rd_kafka_poll_set_consumer(client->get());
    const PartitionList list(rd_kafka_topic_partition_list_new(config.partitions));
    for (int partition = 0; partition < config.partitions; ++partition)
        rd_kafka_topic_partition_list_add(list.get(), config.topic.c_str(), partition)->offset =
            RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_assign(client->get(), list.get());
    return std::move(*client);
}

BareDrain drain(rd_kafka_t* reader, std::int64_t messages)
{
    BareDrain result;
    Clock::time_point begin;
    std::int64_t cpuBegin = 0;
    for (int empty = 0; result.messages < messages && empty < emptyPollsMax;) {
        const MessageHandle message(rd_kafka_consumer_poll(reader, pollMs));
        empty = message ? 0 : empty + 1;
        if (!message || message->err)
            continue;
        if (result.messages++ == 0) {
            begin = Clock::now();
            cpuBegin = cpuMs(getpid());
        }
    }
    result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    result.cpuSeconds = static_cast<double>(cpuMs(getpid()) - cpuBegin) / 1000;
    result.peakKb = peakRssKb(getpid());
    return result;
}

} // namespace

int runBareDrain(int argc, char** argv)
{
    if (argc != 6)
        return 2;
    KafkaConfig config;
    config.bootstrapServers = argv[2];
    config.topic = argv[3];
    config.partitions = std::atoi(argv[4]);
    config.groupId = config.topic + "-alone"; // needed, and never joined
    const auto reader = openReader(config);
    if (!reader) {
        std::fprintf(stderr, "librdkafka alone: %s\n", reader.error().c_str());
        return 1;
    }
    const BareDrain result = drain(reader->get(), std::atoll(argv[5]));
    std::printf("%lld %f %f %lld\n", static_cast<long long>(result.messages), result.seconds, result.cpuSeconds,
                static_cast<long long>(result.peakKb));
    std::fflush(stdout);
    rd_kafka_consumer_close(reader->get());
    return 0;
}

std::expected<BareDrain, std::string> measureBareDrain(const KafkaConfig& config, std::int64_t messages)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    {
        const OnCore measured(measuredCore);
        process.start(QCoreApplication::applicationFilePath(),
                      {QString::fromLatin1(bareDrainArgument), QString::fromStdString(config.bootstrapServers),
                       QString::fromStdString(config.topic), QString::number(config.partitions),
                       QString::number(messages)});
    }
    if (!process.waitForFinished(limitMs) || process.exitCode() != 0)
        return std::unexpected("librdkafka alone did not come to its end");
    const QList<QByteArray> words = process.readAllStandardOutput().simplified().split(' ');
    if (words.size() != 4 || words[0].toLongLong() < messages)
        return std::unexpected("librdkafka alone did not find the topic's messages");
    return BareDrain{words[0].toLongLong(), words[1].toDouble(), words[2].toDouble(), words[3].toLongLong()};
}

} // namespace obm::bench

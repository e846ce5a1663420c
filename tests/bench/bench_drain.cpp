// The whole handler from the real Kafka to a real Redis: obmonitor, live on the head of a prepared topic, is shown a
// backlog of a recording's messages all at once and works through it on one core, while the broker, redis-server and
// this program share the other. Beside it librdkafka alone with the same topic and the same settings on the same core,
// before and after, and Redis by its own benchmark.
//   bench_drain [--quick]
#include "bench/bare_drain.h"
#include "bench/metrics_page.h"
#include "bench/on_core.h"
#include "bench/pin_process.h"
#include "bench/process_cost.h"
#include "bench/recorded_topic.h"
#include "bench/redis_floor.h"
#include "bench/report.h"
#include "support/exchange_process.h"
#include "support/kafka_process.h"
#include "support/redis_process.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

using namespace obm;
using namespace obm::bench;

namespace {

constexpr std::int64_t messagesFull = 2'000'000;
constexpr std::int64_t messagesQuick = 300'000;
constexpr int liveLimitMs = 30'000;
constexpr int drainLimitMs = 600'000;
constexpr int partitions = 6;

int skip(const std::string& why)
{
    fmt::print(stderr, "bench_drain: {}\n", why);
    return 0;
}

struct Drained
{
    double seconds = 0; // from the commit of the backlog to its last update in Redis
    double cpuSeconds = 0;
    std::int64_t peakKb = 0;
    double redisWrites = 0;
    double gaps = 0;
    double resyncs = 0;
    bool areBooksRight = false;
};

class DrainRun
{
public:
    DrainRun(const KafkaConfig& kafka, const RecordedTopic& topic, const QString& recordingDir)
        : m_topic(topic)
        , m_exchange({QStringLiteral("--recording"), recordingDir}) // never played: its REST has the snapshots
        , m_redis(std::make_unique<test::RedisProcess>())
    {
        const QStringList settings = {
            QStringLiteral("kafka.bootstrap_servers=") + QString::fromStdString(kafka.bootstrapServers),
            QStringLiteral("kafka.topic=") + QString::fromStdString(kafka.topic),
            QStringLiteral("kafka.group_id=") + QString::fromStdString(kafka.groupId),
            QStringLiteral("kafka.auto_offset_reset=earliest"),
            QStringLiteral("exchange.symbols=BTCUSDT,ETHUSDT"),
            QStringLiteral("redis.url=") + QString::fromStdString(m_redis->url()),
            QStringLiteral("metrics.listen=127.0.0.1:0"),
        };
        QStringList arguments{QStringLiteral("--headless"), QStringLiteral("--role"), QStringLiteral("handler")};
        for (const QString& setting : settings)
            arguments += {QStringLiteral("--set"), setting};
        const OnCore measured(measuredCore);
        m_program.emplace(QStringLiteral("handler"), arguments + m_exchange.configuration());
    }

    bool awaitLive()
    {
        const bool isLive = QTest::qWaitFor(
            [this] {
                for (const std::string& symbol : m_topic.symbols())
                    if (!statusOf(symbol).contains("\"state\":\"live\""))
                        return false;
                return true;
            },
            liveLimitMs);
        if (!isLive)
            m_program->showOutput();
        return isLive;
    }

    std::optional<Drained> drain(RecordedTopic& topic)
    {
        Drained result;
        const MetricsPage before = metrics();
        const std::int64_t cpuBefore = cpuMs(m_program->processId());
        QElapsedTimer clock;
        clock.start();
        if (!topic.reveal() || !QTest::qWaitFor([this] { return isAtEnd(); }, drainLimitMs)) {
            m_program->showOutput();
            return std::nullopt;
        }
        result.seconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
        result.cpuSeconds = static_cast<double>(cpuMs(m_program->processId()) - cpuBefore) / 1000;
        result.peakKb = peakRssKb(m_program->processId());
        result.areBooksRight = QTest::qWaitFor([this] { return areBooksRight(); }, liveLimitMs);
        const MetricsPage after = metrics();
        result.redisWrites = after.sum("obmonitor_redis_writes_total") - before.sum("obmonitor_redis_writes_total");
        result.gaps = after.sum("obmonitor_book_gaps_total");
        result.resyncs = after.sum("obmonitor_book_resyncs_total");
        return result;
    }

    [[nodiscard]] test::RedisProcess& redis() { return *m_redis; }
    void stop() { m_program.reset(); }

private:
    std::string statusOf(const std::string& symbol)
    {
        return m_redis->text({"GET", "orderbook:" + symbol + ":status"});
    }

    bool isAtEnd()
    {
        for (std::size_t i = 0; i < m_topic.symbols().size(); ++i) {
            const std::string tail = "\"u\":" + std::to_string(m_topic.lastId(i)) + "}";
            if (!m_redis->text({"HGET", "LIVE_ORDERBOOK", m_topic.symbols()[i]}).ends_with(tail))
                return false;
        }
        return true;
    }

    // The exchange's levels from the best on, as far as they are proven.
    bool areBooksRight()
    {
        constexpr qsizetype levelsMin = 250; // else another snapshot would have been asked for
        for (std::size_t i = 0; i < m_topic.symbols().size(); ++i) {
            const std::string text = m_redis->text({"GET", "orderbook:" + m_topic.symbols()[i] + ":latest"});
            const QJsonObject book = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
            const qsizetype bids = book[QLatin1String("bids")].toArray().size();
            const qsizetype asks = book[QLatin1String("asks")].toArray().size();
            localexchange::BookText truth = m_topic.lastBook(i);
            truth.bids.resize(std::min(truth.bids.size(), static_cast<std::size_t>(bids)));
            truth.asks.resize(std::min(truth.asks.size(), static_cast<std::size_t>(asks)));
            if (std::min(bids, asks) < levelsMin || !text.starts_with(wholeBook(m_topic.symbols()[i], truth)))
                return false;
        }
        return true;
    }

    static std::string wholeBook(const std::string& symbol, const localexchange::BookText& book)
    {
        const auto sideOf = [](const std::vector<localexchange::TextLevel>& levels) {
            std::string text;
            for (const localexchange::TextLevel& level : levels)
                text += fmt::format("{}[\"{}\",\"{}\"]", text.empty() ? "" : ",", level.price, level.quantity);
            return text;
        };
        return fmt::format(R"({{"symbol":"{}","lastUpdateId":{},"bids":[{}],"asks":[{}],)", symbol, book.lastUpdateId,
                           sideOf(book.bids), sideOf(book.asks));
    }

    MetricsPage metrics()
    {
        const QString url = m_program->await(QStringLiteral("^metrics (\\S+)/metrics$")).captured(1);
        return MetricsPage(test::RestClient(QUrl(url)).get(QStringLiteral("/metrics")).body);
    }

    const RecordedTopic& m_topic;
    test::ExchangeProcess m_exchange;
    std::unique_ptr<test::RedisProcess> m_redis;
    std::optional<test::Program> m_program;
};

std::string rate(double messages, double seconds)
{
    return fmt::format("{:.0f}/s", messages / seconds);
}

void reportAll(const RecordedTopic& topic, const Drained& handler, const BareDrain& alone)
{
    const auto messages = static_cast<double>(topic.messages() - RecordedTopic::headMessages);
    const auto bare = static_cast<double>(alone.messages);
    report({"handler drains Kafka into Redis, one core", rate(messages, handler.seconds),
            rate(bare, alone.seconds) + ", librdkafka alone", "100,000/s"});
    report({"handler drains, messages a second of its processor time", rate(messages, handler.cpuSeconds),
            rate(bare, alone.cpuSeconds) + ", librdkafka alone", ""});
    report({"handler drains, peak RSS", fmt::format("{} MB", handler.peakKb / 1024),
            fmt::format("{} MB, librdkafka alone", alone.peakKb / 1024), "200 MB"});
    report({"handler drains: gaps, new synchronisations, books equal to the exchange's",
            fmt::format("{:.0f}, {:.0f}, {}", handler.gaps, handler.resyncs, handler.areBooksRight ? "all" : "NOT ALL"),
            "", "0, 0, all"});
}

int measure(const KafkaConfig& kafka, RecordedTopic& topic, const QString& recordingDir)
{
    DrainRun run(kafka, topic, recordingDir);
    if (!run.awaitLive())
        return 1;
    const auto drained = run.drain(topic);
    if (!drained)
        return 1;
    const double writesPerSecond = drained->redisWrites / drained->seconds;
    const std::string live = run.redis().text({"HGET", "LIVE_ORDERBOOK", topic.symbols().front()});
    run.stop();
    const auto alone = measureBareDrain(kafka, topic.messages());
    if (!alone) {
        fmt::print(stderr, "bench_drain: {}\n", alone.error());
        return 1;
    }
    reportAll(topic, *drained, *alone);
    report({"handler drains, Redis writes", fmt::format("{:.0f}/s", writesPerSecond),
            fmt::format("{:.0f}/s, redis-benchmark", hsetsPerSecond(run.redis().socketPath(), live)), ""});
    return drained->areBooksRight ? 0 : 1;
}

int run(bool isQuick)
{
    const QString recordingDir = qEnvironmentVariable("OBM_RECORDINGS") + QStringLiteral("/usdm-20240718");
    auto recording = localexchange::Recording::load(recordingDir);
    if (!recording)
        return skip("no recording: " + recording.error().toStdString());
    const auto broker = test::KafkaProcess::shared();
    if (!broker)
        return skip("no Kafka: " + broker.error().toStdString());

    KafkaConfig kafka;
    kafka.bootstrapServers = (*broker)->servers();
    kafka.topic = "bench-drain-" + std::to_string(QCoreApplication::applicationPid());
    kafka.groupId = kafka.topic;
    kafka.partitions = partitions;
    auto topic = RecordedTopic::create(kafka, std::move(*recording));
    if (!topic)
        return skip(topic.error());
    QElapsedTimer clock;
    clock.start();
    if (!(*topic)->fill(isQuick ? messagesQuick : messagesFull)) {
        fmt::print(stderr, "bench_drain: Kafka refused messages\n");
        return 1;
    }
    fmt::print(stderr, "bench_drain: {} messages, {} MB on the topic after {} s\n", (*topic)->messages(),
               (*topic)->bytes() / 1'000'000, clock.elapsed() / 1000);
    const OnCore feeding(feedingCore);
    const PinnedProcess brokerPlace((*broker)->processId(), feedingCore);
    return measure(kafka, **topic, recordingDir);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const std::string_view first = argc > 1 ? argv[1] : "";
    return first == bareDrainArgument ? runBareDrain(argc, argv) : run(first == "--quick");
}

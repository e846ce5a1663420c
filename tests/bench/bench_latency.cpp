// From the local exchange's send to the moment a reader sees the book in Redis: obmonitor with its defaults, the real
// Kafka, a real redis-server, 250 ms streams (so that no book waits for its interval). At the same time every event
// goes through a producer and a consumer of librdkafka alone, with the same settings, in this process: the same
// messages at the same moments on an equally busy machine.
//   bench_latency [--quick]
#include "bench/bare_relay.h"
#include "bench/book_sight.h"
#include "bench/metrics_page.h"
#include "bench/report.h"
#include "bench/sent_log.h"
#include "localexchange/local_exchange.h"
#include "support/kafka_process.h"
#include "support/program.h"
#include "support/redis_process.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <fmt/format.h>

using namespace obm;
using namespace obm::bench;

namespace {

constexpr int symbolCount = 50;
constexpr int secondsFull = 60;
constexpr int secondsQuick = 15;
constexpr int settleMs = 3'000; // after all are live: the start's own work is over
constexpr int tailMs = 1'000;   // what was sent last arrives
constexpr int liveLimitMs = 60'000;

int skip(const std::string& why)
{
    fmt::print(stderr, "bench_latency: {}\n", why);
    return 0;
}

void runLoopFor(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

QStringList programArguments(const KafkaConfig& kafka, const LocalExchange& exchange, const std::string& redisUrl)
{
    QStringList arguments{QStringLiteral("--headless"), QStringLiteral("--symbols"),
                          exchange.symbols().join(QLatin1Char(','))};
    for (const QString& setting :
         {QStringLiteral("exchange.ws_url=") + exchange.wsUrl().toString(),
          QStringLiteral("exchange.rest_url=") + exchange.restUrl().toString(),
          QStringLiteral("exchange.weight_per_minute=100000"),
          QStringLiteral("kafka.bootstrap_servers=") + QString::fromStdString(kafka.bootstrapServers),
          QStringLiteral("kafka.topic=") + QString::fromStdString(kafka.topic),
          QStringLiteral("kafka.group_id=") + QString::fromStdString(kafka.groupId),
          QStringLiteral("redis.url=") + QString::fromStdString(redisUrl),
          QStringLiteral("metrics.listen=127.0.0.1:0")})
        arguments += {QStringLiteral("--set"), setting};
    return arguments;
}

bool areAllLive(test::RedisProcess& redis, const QStringList& symbols)
{
    for (const QString& symbol : symbols)
        if (!redis.text({"GET", "orderbook:" + symbol.toStdString() + ":status"}).contains("\"state\":\"live\""))
            return false;
    return true;
}

// Where the time goes, for whoever looks into a figure: the program's own view.
struct Hops
{
    explicit Hops(test::Program& program)
    {
        const QString url = program.await(QStringLiteral("^metrics (\\S+)/metrics$")).captured(1);
        page = test::RestClient(QUrl(url)).get(QStringLiteral("/metrics")).body;
    }
    [[nodiscard]] double valueOf(const char* part, const char* hop) const
    {
        const QByteArray name = QByteArray("obmonitor_latency_seconds_") + part + "{hop=\"" + hop + "\"} ";
        const qsizetype at = page.indexOf(name);
        return at < 0 ? 0.0 : page.mid(at + name.size(), 32).split('\n').front().toDouble();
    }
    QByteArray page;
};

void printMeans(const Hops& before, const Hops& after)
{
    for (const char* hop : {"exchange", "kafka", "book", "redis"}) {
        const auto grown = [&](const char* part) { return after.valueOf(part, hop) - before.valueOf(part, hop); };
        fmt::print(stderr, "bench_latency: hop {}: mean {:.3f} ms\n", hop, 1000 * grown("sum") / grown("count"));
    }
}

void reportAll(std::size_t sent, const Latencies& shown, const Latencies& bare)
{
    fmt::print(stderr, "bench_latency: {} events sent, {} seen in Redis, {} through librdkafka alone\n", sent,
               shown.count(), bare.count());
    const std::string what = fmt::format("exchange sends -> Redis shows it, {} events, ", shown.count());
    const std::string alone = ", librdkafka alone";
    const auto ms = [](double value) { return fmt::format("{:.1f} ms", value); };
    report({what + "p50", ms(shown.ms(0.5)), ms(bare.ms(0.5)) + alone, ""});
    report({what + "p99", ms(shown.ms(0.99)), ms(bare.ms(0.99)) + alone, "floor + 8 ms"});
    report({what + "max", ms(shown.ms(1)), ms(bare.ms(1)) + alone, ""});
    report({"exchange sends -> Redis shows it, p99 above the floor", ms(shown.ms(0.99) - bare.ms(0.99)), "", "8 ms"});
}

int measure(const std::string& servers, int seconds)
{
    const std::string topic = "bench-latency-" + std::to_string(QCoreApplication::applicationPid());
    KafkaConfig kafka;
    kafka.bootstrapServers = servers;
    kafka.topic = kafka.groupId = topic;
    KafkaConfig bareKafka = kafka;
    bareKafka.topic = bareKafka.groupId = topic + "-alone";

    SentLog sent;
    bool isMeasuring = false;
    auto relay = BareRelay::open(bareKafka, sent);
    if (!relay)
        return skip(relay.error());
    LocalExchangeOptions options;
    options.symbols = syntheticSymbols(symbolCount);
    options.weightLimit = 1'000'000;
    options.onSend = [&](const std::string& symbol, std::int64_t lastId, std::string_view data) {
        if (isMeasuring)
            sent.note(symbol, lastId);
        (*relay)->send(symbol, data);
    };
    LocalExchange exchange(options);
    if (const auto started = exchange.start(); !started)
        return skip(started.error().toStdString());
    test::RedisProcess redis;
    test::Program program(QStringLiteral("obmonitor"), programArguments(kafka, exchange, redis.url()));
    if (!QTest::qWaitFor([&] { return areAllLive(redis, exchange.symbols()); }, liveLimitMs)) {
        program.showOutput();
        return 1;
    }
    BookSight sight(redis.socketPath().toStdString(), sent);
    runLoopFor(settleMs);
    const Hops before(program);
    isMeasuring = true;
    runLoopFor(seconds * 1'000);
    isMeasuring = false;
    runLoopFor(tailMs);
    printMeans(before, Hops(program));
    reportAll(sent.count(), sight.end(), (*relay)->end());
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const auto broker = test::KafkaProcess::shared();
    if (!broker)
        return skip("no Kafka: " + broker.error().toStdString());
    const bool isQuick = argc > 1 && std::string_view(argv[1]) == "--quick";
    return measure((*broker)->servers(), isQuick ? secondsQuick : secondsFull);
}

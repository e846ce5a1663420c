// A whole market: 600 symbols at 100 ms through the real program, a real Kafka and a real Redis. Cold start by the
// weight of the exchange, then five minutes steady, then every book against the exchange's; and librdkafka alone with
// the same messages.
//   bench_market            about 17 minutes: 600 symbols, weight 1200 a minute
//   bench_market --quick    about 3 minutes: 100 symbols, two boundaries of the weight's minute
//   bench_market --steady   about 7 minutes: 600 symbols, all books at once, whole books of all of them in step
#include "bench/bare_kafka.h"
#include "bench/market_run.h"
#include "bench/on_core.h"
#include "bench/report.h"
#include "support/kafka_process.h"

#include <QCoreApplication>

#include <fmt/format.h>

#include <cstdio>
#include <string>

using namespace obm;
using namespace obm::bench;

namespace {

MarketPlan planOf(const QStringList& arguments)
{
    MarketPlan plan;
    if (arguments.contains(QLatin1String("--quick")))
        plan = {
            .symbols = 100, .weightPerMinute = 1'000, .weightLimit = 2'400, .steadySeconds = 30, .floorSeconds = 10};
    if (arguments.contains(QLatin1String("--steady")))
        plan = {.weightPerMinute = 100'000, .weightLimit = 1'000'000};
    return plan;
}

std::string megabytes(std::int64_t kb)
{
    return fmt::format("{:.0f} MB", static_cast<double>(kb) / 1024);
}

void reportColdStart(const MarketPlan& plan, const ColdStart& cold)
{
    const std::string books =
        fmt::format("cold start of {} symbols, weight {} a minute", plan.symbols, plan.weightPerMinute);
    report({books + ": last one live after the weight allows it", fmt::format("{:.1f} s", cold.lateSeconds()),
            fmt::format("{:.0f} s from start, the weight alone", cold.allowedSeconds), "<= 10 s"});
    report({books + ": all live, first live after start",
            fmt::format("{:.0f} s, {:.1f} s", cold.allSeconds, cold.firstSeconds), "", ""});
    report({books + ": highest weight of any UTC minute",
            fmt::format("{}, {} answers of 429 or 418", cold.highestWeight, cold.refusals), "",
            fmt::format("<= {}, none", plan.weightPerMinute)});
    fmt::print(stderr, "books live at the end of each UTC minute: {}\n", fmt::join(cold.liveByMinute, ", "));
}

void reportSteady(const MarketPlan& plan, const Steady& steady, const KafkaCost& floor)
{
    const std::string market = fmt::format("{} symbols at 100 ms for {} s: ", plan.symbols, plan.steadySeconds);
    const int wanted = plan.symbols * 10;
    report(
        {market + "share of a core", fmt::format("{:.1f} %", steady.coreShare * 100),
         fmt::format("{:.1f} %, librdkafka alone at {:.0f} messages/s", floor.coreShare * 100, floor.messagesPerSecond),
         "< 25 %"});
    report({market + "messages",
            fmt::format("{:.0f}/s of {:.0f} bytes", steady.messagesPerSecond, steady.bytesPerMessage), "",
            fmt::format("{}/s", wanted)});
    report({market + "writes to Redis", fmt::format("{:.0f}/s", steady.redisWritesPerSecond), "", ""});
    report({market + "memory at begin, end, most",
            fmt::format("{}, {}, {}; {:+.0f} kB a minute in the second half", megabytes(steady.rssBeginKb),
                        megabytes(steady.rssEndKb), megabytes(steady.rssMaxKb), steady.rssSlopeKbPerMinute),
            "", "< 250 MB, not growing"});
    report({market + "gaps, resyncs", fmt::format("{}, {}", steady.gaps, steady.resyncs), "", "0, 0"});
    fmt::print(stderr, "the exchange took {:.1f} % of its core\n", steady.exchangeCoreShare * 100);
    if (steady.ticksSkipped > 0 || steady.messagesPerSecond < 0.99 * wanted)
        fmt::print(stderr,
                   "NOT THE MARKET IT SHOULD BE: the exchange sent {:.0f} messages/s instead of {} and skipped "
                   "{} ticks\n",
                   steady.messagesPerSecond, wanted, steady.ticksSkipped);
}

KafkaCost measureFloor(const MarketPlan& plan, const std::string& servers, const MarketRun& run,
                       std::vector<std::string> messages)
{
    KafkaConfig config;
    config.bootstrapServers = servers;
    config.topic = run.topic() + "_floor";
    KafkaTraffic traffic;
    traffic.messages = std::move(messages);
    traffic.seconds = plan.floorSeconds;
    for (const QString& symbol : run.symbols())
        traffic.keys.push_back(symbol.toStdString());
    const OnCore alone(measuredCore);
    const auto cost = measureBareKafka(config, traffic);
    if (!cost)
        fmt::print(stderr, "librdkafka alone: {}\n", cost.error());
    else if (cost->lost != 0)
        fmt::print(stderr, "librdkafka alone: {} messages did not come back\n", cost->lost);
    return cost.value_or(KafkaCost{});
}

int runMarket(const MarketPlan& plan, const std::string& servers)
{
    MarketRun run(plan, servers);
    ColdStart cold;
    if (!run.coldStart(cold))
        return 1;
    reportColdStart(plan, cold);
    Steady steady;
    if (!run.steady(steady))
        return 1;
    std::vector<std::string> messages = run.sampleMessages();
    const int right = run.rightBooks();
    const int lagAtEnd = run.lagMessages();
    run.stop();
    reportSteady(plan, steady, measureFloor(plan, servers, run, std::move(messages)));
    report({fmt::format("{} symbols: consumer lag in messages, median, most, at the end", plan.symbols),
            fmt::format("{}, {}, {}", steady.lagMedian, steady.lagMax, lagAtEnd), "", "0 at the end"});
    report({fmt::format("{} symbols: books in Redis equal to the exchange's at the end", plan.symbols),
            std::to_string(right), "", std::to_string(plan.symbols)});
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const auto kafka = test::KafkaProcess::shared();
    if (!kafka) {
        fmt::print(stderr, "bench_market: {}\n", kafka.error().toStdString());
        return 0;
    }
    return runMarket(planOf(QCoreApplication::arguments()), (*kafka)->servers());
}

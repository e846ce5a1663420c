// A whole market live: the local exchange, a real Kafka, a redis-server and obmonitor between them, each a process of
// its own, obmonitor with a core for itself. Cold start first, then a steady stretch; then the market stands still and
// every book in Redis is held against the exchange's.
// Thread: that of the benchmark, with an event loop that its waits run.
#pragma once

#include "bench/metrics_page.h"
#include "support/exchange_process.h"
#include "support/program.h"
#include "support/redis_process.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace obm::bench {

struct MarketPlan
{
    int symbols = 600;
    int weightPerMinute = 1'200; // obmonitor's default: 60 books
    int weightLimit = 2'400;     // the exchange's
    int steadySeconds = 300;
    int floorSeconds = 30;
};

struct ColdStart
{
    double firstSeconds = 0;       // from the start of the process to the first book in Redis
    double allowedSeconds = 0;     // to the UTC minute in which the weight allows the last snapshot
    double allSeconds = 0;         // to the last book in Redis
    std::vector<int> liveByMinute; // books live at the end of each UTC minute
    int highestWeight = 0;         // of any UTC minute, as the exchange counts
    int refusals = 0;              // 429 and 418

    [[nodiscard]] double lateSeconds() const { return allSeconds - allowedSeconds; }
};

struct Steady
{
    double coreShare = 0;
    double messagesPerSecond = 0; // sent by the exchange
    double bytesPerMessage = 0;
    double redisWritesPerSecond = 0;
    int lagMedian = 0; // messages
    int lagMax = 0;
    std::int64_t ticksSkipped = 0; // by the exchange: above 0 the market was not what it should be
    std::int64_t rssBeginKb = 0;
    std::int64_t rssEndKb = 0;
    std::int64_t rssMaxKb = 0;
    double rssSlopeKbPerMinute = 0; // of the second half
    std::int64_t gaps = 0;
    std::int64_t resyncs = 0;
    double exchangeCoreShare = 0;
};

class MarketRun
{
public:
    MarketRun(const MarketPlan& plan, const std::string& kafkaServers);

    // False: it did not come to an end; why is on stderr.
    [[nodiscard]] bool coldStart(ColdStart& result);
    [[nodiscard]] bool steady(Steady& result);
    // Messages as the exchange sends them.
    [[nodiscard]] std::vector<std::string> sampleMessages();
    // How many books in Redis are the exchange's, top of book and whole, once both stand still.
    [[nodiscard]] int rightBooks();
    [[nodiscard]] int lagMessages();
    // Ends obmonitor in order, then everything else is at rest too.
    void stop();

    [[nodiscard]] const QStringList& symbols() const { return m_symbols; }
    [[nodiscard]] std::string topic() const;

private:
    struct Reading;

    void startProgram();
    [[nodiscard]] Reading read();
    [[nodiscard]] int liveBooks();
    [[nodiscard]] MetricsPage metrics();
    [[nodiscard]] bool isRight(const QString& symbol, const QJsonObject& truth);
    [[nodiscard]] QJsonObject redisObject(const RedisCommand& words);

    MarketPlan m_plan;
    std::string m_kafkaServers;
    QStringList m_symbols;
    std::unique_ptr<test::ExchangeProcess> m_exchange;
    std::unique_ptr<test::RedisProcess> m_redis;
    std::unique_ptr<test::Program> m_program;
    QUrl m_metricsUrl;
};

} // namespace obm::bench

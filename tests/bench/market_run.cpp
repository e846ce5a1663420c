#include "bench/market_run.h"

#include "bench/on_core.h"
#include "bench/process_cost.h"
#include "exchange/weight_budget.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <span>

namespace obm::bench {

using namespace obm::test;

namespace {

constexpr int snapshotLimit = 1'000;
constexpr qint64 secondMs = 1'000;
constexpr int lagEverySeconds = 5; // a page of 600 symbols costs obmonitor some 10 ms

QStringList set(const QString& key, const QString& value)
{
    return {QStringLiteral("--set"), key + QLatin1Char('=') + value};
}

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

double secondsOf(qint64 ms)
{
    return static_cast<double>(ms) / 1000;
}

// The UTC minute in which the weight allows the last snapshot, as its first millisecond: exchangeInfo and the first
// books in the minute of the start, a minute's worth in each that follows.
qint64 allowedMs(const MarketPlan& plan, qint64 startMs)
{
    const int weight = depthWeight(snapshotLimit);
    const int later = plan.symbols - (plan.weightPerMinute - exchangeInfoWeight) / weight;
    const int perMinute = plan.weightPerMinute / weight;
    const int minutes = later <= 0 ? 0 : (later + perMinute - 1) / perMinute;
    return minutes == 0 ? startMs : (startMs / minuteMs + minutes) * minuteMs;
}

// kB a minute, by least squares; samples a second apart.
double slopePerMinute(std::span<const double> samples)
{
    const double count = static_cast<double>(samples.size());
    const double middle = (count - 1) / 2;
    double mean = 0;
    for (const double sample : samples)
        mean += sample / count;
    double above = 0;
    double below = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double x = static_cast<double>(i) - middle;
        above += x * (samples[i] - mean);
        below += x * x;
    }
    return below > 0 ? above / below * 60 : 0;
}

} // namespace

// Processor time and traffic at one moment; a second one tells what came between.
struct MarketRun::Reading
{
    QElapsedTimer since;
    std::int64_t cpuMs = 0;
    std::int64_t exchangeCpuMs = 0;
    double sent = 0;
    double ticksSkipped = 0;
    double redisWrites = 0;
    double bytes = 0;
    double gaps = 0;
    double resyncs = 0;
};

MarketRun::MarketRun(const MarketPlan& plan, const std::string& kafkaServers)
    : m_plan(plan)
    , m_kafkaServers(kafkaServers)
{
    const OnCore aside(feedingCore);
    m_redis = std::make_unique<RedisProcess>();
    m_exchange = std::make_unique<ExchangeProcess>(
        QStringList{QStringLiteral("--symbols"), QString::number(plan.symbols), QStringLiteral("--busy"),
                    QStringLiteral("--weight-limit"), QString::number(plan.weightLimit)},
        ExchangeProcess::TruthFile::NotWritten);
    const QJsonArray listings = RestClient(m_exchange->restUrl())
                                    .get(QStringLiteral("/fapi/v1/exchangeInfo"))
                                    .json()
                                    .value(QLatin1String("symbols"))
                                    .toArray();
    for (const QJsonValue& listing : listings)
        m_symbols << listing[QLatin1String("symbol")].toString();
}

std::string MarketRun::topic() const
{
    return "bench_market_" + std::to_string(QCoreApplication::applicationPid());
}

void MarketRun::startProgram()
{
    const OnCore alone(measuredCore);
    const QString name = QString::fromStdString(topic());
    m_program = std::make_unique<Program>(
        QStringLiteral("obmonitor"),
        QStringList{QStringLiteral("--headless")} + m_exchange->configuration() +
            set(QStringLiteral("exchange.symbols"), QStringLiteral("all")) +
            set(QStringLiteral("exchange.depth_speed"), QStringLiteral("100ms")) +
            set(QStringLiteral("exchange.weight_per_minute"), QString::number(m_plan.weightPerMinute)) +
            set(QStringLiteral("kafka.bootstrap_servers"), QString::fromStdString(m_kafkaServers)) +
            set(QStringLiteral("kafka.topic"), name) + set(QStringLiteral("kafka.group_id"), name) +
            set(QStringLiteral("redis.url"), QString::fromStdString(m_redis->url())) +
            set(QStringLiteral("metrics.listen"), QStringLiteral("127.0.0.1:0")));
}

int MarketRun::liveBooks()
{
    return static_cast<int>(m_redis->run({"HLEN", "LIVE_ORDERBOOK"}).integer);
}

MetricsPage MarketRun::metrics()
{
    return MetricsPage(RestClient(m_metricsUrl).get(QStringLiteral("/metrics")).body);
}

// Late in a minute its budget would be lost to joining the Kafka group: the run waits for the next minute then.
bool MarketRun::coldStart(ColdStart& result)
{
    constexpr qint64 latestMs = 40'000;
    (void)QTest::qWaitFor([] { return nowMs() % minuteMs < latestMs; }, static_cast<int>(minuteMs));

    const qint64 startMs = nowMs();
    const qint64 lastChanceMs = allowedMs(m_plan, startMs) + 2 * minuteMs;
    startProgram();
    int live = 0;
    qint64 minute = startMs / minuteMs;
    const auto look = [&] {
        const int before = std::exchange(live, liveBooks());
        if (before == 0 && live > 0)
            result.firstSeconds = secondsOf(nowMs() - startMs);
        if (nowMs() / minuteMs != minute || live == m_plan.symbols) {
            result.liveByMinute.push_back(live == m_plan.symbols ? live : before);
            std::fprintf(stderr, "%.0f s: %d books live\n", secondsOf(nowMs() - startMs), live);
            minute = nowMs() / minuteMs;
        }
        return live == m_plan.symbols || !m_program->isRunning();
    };
    const bool isEnd = QTest::qWaitFor(look, static_cast<int>(lastChanceMs - nowMs()));
    result.allSeconds = secondsOf(nowMs() - startMs);
    result.allowedSeconds = secondsOf(allowedMs(m_plan, startMs) - startMs);
    const QJsonObject state = m_exchange->control(QStringLiteral("state"));
    result.highestWeight = state.value(QLatin1String("highestWeight")).toInt();
    result.refusals =
        state.value(QLatin1String("tooManyAnswers")).toInt() + state.value(QLatin1String("bannedAnswers")).toInt();
    m_metricsUrl = QUrl(m_program->await(QStringLiteral("^metrics (\\S+)/metrics$")).captured(1));
    if (isEnd && live == m_plan.symbols)
        return true;
    std::fprintf(stderr, "only %d of %d books came to be live\n", live, m_plan.symbols);
    m_program->showOutput();
    return false;
}

MarketRun::Reading MarketRun::read()
{
    Reading reading;
    const QJsonObject state = m_exchange->control(QStringLiteral("state"));
    const MetricsPage page = metrics();
    reading.since.start();
    reading.cpuMs = cpuMs(m_program->processId());
    reading.exchangeCpuMs = cpuMs(m_exchange->processId());
    reading.sent = state.value(QLatin1String("framesSent")).toDouble();
    reading.ticksSkipped = state.value(QLatin1String("ticksSkipped")).toDouble();
    reading.redisWrites = page.sum("obmonitor_redis_writes_total");
    reading.bytes = page.sum("obmonitor_exchange_bytes_total");
    reading.gaps = page.sum("obmonitor_book_gaps_total");
    reading.resyncs = page.sum("obmonitor_book_resyncs_total");
    return reading;
}

int MarketRun::lagMessages()
{
    return static_cast<int>(metrics().sum("obmonitor_kafka_consumer_lag_messages"));
}

bool MarketRun::steady(Steady& result)
{
    const Reading begin = read();
    std::vector<double> rss;
    std::vector<int> lags;
    for (int second = 1; second <= m_plan.steadySeconds && m_program->isRunning(); ++second) {
        (void)QTest::qWaitFor([&] { return begin.since.elapsed() >= second * secondMs; },
                              static_cast<int>(2 * secondMs));
        rss.push_back(static_cast<double>(rssKb(m_program->processId())));
        if (second % lagEverySeconds == 0)
            lags.push_back(lagMessages());
        if (second % 60 == 0)
            std::fprintf(stderr, "%d s steady: %.1f MB\n", second, rss.back() / 1024);
    }
    const double seconds = secondsOf(begin.since.elapsed());
    const Reading end = read();
    result.coreShare = secondsOf(end.cpuMs - begin.cpuMs) / seconds;
    result.exchangeCoreShare = secondsOf(end.exchangeCpuMs - begin.exchangeCpuMs) / seconds;
    result.messagesPerSecond = (end.sent - begin.sent) / seconds;
    result.bytesPerMessage = (end.bytes - begin.bytes) / (end.sent - begin.sent);
    result.redisWritesPerSecond = (end.redisWrites - begin.redisWrites) / seconds;
    result.ticksSkipped = static_cast<std::int64_t>(end.ticksSkipped - begin.ticksSkipped);
    result.gaps = static_cast<std::int64_t>(end.gaps);
    result.resyncs = static_cast<std::int64_t>(end.resyncs);
    result.rssBeginKb = static_cast<std::int64_t>(rss.front());
    result.rssEndKb = static_cast<std::int64_t>(rss.back());
    result.rssMaxKb = static_cast<std::int64_t>(*std::ranges::max_element(rss));
    result.rssSlopeKbPerMinute = slopePerMinute(std::span(rss).subspan(rss.size() / 2));
    std::ranges::sort(lags);
    result.lagMax = lags.back();
    result.lagMedian = lags[lags.size() / 2];
    return m_program->isRunning();
}

std::vector<std::string> MarketRun::sampleMessages()
{
    constexpr int enough = 1'000;
    constexpr int streams = 50;
    QStringList names;
    for (const QString& symbol : m_symbols.mid(0, streams))
        names << symbol.toLower() + QStringLiteral("@depth@100ms");
    QUrl url = m_exchange->wsUrl();
    url.setQuery(QStringLiteral("streams=") + names.join(QLatin1Char('/')));
    const StreamClient client(url);
    (void)QTest::qWaitFor([&] { return client.events().size() >= enough; }, Program::deadlineMs);
    std::vector<std::string> messages;
    for (const ClientEvent& event : client.events())
        messages.push_back(event.data.toStdString());
    return messages;
}

QJsonObject MarketRun::redisObject(const RedisCommand& words)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(m_redis->run(words).text)).object();
}

bool MarketRun::isRight(const QString& symbol, const QJsonObject& truth)
{
    constexpr std::size_t topLevels = 10;
    const std::string name = symbol.toStdString();
    if (redisObject({"HGET", "LIVE_ORDERBOOK", name}) != truth)
        return false;
    const QJsonObject whole = redisObject({"GET", "orderbook:" + name + ":latest"});
    const auto top = [&](const char* side) {
        TextLevels levels = toTextLevels(whole.value(QLatin1String(side)).toArray());
        levels.resize(std::min(levels.size(), topLevels));
        return levels;
    };
    return whole.value(QLatin1String("lastUpdateId")) == truth.value(QLatin1String("u")) &&
           top("bids") == toTextLevels(truth.value(QLatin1String("b")).toArray()) &&
           top("asks") == toTextLevels(truth.value(QLatin1String("a")).toArray());
}

int MarketRun::rightBooks()
{
    constexpr int limitMs = 10'000;
    m_exchange->control(QStringLiteral("still"));
    int right = 0;
    for (const QString& symbol : m_symbols) {
        const QJsonObject truth = m_exchange->control(QStringLiteral("truth?symbol=") + symbol);
        if (QTest::qWaitFor([&] { return isRight(symbol, truth); }, limitMs))
            ++right;
        else
            std::fprintf(stderr, "%s in Redis is not the exchange's book\n", qPrintable(symbol));
    }
    return right;
}

void MarketRun::stop()
{
    m_program->stop();
    m_exchange->stop();
}

} // namespace obm::bench

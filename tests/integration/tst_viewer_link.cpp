// A viewer beside a pipeline that it shares nothing with but Redis, Kafka and a metrics address: states, books, lag and
// metrics reach the monitor, without the right to write anything; what goes away is named, and comes back.
#include "concurrent/clock.h"
#include "metrics/metrics_server.h"
#include "monitor/monitor.h"
#include "pipeline/pipeline.h"
#include "pipeline/pipeline_metrics.h"
#include "support/await.h"
#include "support/redis_process.h"
#include "support/std_string.h"
#include "viewer/viewer_link.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QtTest>

#include <algorithm>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int waitLimit = 60'000; // ms; the embedded broker takes some seconds for a join
const std::vector<std::string> symbols = {"BTCUSDT", "ETHUSDT", "XRPUSDT"};

// Bids and asks as they stand in Redis' texts.
std::string levelsText(const BookView& view)
{
    const auto sideText = [](const std::vector<Level>& side) {
        std::string text;
        for (const Level& level : side)
            text +=
                (text.empty() ? "[\"" : ",[\"") + level.price.toString() + "\",\"" + level.quantity.toString() + "\"]";
        return '[' + text + ']';
    };
    return sideText(view.bids) + ' ' + sideText(view.asks);
}

} // namespace

class TestViewerLink : public QObject
{
    Q_OBJECT

    void startPipeline();
    void attach(const std::string& metricsUrl);
    [[nodiscard]] std::string metricsUrl() const { return m_metrics->url() + "/metrics"; }

    [[nodiscard]] const StageRow& stage(Stage stage) const
    {
        return m_monitor->stages()[static_cast<std::size_t>(stage)];
    }
    [[nodiscard]] bool areAllLive() const
    {
        const auto& rows = m_monitor->symbols();
        return rows.size() == symbols.size() && std::ranges::all_of(rows, [](const SymbolRow& row) {
                   return row.state == SyncState::Live && row.words == "live" && row.bestBid && row.bestAsk &&
                          row.lastId > 0;
               });
    }
    [[nodiscard]] std::size_t levelsOf(const std::string& symbol) const
    {
        const auto book = m_link->book(symbol);
        return book ? book->bids.size() : 0;
    }
    [[nodiscard]] bool isTopAsInRedis(const std::string& symbol)
    {
        const std::string json = m_redis->text({"HGET", "LIVE_ORDERBOOK", symbol});
        const auto book = m_link->book(symbol);
        if (!book)
            return false;
        const std::string levels = levelsText(*book);
        const std::size_t split = levels.find(' ');
        return json == "{\"s\":\"" + symbol + "\",\"b\":" + levels.substr(0, split) +
                           ",\"a\":" + levels.substr(split + 1) + ",\"u\":" + std::to_string(book->lastId) + '}';
    }
    [[nodiscard]] bool isWholeAsInRedis(const std::string& symbol)
    {
        const std::string json = m_redis->text({"GET", "orderbook:" + symbol + ":latest"});
        const auto book = m_link->book(symbol);
        if (!book)
            return false;
        const std::string levels = levelsText(*book);
        const std::size_t split = levels.find(' ');
        return json.starts_with("{\"symbol\":\"" + symbol + "\",\"lastUpdateId\":" + std::to_string(book->lastId) +
                                ",\"bids\":" + levels.substr(0, split) + ",\"asks\":" + levels.substr(split + 1) +
                                ",\"timestamp\":" + std::to_string(book->eventTimeMs));
    }
    [[nodiscard]] bool hasEntry(const std::string& symbol, const std::string& text) const
    {
        return std::ranges::any_of(m_monitor->journal().entries(), [&](const JournalEntry& entry) {
            return entry.symbol == symbol && entry.text.find(text) != std::string::npos;
        });
    }
    [[nodiscard]] std::size_t ownerCount() const
    {
        const auto outside = m_link->status().outside;
        return outside ? outside->owners.size() : 0;
    }
    [[nodiscard]] bool isRead(SeriesId id) const
    {
        return !m_monitor->series()[static_cast<std::size_t>(id)].points(Window::FiveMinutes).empty();
    }

private Q_SLOTS: // in this order, on one pipeline: the last two find it ended
    void initTestCase();
    void cleanup();
    void cleanupTestCase();

    void showsAllThatIsTold();
    void showsTheBooksThatRedisHolds();
    void saysWhyValuesAreBlankWithoutMetrics();
    void tellsOfABookThatIsBroken();
    void saysThatRedisIsAway();
    void followsAChangeOfOwner();
    void saysThatNobodyKeepsABook();
    void endsPromptlyWithNothingThere();

private:
    std::unique_ptr<RedisProcess> m_redis;
    std::unique_ptr<Pipeline> m_pipeline;
    std::unique_ptr<MetricsServer> m_metrics;
    Config m_config; // of the pipeline, with real addresses
    std::unique_ptr<ViewerLink> m_link;
    std::unique_ptr<Monitor> m_monitor;
    std::unique_ptr<QTimer> m_look;
};

void TestViewerLink::startPipeline()
{
    Config config;
    config.exchange.symbols = symbols;
    config.exchange.wsUrl = "local";
    config.exchange.restUrl = "local";
    config.kafka.bootstrapServers = "embedded";
    config.redis = m_redis->config();
    m_pipeline = std::make_unique<Pipeline>(config);
    QVERIFY(m_pipeline->start());
    m_config = m_pipeline->config();
    const MetricsSource source{[this] { return metricsOf(m_pipeline->status()); }, [] { return HealthAnswer(); },
                               [] { return HealthAnswer(); }};
    auto metrics = MetricsServer::start("127.0.0.1:0", source);
    QVERIFY(metrics);
    m_metrics = std::move(*metrics);
}

void TestViewerLink::attach(const std::string& metricsUrl)
{
    Config config = m_config;
    config.pipeline.role = Role::Viewer;
    config.redis.username = "viewer";
    config.redis.password = "looks";
    config.viewer.metricsUrl = metricsUrl;
    m_look.reset();
    m_link = std::make_unique<ViewerLink>(config);
    m_monitor = std::make_unique<Monitor>(config);
    m_look = std::make_unique<QTimer>();
    connect(m_look.get(), &QTimer::timeout, this,
            [this] { m_monitor->update(m_link->status(), steadyMs(), epochMs()); });
    m_look->start(Monitor::lookMs);
    m_monitor->update(m_link->status(), steadyMs(), epochMs());
}

void TestViewerLink::initTestCase()
{
    m_redis = std::make_unique<RedisProcess>();
    QCOMPARE(m_redis->text({"ACL", "SETUSER", "viewer", "on", ">looks", "~*", "+@read", "+@connection", "-@write"}),
             std::string("OK"));
    startPipeline();
}

void TestViewerLink::cleanup()
{
    m_look.reset();
    m_monitor.reset();
    m_link.reset();
    m_redis->thaw();
    QVERIFY(m_redis->run({"ACL", "LOG"}).items.empty()); // it tried nothing that its user may not
}

void TestViewerLink::cleanupTestCase()
{
    m_metrics.reset();
    m_pipeline.reset();
    m_redis.reset();
}

void TestViewerLink::showsAllThatIsTold()
{
    attach(metricsUrl());
    AWAIT_WITHIN(areAllLive(), waitLimit);
    for (const Stage at : {Stage::Exchange, Stage::KafkaIn, Stage::KafkaOut, Stage::Books, Stage::Redis}) {
        AWAIT_EQUAL_WITHIN(toText(stage(at).condition), toText(Condition::Good), waitLimit);
        AWAIT_WITHIN(stage(at).perSecond.value_or(0) > 0, waitLimit);
        AWAIT_WITHIN(stage(at).latency, waitLimit);
    }
    QVERIFY(stage(Stage::KafkaOut).lagMessages);
    const SymbolRow& row = m_monitor->symbols()[0];
    AWAIT_WITHIN(row.lagMessages, waitLimit);
    AWAIT_WITHIN(row.eventsPerSecond.value_or(0) > 0 && row.writesPerSecond.value_or(0) > 0, waitLimit);
    QVERIFY(!row.latencyMs && !row.blank.empty());
    for (std::size_t id = 0; id < seriesCount; ++id)
        AWAIT_WITHIN(isRead(SeriesId(id)), waitLimit);
    QCOMPARE(m_pipeline->status().book->consumer.rebalances, std::uint64_t(1)); // it has not joined the group
    QVERIFY(!m_link->canResync());
}

void TestViewerLink::showsTheBooksThatRedisHolds()
{
    attach({});
    m_link->watchBooks({{"BTCUSDT", 10}, {"ETHUSDT", 1'000}});
    AWAIT_EQUAL_WITHIN(levelsOf("BTCUSDT"), std::size_t(10), waitLimit);
    AWAIT_WITHIN(levelsOf("ETHUSDT") > 10, waitLimit);
    AWAIT_WITHIN(isTopAsInRedis("BTCUSDT"), waitLimit);
    AWAIT_WITHIN(isWholeAsInRedis("ETHUSDT"), waitLimit);
    const auto first = m_link->book("BTCUSDT");
    AWAIT_WITHIN(m_link->book("BTCUSDT")->lastId > first->lastId, waitLimit);
    QVERIFY(!m_link->book("XRPUSDT"));
    m_link->watchBooks({{"XRPUSDT", 10}});
    AWAIT_WITHIN(levelsOf("XRPUSDT") > 0 && !m_link->book("BTCUSDT"), waitLimit);

    m_link->watchRedis({"BTCUSDT"});
    AWAIT_WITHIN(m_link->redisBook("BTCUSDT"), waitLimit);
    QCOMPARE(m_link->redisBook("BTCUSDT")->error, std::string());
    QVERIFY(!m_link->redisBook("BTCUSDT")->isCompared);
    QVERIFY(!m_link->noLocalBook().empty());
}

void TestViewerLink::saysWhyValuesAreBlankWithoutMetrics()
{
    attach({});
    AWAIT_WITHIN(areAllLive(), waitLimit);
    QCOMPARE(toText(stage(Stage::Exchange).condition), toText(Condition::Off));
    QCOMPARE(stage(Stage::Exchange).blank, std::string("no metrics: viewer.metrics_url is not set"));
    AWAIT_WITHIN(stage(Stage::KafkaOut).lagMessages && stage(Stage::KafkaOut).lagMs, waitLimit);
    AWAIT_WITHIN(stage(Stage::KafkaOut).perSecond.value_or(0) > 0, waitLimit); // by the commits
    for (const Stage at : {Stage::KafkaOut, Stage::Books, Stage::Redis})
        QCOMPARE(stage(at).blank, stage(Stage::Exchange).blank);
    QCOMPARE(stage(Stage::Redis).words, std::string("answers"));
    QVERIFY(m_monitor->symbols()[0].blank.contains("viewer.metrics_url"));
    attach("http://127.0.0.1:1/metrics");
    AWAIT_WITHIN(stage(Stage::Exchange).blank.contains("refused"), waitLimit);
}

void TestViewerLink::tellsOfABookThatIsBroken()
{
    attach(metricsUrl());
    AWAIT_WITHIN(areAllLive(), waitLimit);
    constexpr int brokenMs = 5'000; // long enough for a status key that is written once a second
    const QString symbol = QStringLiteral("BTCUSDT");
    m_pipeline->inject({.kind = FaultKind::SnapshotFail, .symbol = symbol, .durationMs = brokenMs});
    m_pipeline->inject({.kind = FaultKind::Drop, .symbol = symbol, .count = 1});
    AWAIT_EQUAL_WITHIN(m_monitor->symbols()[0].words,
                       std::string("gap; waiting for a snapshot, its place in the queue is not told"), waitLimit);
    AWAIT_WITHIN(hasEntry("BTCUSDT", "synchronises again: gap"), waitLimit);
    QVERIFY2(stage(Stage::Books).words.contains("BTCUSDT buffering: gap"), stage(Stage::Books).words.c_str());
    AWAIT_WITHIN(areAllLive(), waitLimit);
    AWAIT_WITHIN(hasEntry("BTCUSDT", "live at u"), waitLimit);
    QCOMPARE(m_monitor->symbols()[0].gaps, std::uint64_t(1));
}

void TestViewerLink::saysThatRedisIsAway()
{
    attach(metricsUrl());
    m_link->watchBooks({{"BTCUSDT", 10}});
    AWAIT_WITHIN(areAllLive() && levelsOf("BTCUSDT") == 10, waitLimit);
    m_redis->freeze();
    AWAIT_EQUAL_WITHIN(toText(stage(Stage::Redis).condition), toText(Condition::Bad), waitLimit);
    AWAIT_WITHIN(m_monitor->symbols()[0].words.starts_with("Redis cannot be read: "), waitLimit);
    QCOMPARE(stage(Stage::Books).words, m_monitor->symbols()[0].words);
    QVERIFY(!m_monitor->symbols()[0].bestBid);
    QCOMPARE(levelsOf("BTCUSDT"), std::size_t(0));
    const auto isJournalled = [&] {
        return std::ranges::any_of(m_monitor->journal().entries(), [](const JournalEntry& entry) {
            return entry.part == "redis" && entry.severity == Severity::Error;
        });
    };
    AWAIT_WITHIN(isJournalled(), waitLimit);
    m_redis->thaw();
    AWAIT_WITHIN(areAllLive() && levelsOf("BTCUSDT") == 10, waitLimit);
    AWAIT_EQUAL_WITHIN(toText(stage(Stage::Redis).condition), toText(Condition::Good), waitLimit);
}

void TestViewerLink::followsAChangeOfOwner()
{
    attach(metricsUrl());
    AWAIT_WITHIN(areAllLive(), waitLimit);
    QCOMPARE(ownerCount(), std::size_t(1));
    const std::string before = m_link->status().outside->owners[0];
    Config config = m_config;
    config.pipeline.role = Role::Handler;
    Pipeline second(config);
    QVERIFY(second.start());
    AWAIT_EQUAL_WITHIN(ownerCount(), std::size_t(2), waitLimit);
    AWAIT_WITHIN(hasEntry("", "kept by "), waitLimit);
    AWAIT_WITHIN(areAllLive(), waitLimit);
    QVERIFY(second.stop().empty());
    AWAIT_WITHIN(ownerCount() == 1 && areAllLive(), waitLimit);
    QVERIFY(m_link->status().outside->owners[0] != before); // another epoch
}

void TestViewerLink::saysThatNobodyKeepsABook()
{
    attach(metricsUrl());
    m_link->watchBooks({{"BTCUSDT", 10}});
    AWAIT_WITHIN(areAllLive() && levelsOf("BTCUSDT") == 10, waitLimit);
    m_metrics.reset();
    m_pipeline.reset();
    AWAIT_EQUAL_WITHIN(m_monitor->symbols()[0].words, std::string("nobody keeps this book"), waitLimit);
    AWAIT_EQUAL_WITHIN(stage(Stage::Books).words, std::string("nobody keeps BTCUSDT, ETHUSDT, XRPUSDT"), waitLimit);
    AWAIT_EQUAL_WITHIN(levelsOf("BTCUSDT"), std::size_t(0), waitLimit);
    AWAIT_EQUAL_WITHIN(toText(stage(Stage::KafkaOut).condition), toText(Condition::Bad), waitLimit);
    AWAIT_EQUAL_WITHIN(toText(stage(Stage::Exchange).condition), toText(Condition::Off), waitLimit);
    QVERIFY2(stage(Stage::Exchange).blank.starts_with("no metrics: "), stage(Stage::Exchange).blank.c_str());
    for (const StageRow& row : m_monitor->stages()) {
        QVERIFY2(row.condition != Condition::Good, row.words.c_str());
        QVERIFY2(!row.perSecond && !row.latency && !row.blank.empty(), toText(row.stage));
    }
    QVERIFY(hasEntry("", "nobody keeps a book any more"));
}

void TestViewerLink::endsPromptlyWithNothingThere()
{
    constexpr int promptMs = 8'000;
    m_redis->freeze();
    attach("http://127.0.0.1:1/metrics");
    AWAIT_EQUAL_WITHIN(toText(stage(Stage::Redis).condition), toText(Condition::Bad), waitLimit);
    QElapsedTimer elapsed;
    elapsed.start();
    m_look.reset();
    m_link.reset();
    QVERIFY2(elapsed.elapsed() < promptMs, std::to_string(elapsed.elapsed()).c_str());
}

QTEST_GUILESS_MAIN(TestViewerLink)
#include "tst_viewer_link.moc"

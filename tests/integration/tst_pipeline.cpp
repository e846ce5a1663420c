// The whole pipeline inside one process: local exchange, embedded Kafka, a real Redis.
#include "pipeline/pipeline.h"
#include "support/await.h"
#include "support/redis_process.h"
#include "support/std_string.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QtTest>

#include <algorithm>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int waitLimit = 60'000; // ms; the embedded broker alone takes 3 s for the first join
const std::vector<std::string> symbols = {"BTCUSDT", "ETHUSDT", "SOLUSDT"};

} // namespace

class TestPipeline : public QObject
{
    Q_OBJECT

    static const BookRow* rowOf(const PipelineStatus& status, const std::string& symbol)
    {
        if (!status.book)
            return nullptr;
        const auto found = std::ranges::find(status.book->set.books, symbol, &BookRow::symbol);
        return found == status.book->set.books.end() ? nullptr : &*found;
    }
    static bool isLive(const Pipeline& pipeline, const std::string& symbol)
    {
        const PipelineStatus status = pipeline.status();
        const BookRow* row = rowOf(status, symbol);
        return row && row->state == SyncState::Live;
    }
    static bool areAllLive(const Pipeline& pipeline)
    {
        return std::ranges::all_of(symbols, [&](const std::string& symbol) { return isLive(pipeline, symbol); });
    }
    static std::uint64_t resyncsOf(const Pipeline& pipeline, const std::string& symbol)
    {
        const PipelineStatus status = pipeline.status();
        const BookRow* row = rowOf(status, symbol);
        return row ? row->counters.resyncs : 0;
    }

    [[nodiscard]] Config config() const;
    std::string field(const std::string& symbol) { return m_redis->text({"HGET", "LIVE_ORDERBOOK", symbol}); }
    QJsonObject liveBook(const std::string& symbol)
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(field(symbol))).object();
    }

private Q_SLOTS:
    void init() { m_redis = std::make_unique<RedisProcess>(); }
    void cleanup() { m_redis.reset(); }

    void keepsEveryBookAndEndsInOrder();
    void oneSymbolsGapIsItsOwn();
    void worksAsProducerAndHandler();
    void saysWhyItCannotStart();
    void mayEndBeforeAnythingHasBegun();

private:
    std::unique_ptr<RedisProcess> m_redis;
};

Config TestPipeline::config() const
{
    Config config;
    config.simulated = true;
    config.exchange.symbols = symbols;
    config.exchange.wsUrl = "local";
    config.exchange.restUrl = "local";
    config.kafka.bootstrapServers = "embedded";
    config.redis = m_redis->config();
    config.metrics.listen.clear();
    return config;
}

void TestPipeline::keepsEveryBookAndEndsInOrder()
{
    Pipeline pipeline(config());
    const QSignalSpy failed(&pipeline, &Pipeline::failed);
    const auto started = pipeline.start();
    QVERIFY2(started, started ? "" : qPrintable(started.error()));
    QVERIFY(pipeline.config().exchange.wsUrl.starts_with("ws://127.0.0.1:"));
    pipeline.board().watch({{symbols[0], 5}});
    AWAIT_WITHIN(areAllLive(pipeline), waitLimit);
    for (const std::string& symbol : symbols)
        AWAIT_WITHIN(liveBook(symbol)["s"].toString().toStdString() == symbol, waitLimit);
    AWAIT_WITHIN(pipeline.board().view(symbols[0]), waitLimit);
    QCOMPARE(pipeline.board().view(symbols[0])->bids.size(), std::size_t(5));
    AWAIT_WITHIN(m_redis->text({"GET", "orderbook:BTCUSDT:status"}).starts_with(R"({"state":"live")"), waitLimit);

    QCOMPARE(pipeline.stop(), QStringList());
    QCOMPARE(failed.count(), 0);
    for (const std::string& symbol : symbols) {
        QCOMPARE(m_redis->text({"GET", "orderbook:" + symbol + ":status"}), std::string("(nil)"));
        const QJsonObject full = QJsonDocument::fromJson(QByteArray::fromStdString(
                                                             m_redis->text({"GET", "orderbook:" + symbol + ":latest"})))
                                     .object();
        QCOMPARE(full["lastUpdateId"], liveBook(symbol)["u"]); // the last state, in both forms
        QVERIFY(!full["bids"].toArray().isEmpty());
    }
    const QStringList again = pipeline.stop();
    QCOMPARE(again, QStringList());
}

void TestPipeline::oneSymbolsGapIsItsOwn()
{
    Pipeline pipeline(config());
    QVERIFY(pipeline.start());
    AWAIT_WITHIN(areAllLive(pipeline), waitLimit);
    const std::string& hurt = symbols[1];
    pipeline.inject({.kind = FaultKind::Drop, .symbol = QString::fromStdString(hurt), .count = 1});
    AWAIT_WITHIN(resyncsOf(pipeline, hurt) == 1, waitLimit);
    AWAIT_WITHIN(areAllLive(pipeline), waitLimit);
    pipeline.resync(symbols[2]);
    AWAIT_WITHIN(resyncsOf(pipeline, symbols[2]) == 1, waitLimit);
    AWAIT_WITHIN(areAllLive(pipeline), waitLimit);
    QCOMPARE(resyncsOf(pipeline, symbols[0]), std::uint64_t(0));
    QCOMPARE(resyncsOf(pipeline, hurt), std::uint64_t(1));
    QCOMPARE(pipeline.stop(), QStringList());
}

void TestPipeline::worksAsProducerAndHandler()
{
    Config producing = config();
    producing.pipeline.role = Role::Producer;
    Pipeline producer(producing);
    QVERIFY(producer.start());
    Config handling = config();
    handling.pipeline.role = Role::Handler;
    handling.exchange = producer.config().exchange;
    handling.kafka = producer.config().kafka;
    Pipeline handler(handling);
    QVERIFY(handler.start());
    AWAIT_WITHIN(areAllLive(handler), waitLimit);
    AWAIT_WITHIN(!liveBook(symbols[0]).isEmpty(), waitLimit);
    QVERIFY(!producer.status().book && !producer.status().store);
    QVERIFY(!handler.status().feed);
    producer.resync(symbols[0]); // of no meaning to it, and harmless
    QCOMPARE(producer.stop(), QStringList());
    QVERIFY(producer.status().feed->producer.delivered > 0);
    QCOMPARE(producer.status().feed->producer.inFlight, std::int64_t(0)); // flushed
    QCOMPARE(handler.stop(), QStringList());
}

void TestPipeline::saysWhyItCannotStart()
{
    Config broken = config();
    broken.kafka.properties["no.such.property"] = "1"; // found by each stage that makes a client
    Pipeline pipeline(broken);
    const QSignalSpy failed(&pipeline, &Pipeline::failed);
    QVERIFY(pipeline.start());
    AWAIT_WITHIN(failed.count() > 0, waitLimit);
    QVERIFY(failed[0][0].toString().contains(QStringLiteral("no.such.property")));
    QCOMPARE(pipeline.stop(), QStringList());
}

void TestPipeline::mayEndBeforeAnythingHasBegun()
{
    Pipeline(config()).stop();
    Pipeline pipeline(config());
    QVERIFY(pipeline.start());
    QCOMPARE(pipeline.stop(), QStringList());
}

QTEST_GUILESS_MAIN(TestPipeline)
#include "tst_pipeline.moc"

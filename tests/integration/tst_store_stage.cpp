// The store stage on a thread of its own, as the pipeline runs it, before a real Redis: conflation, pace, outages and
// ownership.
#include "concurrent/clock.h"
#include "pipeline/stage_thread.h"
#include "pipeline/store_stage.h"
#include "support/await.h"
#include "support/redis_process.h"
#include "support/std_string.h"

#include <QtTest>

#include <fmt/format.h>

using namespace obm;
using namespace obm::test;

using Kind = OwnershipChange::Kind;

namespace {

constexpr int waitLimit = 20'000;       // ms
constexpr int longIntervalMs = 600'000; // never in a test: only the first write and those of a clean stop
const std::string btc = "BTCUSDT";
const std::string eth = "ETHUSDT";

BookText text(const std::string& symbol, std::int64_t u)
{
    return {.id = symbol == btc ? 0u : 1u,
            .symbol = symbol,
            .lastId = u,
            .appliedUs = 0,
            .json = fmt::format(R"({{"s":"{}","b":[],"a":[],"u":{}}})", symbol, u)};
}

} // namespace

class TestStoreStage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_redis = std::make_unique<RedisProcess>(); }
    void cleanup()
    {
        stop();
        m_redis.reset();
    }

    void writesTheFirstStateAtOnce();
    void conflatesWhatComesWithinTheInterval();
    void writesTheLastOfABurst();
    void writesWholeBooksOfAnySize();
    void aWholeBookThatIsRefusedHoldsUpNobody();
    void handsOverTheNewestStateAfterAnOutage();
    void asksForEverythingAfterALoss_data();
    void asksForEverythingAfterALoss();
    void waitsOutARefusal();
    void writesNothingOfAReleasedSymbol();
    void removesADelistedSymbol();
    void endsCleanly();

private:
    void start(int liveIntervalMs)
    {
        RedisConfig config = m_redis->config();
        config.liveIntervalMs = liveIntervalMs;
        m_inbox = std::make_unique<StoreInbox>();
        m_stage = std::make_unique<StageThread<StoreStage>>(QStringLiteral("obm-store"));
        m_stage->start([this, config] {
            return std::make_unique<StoreStage>(config, "https://fapi.binance.com", false, *m_inbox, m_status);
        });
        m_inbox->change(Kind::Claim, {btc, eth});
    }
    void stop()
    {
        if (!m_stage)
            return;
        m_stage->post([](StoreStage& stage) { stage.finish(); });
        QVERIFY(m_stage->quit(std::chrono::milliseconds(waitLimit)));
        m_stage.reset();
    }
    void putLive(const BookText& state)
    {
        m_inbox->putLive(state);
        m_inbox->wake();
    }
    std::string liveField(const std::string& symbol) { return m_redis->text({"HGET", "LIVE_ORDERBOOK", symbol}); }
    std::string get(const std::string& key) { return m_redis->text({"GET", key}); }
    [[nodiscard]] std::uint64_t written(BookKey key) const
    {
        const auto status = m_status.get();
        return status ? status->redis.writes[static_cast<std::size_t>(key)].written : 0;
    }
    // Whatever was put before has been seen by the stage.
    void awaitStatusAfter(std::int64_t atMs)
    {
        AWAIT_WITHIN(m_status.get() && m_status.get()->takenMs >= atMs, waitLimit);
    }

    std::unique_ptr<RedisProcess> m_redis;
    std::unique_ptr<StoreInbox> m_inbox;
    LatestValue<StoreStatus> m_status;
    std::unique_ptr<StageThread<StoreStage>> m_stage;
};

void TestStoreStage::writesTheFirstStateAtOnce()
{
    start(longIntervalMs);
    m_inbox->putFull(text(btc, 7));
    m_inbox->putStamps({{btc, {.state = SyncState::Live, .lastId = 7, .owner = {}}}});
    putLive(text(btc, 7));
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, 7).json, waitLimit);
    AWAIT_EQUAL_WITHIN(get("orderbook:BTCUSDT:latest"), text(btc, 7).json, waitLimit);
    const std::string status = get("orderbook:BTCUSDT:status");
    QVERIFY2(status.starts_with(R"({"state":"live","u":7,)"), status.c_str());
    QVERIFY2(status.find(fmt::format(":{}:1\"", getpid())) != std::string::npos, status.c_str());
}

void TestStoreStage::conflatesWhatComesWithinTheInterval()
{
    start(longIntervalMs);
    putLive(text(btc, 1));
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, 1).json, waitLimit);
    for (std::int64_t u = 2; u <= 50; ++u)
        putLive(text(btc, u));
    putLive(text(eth, 1)); // another symbol does not wait for it
    AWAIT_EQUAL_WITHIN(liveField(eth), text(eth, 1).json, waitLimit);
    QCOMPARE(liveField(btc), text(btc, 1).json);
    stop();
    QCOMPARE(liveField(btc), text(btc, 50).json);
    QCOMPARE(written(BookKey::Live), std::uint64_t(3));
}

// States come far more often than every interval; how long the burst takes on this machine bounds the writes.
void TestStoreStage::writesTheLastOfABurst()
{
    constexpr int intervalMs = 50;
    constexpr std::int64_t lastId = 3'000;
    start(intervalMs);
    putLive(text(btc, 1));
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, 1).json, waitLimit);
    QElapsedTimer burst;
    burst.start();
    std::int64_t u = 1;
    QTimer source;
    connect(&source, &QTimer::timeout, this, [&] {
        for (int i = 0; i < 20 && u < lastId; ++i)
            putLive(text(btc, ++u));
    });
    source.start(1);
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, lastId).json, waitLimit); // nothing comes after it
    const std::int64_t ranMs = burst.elapsed();
    stop();
    QVERIFY(written(BookKey::Live) >= 2);
    QVERIFY2(written(BookKey::Live) <= std::uint64_t(2 + ranMs / intervalMs),
             qPrintable(QStringLiteral("%1 writes in %2 ms").arg(written(BookKey::Live)).arg(ranMs)));
}

void TestStoreStage::writesWholeBooksOfAnySize()
{
    start(longIntervalMs);
    BookText large = text(btc, 7);
    large.json += std::string(2 * StoreWriter::batchFullBytesMax, ' ');
    m_inbox->putFull(large);
    m_inbox->putFull(text(eth, 8));
    m_inbox->wake();
    AWAIT_EQUAL_WITHIN(get("orderbook:ETHUSDT:latest"), text(eth, 8).json, waitLimit);
    AWAIT_EQUAL_WITHIN(get("orderbook:BTCUSDT:latest").size(), large.json.size(), waitLimit);
}

// Its key holds something else; what comes for it meanwhile is not lost either.
void TestStoreStage::aWholeBookThatIsRefusedHoldsUpNobody()
{
    start(longIntervalMs);
    m_redis->run({"LPUSH", "orderbook:BTCUSDT:latest", "x"});
    for (std::int64_t u = 1; u <= 3; ++u) {
        m_inbox->putFull(text(btc, u));
        m_inbox->wake();
        AWAIT_WITHIN(m_status.get() && m_status.get()->redis.error, waitLimit);
        m_inbox->putFull(text(eth, u));
        m_inbox->wake();
        AWAIT_EQUAL_WITHIN(get("orderbook:ETHUSDT:latest"), text(eth, u).json, waitLimit);
    }
    m_redis->run({"DEL", "orderbook:BTCUSDT:latest"});
    AWAIT_EQUAL_WITHIN(get("orderbook:BTCUSDT:latest"), text(btc, 3).json, waitLimit);
    AWAIT_WITHIN(!m_status.get()->redis.error, waitLimit);
}

void TestStoreStage::handsOverTheNewestStateAfterAnOutage()
{
    start(10);
    putLive(text(btc, 1));
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, 1).json, waitLimit);
    m_redis->stop();
    for (std::int64_t u = 2; u <= 100; ++u)
        putLive(text(btc, u));
    AWAIT_WITHIN(!m_status.get()->redis.connected, waitLimit);
    QCOMPARE(m_status.get()->waiting, std::size_t(1));
    const std::uint64_t before = written(BookKey::Live);
    m_redis->start();
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, 100).json, waitLimit);
    AWAIT_EQUAL_WITHIN(written(BookKey::Live), before + 1, waitLimit);
    QVERIFY(!m_status.get()->redis.error);
}

void TestStoreStage::asksForEverythingAfterALoss_data()
{
    QTest::addColumn<bool>("isRestart");
    QTest::newRow("restarted") << true;
    QTest::newRow("emptied") << false; // over the same connection
}

// Symbols that nothing happens to would be missing for as long as nothing does.
void TestStoreStage::asksForEverythingAfterALoss()
{
    QFETCH(bool, isRestart);
    start(10);
    putLive(text(btc, 1));
    putLive(text(eth, 1));
    AWAIT_EQUAL_WITHIN(liveField(eth), text(eth, 1).json, waitLimit);
    QVERIFY(!m_inbox->takeAllWanted());
    if (isRestart)
        m_redis->restart();
    else
        m_redis->run({"FLUSHALL"});
    putLive(text(btc, 2));
    bool isAllWanted = false;
    AWAIT_WITHIN((isAllWanted = isAllWanted || m_inbox->takeAllWanted()), waitLimit);
    putLive(text(btc, 3));
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, 3).json, waitLimit);
    stop();
    QVERIFY(!m_inbox->takeAllWanted()); // once
}

void TestStoreStage::waitsOutARefusal()
{
    start(10);
    putLive(text(btc, 1));
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, 1).json, waitLimit);
    m_redis->run({"CONFIG", "SET", "maxmemory", "1"});
    putLive(text(btc, 2));
    AWAIT_WITHIN(m_status.get()->redis.error, waitLimit);
    QCOMPARE(m_status.get()->redis.error->kind, RedisErrorKind::OutOfMemory);
    QVERIFY(m_status.get()->redis.connected);
    m_redis->run({"CONFIG", "SET", "maxmemory", "0"});
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, 2).json, waitLimit); // without anything new to write
    AWAIT_WITHIN(!m_status.get()->redis.error, waitLimit);
}

void TestStoreStage::writesNothingOfAReleasedSymbol()
{
    start(longIntervalMs);
    m_inbox->putStamps({{btc, {}}, {eth, {}}});
    putLive(text(btc, 1));
    putLive(text(eth, 1));
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, 1).json, waitLimit);
    AWAIT_WITHIN(get("orderbook:BTCUSDT:status") != "(nil)", waitLimit);
    putLive(text(btc, 2)); // waits for its interval
    awaitStatusAfter(steadyMs());
    m_inbox->change(Kind::Release, {btc});
    putLive(text(btc, 3)); // nor may what comes late
    AWAIT_EQUAL_WITHIN(get("orderbook:BTCUSDT:status"), std::string("(nil)"), waitLimit);
    stop();
    QCOMPARE(liveField(btc), text(btc, 1).json);
    QCOMPARE(liveField(eth), text(eth, 1).json);
}

void TestStoreStage::removesADelistedSymbol()
{
    start(longIntervalMs);
    m_inbox->putFull(text(btc, 1));
    putLive(text(eth, 1));
    putLive(text(btc, 1));
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, 1).json, waitLimit);
    AWAIT_WITHIN(get("orderbook:BTCUSDT:latest") != "(nil)", waitLimit);
    m_inbox->change(Kind::Remove, {btc});
    AWAIT_EQUAL_WITHIN(liveField(btc), std::string("(nil)"), waitLimit);
    QCOMPARE(get("orderbook:BTCUSDT:latest"), std::string("(nil)"));
    QCOMPARE(liveField(eth), text(eth, 1).json);
}

void TestStoreStage::endsCleanly()
{
    start(longIntervalMs);
    putLive(text(btc, 1));
    AWAIT_EQUAL_WITHIN(liveField(btc), text(btc, 1).json, waitLimit);
    m_inbox->putStamps({{btc, {}}, {eth, {}}});
    m_inbox->putFull(text(btc, 2));
    putLive(text(btc, 2));
    stop();
    QCOMPARE(liveField(btc), text(btc, 2).json);
    QCOMPARE(get("orderbook:BTCUSDT:latest"), text(btc, 2).json);
    QCOMPARE(get("orderbook:BTCUSDT:status"), std::string("(nil)"));
    QCOMPARE(get("orderbook:ETHUSDT:status"), std::string("(nil)"));
}

QTEST_GUILESS_MAIN(TestStoreStage)
#include "tst_store_stage.moc"

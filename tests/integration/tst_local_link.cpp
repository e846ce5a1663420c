// A window's link on the real pipeline, and the monitor over it: local exchange, embedded Kafka, a real Redis.
#include "concurrent/clock.h"
#include "monitor/local_link.h"
#include "monitor/monitor.h"
#include "support/await.h"
#include "support/redis_process.h"
#include "support/std_string.h"

#include <QTimer>
#include <QtTest>

#include <algorithm>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int waitLimit = 60'000; // ms; the embedded broker alone takes 3 s for the first join
constexpr int promisedMs = 2'000; // from a fault to the words a person reads

} // namespace

class TestLocalLink : public QObject
{
    Q_OBJECT

    [[nodiscard]] const StageRow& stage(Stage which) const
    {
        return m_monitor->stages()[static_cast<std::size_t>(which)];
    }
    [[nodiscard]] bool areAll(Condition condition) const
    {
        return std::ranges::all_of(m_monitor->stages(),
                                   [&](const StageRow& row) { return row.condition == condition; });
    }
    [[nodiscard]] bool hasEntry(const std::string& symbol, const std::string& text) const
    {
        return std::ranges::any_of(m_monitor->journal().entries(), [&](const JournalEntry& entry) {
            return entry.symbol == symbol && entry.text.find(text) != std::string::npos;
        });
    }
    // What Redis returned last for a symbol, once it was held against the local book.
    [[nodiscard]] bool isRedisCompared(const std::string& symbol) const
    {
        const auto book = m_link->redisBook(symbol);
        return book && book->isCompared;
    }
    [[nodiscard]] std::string redisError(const std::string& symbol) const
    {
        const auto book = m_link->redisBook(symbol);
        return book ? book->error : std::string("not read yet");
    }
    // Also the quiet one, whose first event may come late.
    [[nodiscard]] bool areAllLive() const
    {
        return std::ranges::count(m_monitor->symbols(), SyncState::Live, &SymbolRow::state) == 3;
    }
    [[nodiscard]] bool isBroken(const std::string& symbol) const
    {
        const PipelineStatus status = m_link->status();
        const auto row = std::ranges::find(status.book->set.books, symbol, &BookRow::symbol);
        return row != status.book->set.books.end() && row->state != SyncState::Live;
    }
    void inject(FaultKind kind, const char* symbol, int count, int durationMs = 0)
    {
        m_pipeline->inject(
            {.kind = kind, .symbol = QString::fromLatin1(symbol), .durationMs = durationMs, .count = count});
    }

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsOfASymbolThatIsBroken();
    void holdsRedisAgainstTheLocalBook();
    void saysThatRedisIsAway();

private:
    std::unique_ptr<RedisProcess> m_redis;
    std::unique_ptr<Pipeline> m_pipeline;
    std::unique_ptr<LocalLink> m_link;
    std::unique_ptr<Monitor> m_monitor;
    std::unique_ptr<QTimer> m_look;
};

void TestLocalLink::init()
{
    m_redis = std::make_unique<RedisProcess>();
    Config config;
    config.simulated = true;
    config.exchange.symbols = {"BTCUSDT", "ETHUSDT", "XRPUSDT"};
    config.exchange.wsUrl = "local";
    config.exchange.restUrl = "local";
    config.kafka.bootstrapServers = "embedded";
    config.redis = m_redis->config();
    config.metrics.listen.clear();
    m_pipeline = std::make_unique<Pipeline>(config);
    QVERIFY(m_pipeline->start());
    m_link = std::make_unique<LocalLink>(*m_pipeline);
    m_monitor = std::make_unique<Monitor>(m_link->config());
    m_look = std::make_unique<QTimer>();
    connect(m_look.get(), &QTimer::timeout, this,
            [this] { m_monitor->update(m_link->status(), steadyMs(), epochMs()); });
    m_look->start(Monitor::lookMs);
    m_monitor->update(m_link->status(), steadyMs(), epochMs());
    AWAIT_WITHIN(areAll(Condition::Good), waitLimit);
    AWAIT_WITHIN(areAllLive(), waitLimit);
}

void TestLocalLink::cleanup()
{
    m_look.reset();
    m_monitor.reset();
    m_link.reset();
    m_pipeline.reset();
    m_redis.reset();
}

void TestLocalLink::tellsOfASymbolThatIsBroken()
{
    QVERIFY(m_link->noLocalBook().empty());
    for (const StageRow& row : m_monitor->stages())
        QVERIFY2(row.perSecond && (row.latency || !row.blank.empty()), toText(row.stage));

    inject(FaultKind::SnapshotFail, "XRPUSDT", 0, 60'000); // so that it stays broken
    inject(FaultKind::Drop, "XRPUSDT", 1);
    // The gap shows with the event after the lost one: the promise begins when the book knows it.
    AWAIT_WITHIN(isBroken("XRPUSDT"), waitLimit);
    AWAIT_WITHIN(stage(Stage::Books).words.find("XRPUSDT buffering: gap") != std::string::npos, promisedMs);
    QVERIFY2(stage(Stage::Books).words.starts_with("2 of 3 live; "), stage(Stage::Books).words.c_str());
    QCOMPARE(toText(stage(Stage::Books).condition), toText(Condition::Degraded));
    AWAIT_WITHIN(
        hasEntry("XRPUSDT", "synchronises again: gap, lost before Kafka (exchange or network); the book stood at u "),
        promisedMs);
    QCOMPARE(m_monitor->symbols()[2].symbol, std::string("XRPUSDT"));
    QVERIFY2(m_monitor->symbols()[2].words.starts_with(
                 "gap, lost before Kafka (exchange or network); waiting for a snapshot"),
             m_monitor->symbols()[2].words.c_str());
}

void TestLocalLink::holdsRedisAgainstTheLocalBook()
{
    m_link->watchBooks({{"BTCUSDT", 20}});
    m_link->watchRedis({"BTCUSDT", "NOSUCH"});
    const auto isLive = [this] { // the status is stamped once a second, after the book
        const auto redis = m_link->redisBook("BTCUSDT");
        return redis && redis->state == "live";
    };
    AWAIT_WITHIN(isRedisCompared("BTCUSDT") && isLive(), waitLimit);
    const auto redis = m_link->redisBook("BTCUSDT");
    QVERIFY(redis->error.empty());
    QVERIFY(redis->differing.empty());
    QCOMPARE(redis->bids.size(), std::size_t(10));
    QVERIFY(redis->ageMs >= 0);
    QVERIFY(redisError("NOSUCH").starts_with("no such field"));

    const auto view = m_link->book("BTCUSDT");
    QCOMPARE(view->bids.size(), std::size_t(20));
    QVERIFY(!view->history.empty());
    QCOMPARE(view->history.back().to, SyncState::Live);
    QVERIFY(view->bookHopUs > 0);

    m_link->watchRedis({});
    AWAIT_WITHIN(!m_link->redisBook("BTCUSDT"), waitLimit);
}

void TestLocalLink::saysThatRedisIsAway()
{
    m_link->watchRedis({"BTCUSDT"});
    AWAIT_EQUAL_WITHIN(redisError("BTCUSDT"), std::string(), waitLimit);
    m_redis->freeze();
    AWAIT_WITHIN(redisError("BTCUSDT").starts_with("Redis: "), waitLimit);
    AWAIT_WITHIN(stage(Stage::Redis).condition == Condition::Bad, waitLimit);
    m_redis->thaw();
    AWAIT_EQUAL_WITHIN(redisError("BTCUSDT"), std::string(), waitLimit);
    AWAIT_WITHIN(stage(Stage::Redis).condition == Condition::Good, waitLimit);
    QVERIFY(std::ranges::any_of(m_monitor->journal().entries(), [](const JournalEntry& entry) {
        return entry.part == "redis" && entry.severity == Severity::Error;
    }));
}

QTEST_GUILESS_MAIN(TestLocalLink)
#include "tst_local_link.moc"

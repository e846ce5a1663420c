// `obmonitor read` against a real Redis: what it prints, where it complains, and with which code it ends.
#include "app/read_head.h"

#include "redis/embedded_server.h"
#include "support/redis_process.h"
#include "support/std_string.h"

#include <QTest>
#include <QTimer>

#include <csignal>
#include <sstream>

using namespace obm;
using obm::test::RedisProcess;

namespace {

constexpr std::string_view liveKey = "LIVE_ORDERBOOK";
const std::string book = R"({"s":"BTCUSDT","b":[["63947.30","0.113"]],"a":[["63947.40","2.5"]],"u":7})";
const std::string status = R"({"state":"live","u":7,"ageMs":1,"gaps":0,"resyncs":0,"owner":"h:1:1"})";

struct Ended
{
    int exitCode;
    std::string out;
    std::string err;
};

Ended read(const RedisConfig& redis, ReadOptions options, bool isTerminal = false)
{
    Config config;
    config.redis = redis;
    options.intervalMs = 1;
    std::ostringstream out;
    std::ostringstream err;
    const int exitCode = runRead(config, options, {.out = out, .err = err, .isTerminal = isTerminal});
    return {exitCode, out.str(), err.str()};
}

ReadOptions once(const std::string& symbol)
{
    return {.symbol = symbol, .count = 1};
}

std::size_t countOf(const std::string& text, const std::string& part)
{
    return static_cast<std::size_t>(QString::fromStdString(text).count(QString::fromStdString(part)));
}

} // namespace

class tst_ReadHead : public QObject
{
    Q_OBJECT

    std::unique_ptr<RedisProcess> m_redis;

private Q_SLOTS:
    void init()
    {
        m_redis = std::make_unique<RedisProcess>();
        m_redis->run({"HSET", liveKey, "BTCUSDT", book});
        m_redis->run({"SET", "orderbook:BTCUSDT:status", status});
    }
    void cleanup() { m_redis.reset(); }

    void printsABookInAnyCase();
    void printsJsonAsItIs();
    void repeatsAndRedraws();
    void namesTheSymbolsThatAreThere();
    void showsASymbolWithoutABook();
    void saysOnceThatRedisIsAway();
    void goesOnWhenRedisComesBack();
    void endsWithZeroOnASignal();
    void endsWhenItsReaderLeaves();
    void findsTheRunningDemo();
};

void tst_ReadHead::printsABookInAnyCase()
{
    const Ended ended = read(m_redis->config(), once("btcUsdt"));
    QCOMPARE(ended.exitCode, 0);
    QVERIFY2(ended.out.contains("63947.30  |  63947.40"), ended.out.c_str());
    QVERIFY(ended.out.contains("u 7, spread 0.10"));
    QVERIFY(!ended.out.contains("SIMULATED"));
    QCOMPARE(ended.err, std::string());
}

void tst_ReadHead::printsJsonAsItIs()
{
    ReadOptions options = once("BTCUSDT");
    options.json = true;
    options.count = 2;
    QCOMPARE(read(m_redis->config(), options).out, book + '\n' + book + '\n');
}

void tst_ReadHead::repeatsAndRedraws()
{
    ReadOptions options = once("BTCUSDT");
    options.count = 3;
    const Ended plain = read(m_redis->config(), options);
    QCOMPARE(countOf(plain.out, "u 7, spread"), 3u);
    QCOMPARE(countOf(plain.out, "\n\nBTCUSDT"), 2u);
    const Ended drawn = read(m_redis->config(), options, true);
    QCOMPARE(countOf(drawn.out, "\x1b[5A\x1b[J"), 2u); // up over the five lines of the page
}

void tst_ReadHead::namesTheSymbolsThatAreThere()
{
    for (char letter = 'A'; letter < 'M'; ++letter)
        m_redis->run({"HSET", liveKey, std::string(1, letter), book});
    const Ended ended = read(m_redis->config(), once("nope"));
    QCOMPARE(ended.exitCode, 1);
    QCOMPARE(ended.out, std::string());
    QVERIFY2(ended.err.contains("NOPE is not in LIVE_ORDERBOOK; there are A, B"), ended.err.c_str());
    QVERIFY(ended.err.contains("and 3 more"));
    m_redis->run({"FLUSHALL"});
    QVERIFY(read(m_redis->config(), once("BTCUSDT")).err.contains("there is no symbol at all"));
}

void tst_ReadHead::showsASymbolWithoutABook()
{
    m_redis->run({"SET", "orderbook:ETHUSDT:status", R"({"state":"bridging"})"});
    const Ended ended = read(m_redis->config(), once("ETHUSDT"));
    QCOMPARE(ended.exitCode, 1);
    QVERIFY(ended.out.contains("bridging"));
    QVERIFY(ended.out.contains("no book in Redis"));
}

void tst_ReadHead::saysOnceThatRedisIsAway()
{
    m_redis->stop();
    ReadOptions options = once("BTCUSDT");
    options.count = 3;
    const Ended ended = read(m_redis->config(), options);
    QCOMPARE(ended.exitCode, 1);
    QCOMPARE(countOf(ended.err, "trying again"), 1u);
}

void tst_ReadHead::goesOnWhenRedisComesBack()
{
    m_redis->stop();
    QTimer::singleShot(0, [this] {
        m_redis->start();
        m_redis->run({"HSET", liveKey, "BTCUSDT", book});
    });
    ReadOptions options = once("BTCUSDT");
    options.count = 50;
    const Ended ended = read(m_redis->config(), options);
    QCOMPARE(ended.exitCode, 0);
    QVERIFY(ended.err.contains("trying again"));
    QVERIFY(ended.out.contains("nobody keeps this book"));
}

void tst_ReadHead::endsWithZeroOnASignal()
{
    // To this thread: Qt Test has another one, in which the signal is not blocked.
    QTimer::singleShot(0, [] { ::raise(SIGINT); });
    ReadOptions options = once("BTCUSDT");
    options.count.reset();
    QCOMPARE(read(m_redis->config(), options).exitCode, 0);
}

void tst_ReadHead::endsWhenItsReaderLeaves()
{
    Config config;
    config.redis = m_redis->config();
    std::ostringstream err;
    std::ostream closed(nullptr); // every write fails, as on a pipe without a reader
    ReadOptions options = once("BTCUSDT");
    options.count.reset();
    QCOMPARE(runRead(config, options, {.out = closed, .err = err}), 0);
}

void tst_ReadHead::findsTheRunningDemo()
{
    QTemporaryDir runtime;
    qputenv("XDG_RUNTIME_DIR", runtime.path().toUtf8());
    ReadOptions options = once("BTCUSDT");
    options.demo = true;
    const Ended none = read(m_redis->config(), options);
    QCOMPARE(none.exitCode, 1);
    QVERIFY2(none.err.contains("no demo runs"), none.err.c_str());

    const auto demo = EmbeddedServer::start(true, {"BTCUSDT"});
    QVERIFY2(demo, demo ? "" : demo.error().text.c_str());
    RedisConfig redis;
    redis.url = (*demo)->url();
    auto connection = Connection::open(*redisEndpoint(redis));
    QVERIFY(connection && connection->command({"HSET", liveKey, "BTCUSDT", book}));
    const Ended found = read(m_redis->config(), options);
    QCOMPARE(found.exitCode, 0);
    QVERIFY2(found.out.starts_with("BTCUSDT  SIMULATED"), found.out.c_str());
    options.json = true;
    QVERIFY(read(m_redis->config(), options).err.contains("SIMULATED"));
}

QTEST_GUILESS_MAIN(tst_ReadHead)
#include "tst_read_head.moc"

// What goes wrong with a real Redis: each fault is named, counted, stops nothing else, and heals without a person.
#include "redis/book_store.h"
#include "support/await.h"
#include "support/redis_process.h"
#include "support/std_string.h"

#include <QElapsedTimer>
#include <QTest>

#include <array>

using namespace obm;
using obm::test::RedisProcess;

namespace {

const std::string btc = "BTCUSDT";
constexpr std::string_view liveKey = "LIVE_ORDERBOOK";

std::string json(std::int64_t u)
{
    return R"({"s":"BTCUSDT","b":[],"a":[],"u":)" + std::to_string(u) + "}";
}

} // namespace

class tst_RedisFaults : public QObject
{
    Q_OBJECT

    // Writes u as a caller would: again and again, each time when the store says that an attempt makes sense.
    std::optional<RedisError> write(BookStore& store, std::int64_t u)
    {
        m_nowMs = std::max(m_nowMs + 1, store.nextAttemptMs());
        return store.write(std::array{LiveWrite{btc, u, json(u)}}, {}, {}, m_nowMs).error;
    }

    BookStore claimed(const RedisConfig& config)
    {
        BookStore store(config, "https://fapi.binance.com", "host:1");
        store.claim(std::array{btc});
        return store;
    }

    void expectRefusal(BookStore& store, std::int64_t u, RedisErrorKind kind);
    void expectWritten(BookStore& store, std::int64_t u);

    std::int64_t m_nowMs = 0;
    std::unique_ptr<RedisProcess> m_redis;

private Q_SLOTS:
    void init()
    {
        m_nowMs = 0;
        m_redis = std::make_unique<RedisProcess>();
    }
    void cleanup() { m_redis.reset(); }

    void awayFromTheStart();
    void goesAwayAndComesBack();
    void backsOffUpToItsCap();
    void slowIsATimeoutAndNothingIsReplayed();
    void readOnlyReplica();
    void outOfMemory();
    void passwordMissingWrongAndRight();
    void repeatsNoPassword();
    void aclForbidsAKey();
    void diskFailure();
    void busyWithAScript();
    void somethingThatIsNotRedis();
};

void tst_RedisFaults::expectRefusal(BookStore& store, std::int64_t u, RedisErrorKind kind)
{
    const std::uint64_t before = store.status().errors[static_cast<std::size_t>(kind)];
    const std::optional<RedisError> error = write(store, u);
    QVERIFY(error.has_value());
    QCOMPARE(redisErrorName(error->kind), redisErrorName(kind));
    QVERIFY(!error->text.empty());
    QVERIFY(store.status().errors[static_cast<std::size_t>(kind)] > before);
    QVERIFY(store.status().error.has_value());
}

void tst_RedisFaults::expectWritten(BookStore& store, std::int64_t u)
{
    const std::optional<RedisError> error = write(store, u);
    QVERIFY2(!error, error ? error->text.c_str() : "");
    QVERIFY(!store.status().error);
    QVERIFY(store.status().connected);
}

void tst_RedisFaults::awayFromTheStart()
{
    m_redis->stop();
    BookStore store = claimed(m_redis->config());
    expectRefusal(store, 1, RedisErrorKind::Away);
    QVERIFY(!store.status().connected);
    m_redis->start();
    expectWritten(store, 2);
    QCOMPARE(store.owner(btc), std::string("host:1:1"));
    QCOMPARE(m_redis->text({"HGET", liveKey, btc}), json(2));
}

void tst_RedisFaults::goesAwayAndComesBack()
{
    BookStore store = claimed(m_redis->config());
    expectWritten(store, 1);
    m_redis->stop();
    expectRefusal(store, 2, RedisErrorKind::Away);
    expectRefusal(store, 3, RedisErrorKind::Away);
    m_redis->start();
    expectWritten(store, 4);
    QCOMPARE(store.status().connects, 2u);
}

void tst_RedisFaults::backsOffUpToItsCap()
{
    m_redis->stop();
    BookStore store = claimed(m_redis->config());
    std::int64_t longestMs = 0;
    for (int attempt = 0; attempt < 20; ++attempt) {
        QVERIFY(write(store, 1).has_value());
        longestMs = std::max(longestMs, store.nextAttemptMs() - m_nowMs);
    }
    QVERIFY(longestMs <= BookStore::backoffMaxMs);
    QVERIFY(longestMs >= BookStore::backoffMaxMs / 2);
}

void tst_RedisFaults::slowIsATimeoutAndNothingIsReplayed()
{
    BookStore store = claimed(m_redis->config());
    expectWritten(store, 1);
    m_redis->freeze();
    QElapsedTimer elapsed;
    elapsed.start();
    expectRefusal(store, 2, RedisErrorKind::Timeout);
    QVERIFY(elapsed.elapsed() >= Connection::commandDeadline.count() - 10);
    QVERIFY(!store.status().connected);
    expectRefusal(store, 3, RedisErrorKind::Timeout); // the kernel still takes connections
    m_redis->thaw();
    expectWritten(store, 9);
    // Redis may still find the old commands in its socket buffers; the fence makes them harmless.
    for (int i = 0; i < 20; ++i)
        QCOMPARE(m_redis->text({"HGET", liveKey, btc}), json(9));
}

void tst_RedisFaults::readOnlyReplica()
{
    BookStore store = claimed(m_redis->config());
    expectWritten(store, 1);
    m_redis->run({"REPLICAOF", "127.0.0.1", "1"});
    expectRefusal(store, 2, RedisErrorKind::ReadOnly);
    QVERIFY(!store.status().connected); // the next attempt asks for the address anew
    m_redis->run({"REPLICAOF", "NO", "ONE"});
    expectWritten(store, 3);
}

void tst_RedisFaults::outOfMemory()
{
    BookStore store = claimed(m_redis->config());
    expectWritten(store, 1);
    m_redis->run({"CONFIG", "SET", "maxmemory", "1"});
    expectRefusal(store, 2, RedisErrorKind::OutOfMemory);
    QVERIFY(store.status().connected);
    m_redis->run({"CONFIG", "SET", "maxmemory", "0"});
    expectWritten(store, 3);
    QCOMPARE(store.status().connects, 1u);
}

void tst_RedisFaults::passwordMissingWrongAndRight()
{
    m_redis->run({"ACL", "SETUSER", "writer", "on", ">right", "~*", "+@all"});
    m_redis->run({"ACL", "SETUSER", "tester", "on", "nopass", "~*", "+@all"});
    m_redis->run({"CONFIG", "SET", "requirepass", "other"});
    RedisConfig config = m_redis->config();
    BookStore missing = claimed(config);
    expectRefusal(missing, 1, RedisErrorKind::NoAuth);
    config.username = "writer";
    config.password = "wrong";
    BookStore wrong = claimed(config);
    expectRefusal(wrong, 1, RedisErrorKind::NoAuth);
    m_redis->run({"ACL", "SETUSER", "writer", ">wrong"}); // the operator corrects it in Redis
    expectWritten(wrong, 2);
    config.password = "right";
    BookStore right = claimed(config);
    expectWritten(right, 3);
    config.username.clear();
    config.password = "other";
    BookStore byDefault = claimed(config);
    expectWritten(byDefault, 4);
}

void tst_RedisFaults::repeatsNoPassword()
{
    const RedisProcess withoutAuth({"--rename-command", "AUTH", ""}); // it says what it was asked
    RedisConfig config = withoutAuth.config();
    config.password = "swordfish";
    const auto opened = Connection::open(*redisEndpoint(config));
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().text, std::string("ERR unknown command 'AUTH'"));
}

void tst_RedisFaults::aclForbidsAKey()
{
    m_redis->run(
        {"ACL", "SETUSER", "writer", "on", ">pw", "~obmonitor:*", "~LIVE_ORDERBOOK", "~orderbook:*:status", "+@all"});
    RedisConfig config = m_redis->config();
    config.username = "writer";
    config.password = "pw";
    BookStore store = claimed(config);
    expectWritten(store, 1);
    m_redis->run({"ACL", "SETUSER", "writer", "resetkeys", "~obmonitor:*"});
    expectRefusal(store, 2, RedisErrorKind::NoPermission);
    m_redis->run({"ACL", "SETUSER", "writer", "~*", "-evalsha"});
    expectRefusal(store, 3, RedisErrorKind::NoPermission);
    m_redis->run({"ACL", "SETUSER", "writer", "+evalsha", "-client"}); // the connection's name is not needed
    m_redis->run({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
    expectRefusal(store, 4, RedisErrorKind::Away);
    expectWritten(store, 5);
}

void tst_RedisFaults::diskFailure()
{
    // A snapshot cannot be written over a folder that is not empty.
    RedisProcess redis({"--save", "3600 1", "--dbfilename", "blocked"});
    QVERIFY(QDir(redis.folder()).mkpath("blocked/inside"));
    BookStore store = claimed(redis.config());
    expectWritten(store, 1);
    redis.run({"BGSAVE"});
    AWAIT_WITHIN(redis.text({"INFO", "persistence"}).contains("rdb_last_bgsave_status:err"), 10'000);
    expectRefusal(store, 2, RedisErrorKind::DiskFailure);
    redis.run({"CONFIG", "SET", "stop-writes-on-bgsave-error", "no"});
    expectWritten(store, 3);
}

void tst_RedisFaults::busyWithAScript()
{
    BookStore store = claimed(m_redis->config());
    expectWritten(store, 1);
    m_redis->run({"CONFIG", "SET", "busy-reply-threshold", "1"});
    QProcess script;
    script.start("redis-cli", {"-s", m_redis->socketPath(), "EVAL", "while true do end", "0"});
    QVERIFY(script.waitForStarted());
    // Redis answers BUSY to anything once the script is past its threshold.
    AWAIT_WITHIN(m_redis->text({"PING"}).starts_with("BUSY"), 10'000);
    expectRefusal(store, 2, RedisErrorKind::Busy);
    QVERIFY(store.status().connected);
    QCOMPARE(m_redis->text({"SCRIPT", "KILL"}), std::string("OK")); // takes effect a moment later
    QVERIFY(script.waitForFinished());
    expectWritten(store, 3);
}

void tst_RedisFaults::somethingThatIsNotRedis()
{
    RedisConfig config = m_redis->config();
    config.url = "unix:///dev/null";
    BookStore notASocket = claimed(config);
    expectRefusal(notASocket, 1, RedisErrorKind::Away);
    config.url = "embedded";
    BookStore notStarted = claimed(config);
    expectRefusal(notStarted, 1, RedisErrorKind::Other);
    config.url = "redis://127.0.0.1:1";
    BookStore nobody = claimed(config);
    expectRefusal(nobody, 1, RedisErrorKind::Away);
}

QTEST_GUILESS_MAIN(tst_RedisFaults)
#include "tst_redis_faults.moc"

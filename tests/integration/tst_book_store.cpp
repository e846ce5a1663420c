// The book store against a real redis-server: what is written, and what the fence refuses.
#include "redis/book_store.h"
#include "support/redis_process.h"
#include "support/std_string.h"

#include <QTest>

#include <fmt/format.h>

#include <array>

using namespace obm;
using obm::test::RedisProcess;

namespace {

const std::string btc = "BTCUSDT";
const std::string eth = "ETHUSDT";
const std::string source = "https://fapi.binance.com";
constexpr std::int64_t nowMs = 1'000'000;
constexpr std::string_view liveKey = "LIVE_ORDERBOOK";

std::string liveJson(const std::string& symbol, std::int64_t u)
{
    return fmt::format(R"({{"s":"{}","b":[["63947.30","0.113"]],"a":[["63947.40","2.5"]],"u":{}}})", symbol, u);
}

std::string fullJson(const std::string& symbol, std::int64_t u)
{
    return fmt::format(R"({{"symbol":"{}","lastUpdateId":{},"bids":[["63947.30","0.113"]],"asks":[],)"
                       R"("timestamp":1,"updatedAt":"2026-11-22T13:15:02.123Z","partition":0,"offset":7}})",
                       symbol, u);
}

LiveWrite live(std::int64_t u, const std::string& symbol = btc)
{
    return {symbol, u, liveJson(symbol, u)};
}

FullWrite full(std::int64_t u, const std::string& symbol = btc)
{
    return {symbol, u, fullJson(symbol, u)};
}

WriteOutcome write(BookStore& store, const LiveWrite& item)
{
    return store.write(std::array{item}, {}, {}, nowMs).live.front();
}

WriteOutcome write(BookStore& store, const FullWrite& item)
{
    return store.write({}, std::array{item}, {}, nowMs).full.front();
}

WriteOutcome writeStatus(BookStore& store, const std::string& json, const std::string& symbol = btc)
{
    return store.write({}, {}, std::array{StatusWrite{symbol, json}}, nowMs).status.front();
}

} // namespace

class tst_BookStore : public QObject
{
    Q_OBJECT

    BookStore store(const std::string& from = source, bool takeOver = false)
    {
        return BookStore(m_redis->config(), from, "host:1", takeOver);
    }

    BookStore claimed(const std::vector<std::string>& symbols = {btc})
    {
        BookStore made = store();
        made.claim(symbols);
        return made;
    }

    std::string liveField(const std::string& symbol = btc) { return m_redis->text({"HGET", liveKey, symbol}); }
    std::string stat(const std::string& section, const std::string& name);

    std::unique_ptr<RedisProcess> m_redis;

private Q_SLOTS:
    void init() { m_redis = std::make_unique<RedisProcess>(); }
    void cleanup() { m_redis.reset(); }

    void writesTheThreeKeysOfTheContract();
    void writesEverythingInOneRoundTrip();
    void splitsALargeBatchButNotTheRoundTrip();
    void refusesAnOlderUpdate_data();
    void refusesAnOlderUpdate();
    void comparesUpdateIdsExactly_data();
    void comparesUpdateIdsExactly();
    void overwritesWhatAForeignWriterLeft_data();
    void overwritesWhatAForeignWriterLeft();
    void fencesTheOldOwner();
    void refusesWhatWasNeverClaimed();
    void takesARisingEpochWithEachClaim();
    void neverLowersAnEpoch();
    void releaseDeletesTheStatusOnlyOfItsOwnEpoch();
    void removesADelistedSymbol();
    void loadsItsScriptAgainWhenRedisForgotIt();
    void healsAfterRedisCameBackEmpty();
    void restoresWhatAFlushTook();
    void refusesAnotherSource();
    void takesOverFromAnotherSource();
    void takeOverOfTheSameSourceClearsNothing();
    void honoursTheConfiguredKeys();
    void reportsAWrongTypeForThatItemAlone();
};

std::string tst_BookStore::stat(const std::string& section, const std::string& name)
{
    const std::string text = m_redis->text({"INFO", section});
    const std::size_t start = text.find(name);
    return start == std::string::npos ? "" : text.substr(start, text.find('\r', start) - start);
}

void tst_BookStore::writesTheThreeKeysOfTheContract()
{
    BookStore books = claimed();
    const std::string status = R"({"state":"live","u":7})";
    const WriteResult result =
        books.write(std::array{live(7)}, std::array{full(7)}, std::array{StatusWrite{btc, status}}, nowMs);
    QVERIFY(!result.error);
    QCOMPARE(result.live.front(), WriteOutcome::Written);
    QCOMPARE(result.full.front(), WriteOutcome::Written);
    QCOMPARE(result.status.front(), WriteOutcome::Written);
    QCOMPARE(liveField(), liveJson(btc, 7));
    QCOMPARE(m_redis->text({"GET", "orderbook:BTCUSDT:latest"}), fullJson(btc, 7));
    QCOMPARE(m_redis->text({"GET", "orderbook:BTCUSDT:status"}), status);
    QCOMPARE(m_redis->run({"PTTL", liveKey}).integer, -1);
    QCOMPARE(m_redis->run({"PTTL", "orderbook:BTCUSDT:latest"}).integer, -1);
    const std::int64_t ttlMs = m_redis->run({"PTTL", "orderbook:BTCUSDT:status"}).integer;
    QVERIFY(ttlMs > 0 && ttlMs <= 5000);
    QCOMPARE(m_redis->text({"GET", "obmonitor:source"}), source);
    QCOMPARE(m_redis->text({"HGET", "obmonitor:epoch", btc}), std::string("1"));
    QCOMPARE(books.owner(btc), std::string("host:1:1"));
    QVERIFY(m_redis->text({"CLIENT", "LIST"}).contains("name=obmonitor"));
}

void tst_BookStore::writesEverythingInOneRoundTrip()
{
    BookStore books = claimed({btc, eth});
    QCOMPARE(write(books, live(1)), WriteOutcome::Written); // connected, claimed, script known
    const std::uint64_t roundTrips = books.status().roundTrips;
    m_redis->run({"CONFIG", "RESETSTAT"});
    const std::array lives = {live(2), live(2, eth)};
    const std::array fulls = {full(2), full(2, eth)};
    const std::array statuses = {StatusWrite{btc, "{}"}, StatusWrite{eth, "{}"}};
    QVERIFY(!books.write(lives, fulls, statuses, nowMs).error);
    QCOMPARE(books.status().roundTrips, roundTrips + 1);
    QVERIFY(stat("commandstats", "cmdstat_evalsha").starts_with("cmdstat_evalsha:calls=1,"));
    // Over a socket came EVALSHA, the INFO above and this one; nothing else.
    QCOMPARE(stat("stats", "total_reads_processed:"), std::string("total_reads_processed:3"));
}

void tst_BookStore::splitsALargeBatchButNotTheRoundTrip()
{
    constexpr std::size_t count = 2 * WriteBatch::callItemsMax + 1;
    std::vector<std::string> symbols;
    std::vector<LiveWrite> writes;
    for (std::size_t i = 0; i < count; ++i) {
        symbols.push_back("S" + std::to_string(i));
        writes.push_back(live(1, symbols.back()));
    }
    BookStore books = claimed(symbols);
    QCOMPARE(write(books, writes.front()), WriteOutcome::Written); // connected, claimed, script known
    const std::uint64_t roundTrips = books.status().roundTrips;
    m_redis->run({"CONFIG", "RESETSTAT"});
    const WriteResult result = books.write(writes, {}, {}, nowMs);
    QVERIFY(!result.error);
    QCOMPARE(std::ranges::count(result.live, WriteOutcome::Written), static_cast<std::ptrdiff_t>(count));
    QCOMPARE(books.status().roundTrips, roundTrips + 1);
    QVERIFY(stat("commandstats", "cmdstat_evalsha").starts_with("cmdstat_evalsha:calls=3,"));
    QCOMPARE(m_redis->run({"HLEN", liveKey}).integer, static_cast<std::int64_t>(count));
}

void tst_BookStore::refusesAnOlderUpdate_data()
{
    QTest::addColumn<bool>("isFull");
    QTest::newRow("live") << false;
    QTest::newRow("full") << true;
}

void tst_BookStore::refusesAnOlderUpdate()
{
    QFETCH(bool, isFull);
    BookStore books = claimed();
    const auto put = [&](std::int64_t u) { return isFull ? write(books, full(u)) : write(books, live(u)); };
    QCOMPARE(put(100), WriteOutcome::Written);
    QCOMPARE(put(99), WriteOutcome::OlderUpdate);
    QCOMPARE(put(100), WriteOutcome::Written);
    QCOMPARE(put(101), WriteOutcome::Written);
    const std::string stored = isFull ? m_redis->text({"GET", "orderbook:BTCUSDT:latest"}) : liveField();
    QCOMPARE(stored, isFull ? fullJson(btc, 101) : liveJson(btc, 101));
    const BookKeyCounters& counters =
        books.status().writes[static_cast<std::size_t>(isFull ? BookKey::Full : BookKey::Live)];
    QCOMPARE(counters.written, 3u);
    QCOMPARE(counters.olderUpdate, 1u);
}

void tst_BookStore::comparesUpdateIdsExactly_data()
{
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("second");
    QTest::addColumn<bool>("isWritten");
    QTest::newRow("one more digit") << qint64(999) << qint64(1000) << true;
    QTest::newRow("one digit less") << qint64(1000) << qint64(999) << false;
    QTest::newRow("beyond 2^53, up") << qint64(9007199254740992) << qint64(9007199254740993) << true;
    QTest::newRow("beyond 2^53, down") << qint64(9007199254740993) << qint64(9007199254740992) << false;
    QTest::newRow("at the end of int64") << qint64(9223372036854775807) << qint64(9223372036854775806) << false;
}

void tst_BookStore::comparesUpdateIdsExactly()
{
    QFETCH(qint64, first);
    QFETCH(qint64, second);
    QFETCH(bool, isWritten);
    const WriteOutcome expected = isWritten ? WriteOutcome::Written : WriteOutcome::OlderUpdate;
    BookStore books = claimed();
    QCOMPARE(write(books, live(first)), WriteOutcome::Written);
    QCOMPARE(write(books, full(first)), WriteOutcome::Written);
    QCOMPARE(write(books, live(second)), expected);
    QCOMPARE(write(books, full(second)), expected);
}

void tst_BookStore::overwritesWhatAForeignWriterLeft_data()
{
    QTest::addColumn<QByteArray>("liveText");
    QTest::addColumn<QByteArray>("fullText");
    QTest::addColumn<bool>("isWritten");
    QTest::newRow("Python's spaces, lower")
        << QByteArray(R"({"s": "BTCUSDT", "b": [], "a": [], "u": 99})")
        << QByteArray(R"({"symbol": "BTCUSDT", "lastUpdateId": 99, "bids": []})") << true;
    QTest::newRow("Python's spaces, higher")
        << QByteArray(R"({"s": "BTCUSDT", "b": [], "a": [], "u": 101})")
        << QByteArray(R"({"symbol": "BTCUSDT", "lastUpdateId": 101, "bids": []})") << false;
    QTest::newRow("id behind the levels")
        << QByteArray(R"({"u":3,"s":"BTCUSDT","u": 101})")
        << QByteArray(R"({"bids":[)") + QByteArray(5000, ' ') + QByteArray(R"(],"lastUpdateId":101})") << false;
    QTest::newRow("no id") << QByteArray(R"({"s":"BTCUSDT"})") << QByteArray(R"({"symbol":"BTCUSDT"})") << true;
    QTest::newRow("not JSON") << QByteArray("hello %d+ [") << QByteArray("\x00\xff", 2) << true;
    QTest::newRow("empty") << QByteArray("") << QByteArray("") << true;
}

void tst_BookStore::overwritesWhatAForeignWriterLeft()
{
    QFETCH(QByteArray, liveText);
    QFETCH(QByteArray, fullText);
    QFETCH(bool, isWritten);
    m_redis->run({"HSET", liveKey, btc, liveText.toStdString()});
    m_redis->run({"SET", "orderbook:BTCUSDT:latest", fullText.toStdString()});
    BookStore books = claimed();
    const WriteOutcome expected = isWritten ? WriteOutcome::Written : WriteOutcome::OlderUpdate;
    QCOMPARE(write(books, live(100)), expected);
    QCOMPARE(write(books, full(100)), expected);
}

void tst_BookStore::fencesTheOldOwner()
{
    BookStore old = claimed();
    QCOMPARE(write(old, live(1)), WriteOutcome::Written);
    BookStore owner = claimed();
    QVERIFY(owner.ensureConnected(nowMs));
    QCOMPARE(write(old, live(5)), WriteOutcome::NotOwner); // a higher u does not help
    QCOMPARE(write(old, full(5)), WriteOutcome::NotOwner);
    QCOMPARE(writeStatus(old, "{}"), WriteOutcome::NotOwner);
    QCOMPARE(liveField(), liveJson(btc, 1));
    QCOMPARE(m_redis->run({"EXISTS", "orderbook:BTCUSDT:latest", "orderbook:BTCUSDT:status"}).integer, 0);
    QCOMPARE(write(owner, live(2)), WriteOutcome::Written);
    QCOMPARE(write(owner, live(1)), WriteOutcome::OlderUpdate); // nor does a higher epoch
    QCOMPARE(old.status().writes[0].notOwner, 1u);
    old.claim(std::array{btc}); // it comes back
    QCOMPARE(write(old, live(6)), WriteOutcome::Written);
    QCOMPARE(write(owner, live(7)), WriteOutcome::NotOwner);
}

void tst_BookStore::refusesWhatWasNeverClaimed()
{
    BookStore books = claimed();
    QCOMPARE(write(books, live(1, eth)), WriteOutcome::NotOwner);
    QCOMPARE(liveField(eth), std::string("(nil)"));
}

void tst_BookStore::takesARisingEpochWithEachClaim()
{
    BookStore books = claimed();
    QVERIFY(books.ensureConnected(nowMs));
    books.claim(std::array{eth});
    QCOMPARE(books.owner(eth), std::string("host:1:0"));
    QVERIFY(books.ensureConnected(nowMs));
    QCOMPARE(books.owner(btc), std::string("host:1:1")); // what it holds keeps its epoch
    QCOMPARE(books.owner(eth), std::string("host:1:2"));
    QCOMPARE(m_redis->text({"GET", "obmonitor:epoch_counter"}), std::string("2"));
}

void tst_BookStore::neverLowersAnEpoch()
{
    m_redis->run({"HSET", "obmonitor:epoch", btc, "999999"});
    BookStore books = claimed({btc, eth});
    QCOMPARE(write(books, live(1)), WriteOutcome::NotOwner);
    QCOMPARE(write(books, live(1, eth)), WriteOutcome::Written);
    QCOMPARE(m_redis->text({"HGET", "obmonitor:epoch", btc}), std::string("999999"));
}

void tst_BookStore::releaseDeletesTheStatusOnlyOfItsOwnEpoch()
{
    BookStore first = claimed();
    QCOMPARE(writeStatus(first, "{}"), WriteOutcome::Written);
    first.release(std::array{btc}, nowMs);
    QCOMPARE(m_redis->run({"EXISTS", "orderbook:BTCUSDT:status"}).integer, 0);
    QCOMPARE(writeStatus(first, "{}"), WriteOutcome::NotOwner);
    first.claim(std::array{btc});
    QCOMPARE(write(first, live(1)), WriteOutcome::Written);
    BookStore second = claimed();
    QCOMPARE(writeStatus(second, "{}"), WriteOutcome::Written);
    first.release(std::array{btc}, nowMs); // too late: the status is the new owner's
    QCOMPARE(m_redis->run({"EXISTS", "orderbook:BTCUSDT:status"}).integer, 1);
    QCOMPARE(liveField(), liveJson(btc, 1)); // the book stays
}

void tst_BookStore::removesADelistedSymbol()
{
    BookStore books = claimed({btc, eth});
    books.write(std::array{live(1), live(1, eth)}, std::array{full(1)}, std::array{StatusWrite{btc, "{}"}}, nowMs);
    books.removeSymbols(std::array{btc});
    QVERIFY(books.ensureConnected(nowMs));
    QCOMPARE(liveField(), std::string("(nil)"));
    QCOMPARE(liveField(eth), liveJson(eth, 1));
    QCOMPARE(m_redis->run({"EXISTS", "orderbook:BTCUSDT:latest", "orderbook:BTCUSDT:status"}).integer, 0);
}

void tst_BookStore::loadsItsScriptAgainWhenRedisForgotIt()
{
    BookStore books = claimed();
    QCOMPARE(write(books, live(1)), WriteOutcome::Written);
    m_redis->run({"SCRIPT", "FLUSH"});
    QCOMPARE(write(books, live(2)), WriteOutcome::Written);
    QCOMPARE(liveField(), liveJson(btc, 2));
}

void tst_BookStore::healsAfterRedisCameBackEmpty()
{
    m_redis->run({"SET", "obmonitor:epoch_counter", "56"});
    BookStore books = claimed();
    QCOMPARE(write(books, live(10)), WriteOutcome::Written);
    m_redis->restart();
    QCOMPARE(write(books, live(11)), WriteOutcome::Failed); // finds the connection broken
    QVERIFY(books.status().error.has_value());
    const WriteResult result = books.write(std::array{live(11)}, {}, {}, books.nextAttemptMs());
    QCOMPARE(result.live.front(), WriteOutcome::Written);
    QVERIFY(!books.status().error);
    QCOMPARE(m_redis->text({"GET", "obmonitor:epoch_counter"}), std::string("57"));
    QCOMPARE(m_redis->text({"HGET", "obmonitor:epoch", btc}), std::string("57"));
    QCOMPARE(m_redis->text({"GET", "obmonitor:source"}), source);
    BookStore next = claimed(); // counts on from what was restored, so it can take the symbol over
    QCOMPARE(write(next, live(12)), WriteOutcome::Written);
    QCOMPARE(next.owner(btc), std::string("host:1:58"));
    QCOMPARE(write(books, live(13)), WriteOutcome::NotOwner);
}

void tst_BookStore::restoresWhatAFlushTook()
{
    BookStore books = claimed();
    QCOMPARE(write(books, live(1)), WriteOutcome::Written);
    m_redis->run({"FLUSHALL"});
    QCOMPARE(write(books, live(2)), WriteOutcome::Written);
    QCOMPARE(m_redis->text({"GET", "obmonitor:source"}), source);
    QCOMPARE(m_redis->text({"GET", "obmonitor:epoch_counter"}), std::string("1"));
}

void tst_BookStore::refusesAnotherSource()
{
    BookStore books = claimed();
    QCOMPARE(write(books, live(1)), WriteOutcome::Written);
    BookStore other = store("https://testnet.binancefuture.com");
    other.claim(std::array{btc});
    const WriteResult result = other.write(std::array{live(2)}, std::array{full(2)}, {}, nowMs);
    QCOMPARE(result.live.front(), WriteOutcome::Failed);
    QVERIFY(result.error.has_value());
    QCOMPARE(result.error->kind, RedisErrorKind::ForeignSource);
    QVERIFY(result.error->text.contains(source));
    QCOMPARE(liveField(), liveJson(btc, 1));
    QCOMPARE(m_redis->text({"GET", "obmonitor:epoch_counter"}), std::string("1")); // it took no epoch
    QCOMPARE(write(books, live(3)), WriteOutcome::Written);
    // A source that changes while a writer is connected stops it as well.
    m_redis->run({"SET", "obmonitor:source", "elsewhere"});
    QCOMPARE(write(books, live(4)), WriteOutcome::Failed);
    QCOMPARE(books.status().error->kind, RedisErrorKind::ForeignSource);
}

void tst_BookStore::takesOverFromAnotherSource()
{
    BookStore old = claimed({btc, eth});
    old.write(std::array{live(100), live(100, eth)}, std::array{full(100)}, std::array{StatusWrite{btc, "{}"}}, nowMs);
    m_redis->run({"SET", "mine", "untouched"});
    BookStore books = store("https://testnet.binancefuture.com", true);
    books.claim(std::array{btc});
    QCOMPARE(write(books, live(5)), WriteOutcome::Written); // a lower u than that of the old source
    QCOMPARE(liveField(eth), std::string("(nil)"));
    QCOMPARE(m_redis->run({"EXISTS", "orderbook:BTCUSDT:latest", "orderbook:BTCUSDT:status"}).integer, 0);
    QCOMPARE(m_redis->text({"GET", "mine"}), std::string("untouched"));
    QCOMPARE(write(old, live(101)), WriteOutcome::Failed);
    QCOMPARE(old.status().error->kind, RedisErrorKind::ForeignSource);
    // Once only: when somebody takes over from it, it gives in.
    m_redis->run({"SET", "obmonitor:source", source});
    m_redis->run({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
    QCOMPARE(write(books, live(6)), WriteOutcome::Failed);
    QVERIFY(!books.ensureConnected(books.nextAttemptMs()));
    QCOMPARE(books.status().error->kind, RedisErrorKind::ForeignSource);
}

void tst_BookStore::takeOverOfTheSameSourceClearsNothing()
{
    BookStore old = claimed({btc, eth});
    QCOMPARE(write(old, live(100, eth)), WriteOutcome::Written);
    BookStore books = store(source, true);
    QVERIFY(books.ensureConnected(nowMs));
    QCOMPARE(liveField(eth), liveJson(eth, 100));
}

void tst_BookStore::honoursTheConfiguredKeys()
{
    RedisConfig config = m_redis->config();
    config.url += "?db=3";
    config.liveKey = "books";
    config.fullKey = "full/{symbol}/x";
    BookStore books(config, source, "host:1");
    books.claim(std::array{btc});
    QVERIFY(!books.write(std::array{live(1)}, std::array{full(1)}, {}, nowMs).error);
    m_redis->run({"SELECT", "3"});
    QCOMPARE(m_redis->text({"HGET", "books", btc}), liveJson(btc, 1));
    QCOMPARE(m_redis->text({"GET", "full/BTCUSDT/x"}), fullJson(btc, 1));
}

void tst_BookStore::reportsAWrongTypeForThatItemAlone()
{
    m_redis->run({"LPUSH", "orderbook:BTCUSDT:latest", "x"});
    BookStore books = claimed();
    const WriteResult result =
        books.write(std::array{live(1)}, std::array{full(1)}, std::array{StatusWrite{btc, "{}"}}, nowMs);
    QCOMPARE(result.live.front(), WriteOutcome::Written);
    QCOMPARE(result.full.front(), WriteOutcome::Failed);
    QCOMPARE(result.status.front(), WriteOutcome::Written);
    QCOMPARE(result.error->kind, RedisErrorKind::WrongType);
    QCOMPARE(books.nextAttemptMs(), 0); // the others need not wait
}

QTEST_GUILESS_MAIN(tst_BookStore)
#include "tst_book_store.moc"

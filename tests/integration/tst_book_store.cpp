// The book store against a real redis-server: what is written, and that u never goes back.
#include "support/book_writes.h"
#include "support/redis_process.h"
#include "support/std_string.h"

#include <QTest>

#include <array>

using namespace obm;
using namespace obm::test;

class tst_BookStore : public QObject
{
    Q_OBJECT

    BookStore claimed(const std::vector<std::string>& symbols = {btc})
    {
        BookStore made(m_redis->config(), source, "host:1");
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
    void loadsItsScriptAgainWhenRedisForgotIt();
    void honoursTheConfiguredKeys();
    void reportsAWrongTypeForThatItemAlone();
    void aWrongTypeOfTheLiveHashIsWaitedOut();
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

void tst_BookStore::loadsItsScriptAgainWhenRedisForgotIt()
{
    BookStore books = claimed();
    QCOMPARE(write(books, live(1)), WriteOutcome::Written);
    m_redis->run({"SCRIPT", "FLUSH"});
    QCOMPARE(write(books, live(2)), WriteOutcome::Written);
    QCOMPARE(liveField(), liveJson(btc, 2));
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
    QCOMPARE(result.full.front(), WriteOutcome::Refused);
    QCOMPARE(result.status.front(), WriteOutcome::Written);
    QCOMPARE(result.error->kind, RedisErrorKind::WrongType);
    QCOMPARE(books.nextAttemptMs(), 0); // the others need not wait
}

// Nobody's field can be written, whatever becomes of one whole book.
void tst_BookStore::aWrongTypeOfTheLiveHashIsWaitedOut()
{
    m_redis->run({"SET", "LIVE_ORDERBOOK", "x"});
    m_redis->run({"LPUSH", "orderbook:BTCUSDT:latest", "x"});
    BookStore books = claimed();
    const WriteResult result = books.write(std::array{live(1)}, std::array{full(1)}, {}, nowMs);
    QCOMPARE(result.live.front(), WriteOutcome::Failed);
    QCOMPARE(result.full.front(), WriteOutcome::Refused);
    QVERIFY(books.nextAttemptMs() > nowMs);
}

QTEST_GUILESS_MAIN(tst_BookStore)
#include "tst_book_store.moc"

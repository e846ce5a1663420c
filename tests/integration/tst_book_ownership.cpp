// Who may write a book: epochs, sources, hand-over, and what heals by itself. Against a real redis-server.
#include "support/book_writes.h"
#include "support/redis_process.h"
#include "support/std_string.h"

#include <QTest>

#include <array>

using namespace obm;
using namespace obm::test;

class tst_BookOwnership : public QObject
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

    std::unique_ptr<RedisProcess> m_redis;

private Q_SLOTS:
    void init() { m_redis = std::make_unique<RedisProcess>(); }
    void cleanup() { m_redis.reset(); }

    void fencesTheOldOwner();
    void claimsAgainWhenNobodyElseDid();
    void claimsAgainOnlyWhereEventsCome();
    void refusesWhatWasNeverClaimed();
    void takesARisingEpochWithEachClaim();
    void neverLowersAnEpoch();
    void releaseDeletesTheStatusOnlyOfItsOwnEpoch();
    void removesADelistedSymbol();
    void removesADelistedSymbolOfAnUnheardClaim();
    void beginsAnewWhenIdsWentBack();
    void beginsAnewWhenOnlyTheFieldIsOfTheOldCount();
    void beginsAnewAfterAnEventFromNowhere();
    void healsAfterRedisCameBackEmpty();
    void restoresWhatAFlushTook();
    void refusesAnotherSource();
    void takesOverFromAnotherSource();
    void takeOverOfTheSameSourceClearsNothing();
};

void tst_BookOwnership::fencesTheOldOwner()
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

// An epoch that nobody holds: a claim delivered late, or a copy of Redis put back.
void tst_BookOwnership::claimsAgainWhenNobodyElseDid()
{
    BookStore books = claimed();
    QCOMPARE(writeStatus(books, "{}"), WriteOutcome::Written);
    m_redis->run({"HSET", "obmonitor:epoch", btc, "7"});
    m_redis->run({"SET", "obmonitor:epoch_counter", "7"});
    QVERIFY(!books.takeDataLoss());
    for (int second = 0; second < BookStore::refusalsMax; ++second)
        QCOMPARE(writeStatus(books, "{}", second), WriteOutcome::NotOwner);
    QVERIFY(books.takeDataLoss()); // what was refused meanwhile is asked for once more
    QCOMPARE(writeStatus(books, "{}"), WriteOutcome::Written);
    QCOMPARE(write(books, live(1)), WriteOutcome::Written);
    QCOMPARE(books.owner(btc), std::string("host:1:8"));
}

// Two who take themselves for the owner: the one without the symbol's events leaves it to the other.
void tst_BookOwnership::claimsAgainOnlyWhereEventsCome()
{
    BookStore without = claimed();
    QCOMPARE(writeStatus(without, "{}"), WriteOutcome::Written);
    BookStore with = claimed();
    QCOMPARE(writeStatus(with, "{}"), WriteOutcome::Written);
    for (int second = 0; second < 3 * BookStore::refusalsMax; ++second)
        QCOMPARE(writeStatus(without, "{}", 100), WriteOutcome::NotOwner);
    QCOMPARE(writeStatus(with, "{}", 101), WriteOutcome::Written);
    QCOMPARE(writeStatus(without, "{}", 102), WriteOutcome::NotOwner); // now they come here
    QCOMPARE(writeStatus(without, "{}", 103), WriteOutcome::Written);
}

void tst_BookOwnership::refusesWhatWasNeverClaimed()
{
    BookStore books = claimed();
    QCOMPARE(write(books, live(1, eth)), WriteOutcome::NotOwner);
    QCOMPARE(liveField(eth), std::string("(nil)"));
}

void tst_BookOwnership::takesARisingEpochWithEachClaim()
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

void tst_BookOwnership::neverLowersAnEpoch()
{
    m_redis->run({"HSET", "obmonitor:epoch", btc, "999999"});
    BookStore books = claimed({btc, eth});
    QCOMPARE(write(books, live(1)), WriteOutcome::NotOwner);
    QCOMPARE(write(books, live(1, eth)), WriteOutcome::Written);
    QCOMPARE(m_redis->text({"HGET", "obmonitor:epoch", btc}), std::string("999999"));
}

void tst_BookOwnership::releaseDeletesTheStatusOnlyOfItsOwnEpoch()
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

void tst_BookOwnership::removesADelistedSymbol()
{
    BookStore books = claimed({btc, eth});
    books.write(std::array{live(1), live(1, eth)}, std::array{full(1)}, std::array{StatusWrite{btc, "{}"}}, nowMs);
    books.removeSymbols(std::array{btc});
    QVERIFY(books.ensureConnected(nowMs));
    QCOMPARE(liveField(), std::string("(nil)"));
    QCOMPARE(liveField(eth), liveJson(eth, 1));
    QCOMPARE(m_redis->run({"EXISTS", "orderbook:BTCUSDT:latest", "orderbook:BTCUSDT:status"}).integer, 0);
}

// Delisted before Redis had heard that it is ours.
void tst_BookOwnership::removesADelistedSymbolOfAnUnheardClaim()
{
    BookStore before = claimed();
    before.write(std::array{live(1)}, std::array{full(1)}, {}, nowMs);
    BookStore books = claimed();
    books.removeSymbols(std::array{btc});
    QVERIFY(books.ensureConnected(nowMs));
    QCOMPARE(liveField(), std::string("(nil)"));
    QCOMPARE(m_redis->run({"EXISTS", "orderbook:BTCUSDT:latest"}).integer, 0);
}

void tst_BookOwnership::beginsAnewWhenIdsWentBack()
{
    BookStore old = claimed();
    QCOMPARE(write(old, live(900)), WriteOutcome::Written);
    BookStore books = claimed({btc, eth});
    const auto fullAt = [](std::int64_t u, std::int64_t eventMs) {
        return FullWrite{btc, u, fullJson(btc, u, eventMs), eventMs};
    };
    books.write(std::array{live(1000), live(1000, eth)}, std::array{fullAt(1000, 20'000)},
                std::array{StatusWrite{btc, "{}"}}, nowMs);
    QVERIFY(!books.takeDataLoss());
    QCOMPARE(write(books, live(10)), WriteOutcome::OlderUpdate);
    QCOMPARE(write(books, fullAt(10, 24'999)), WriteOutcome::OlderUpdate); // as of one that is behind
    QVERIFY(!books.takeDataLoss());
    QCOMPARE(write(books, fullAt(11, 25'000)), WriteOutcome::CountedAnew);
    QVERIFY(books.takeDataLoss()); // the newest of everything is asked for
    QVERIFY(books.ensureConnected(nowMs));
    QCOMPARE(liveField(), std::string("(nil)"));
    QCOMPARE(m_redis->run({"EXISTS", "orderbook:BTCUSDT:latest"}).integer, 0);
    QCOMPARE(m_redis->run({"EXISTS", "orderbook:BTCUSDT:status"}).integer, 1); // it is kept all the time
    QCOMPARE(write(books, live(11)), WriteOutcome::Written);
    QCOMPARE(write(books, fullAt(11, 25'000)), WriteOutcome::Written);
    QCOMPARE(write(books, live(10)), WriteOutcome::OlderUpdate);
    QCOMPARE(write(old, live(1001)), WriteOutcome::NotOwner);
    QCOMPARE(write(books, live(999, eth)), WriteOutcome::OlderUpdate); // of the others nothing changes
    QCOMPARE(books.owner(btc), std::string("host:1:3"));
    QCOMPARE(books.owner(eth), std::string("host:1:2"));
}

void tst_BookOwnership::beginsAnewWhenOnlyTheFieldIsOfTheOldCount()
{
    BookStore books = claimed();
    std::int64_t atMs = nowMs;
    QCOMPARE(write(books, live(1000)), WriteOutcome::Written);
    const auto writeBoth = [&](std::int64_t u, std::int64_t eventMs) {
        const FullWrite whole{btc, u, fullJson(btc, u, eventMs), eventMs};
        return books.write(std::array{live(u)}, std::array{whole}, {}, atMs).live.front();
    };
    const std::int64_t mayBeBehindMs = BookStore::liveBehindMs + 2 * m_redis->config().fullIntervalMs;
    QCOMPARE(writeBoth(10, 50'000), WriteOutcome::OlderUpdate);
    atMs += mayBeBehindMs;
    QCOMPARE(writeBoth(11, 50'000 + mayBeBehindMs), WriteOutcome::OlderUpdate);
    QVERIFY(!books.takeDataLoss());
    books.release(std::array{btc}, nowMs); // and what was refused before counts no more
    books.claim(std::array{btc});
    QCOMPARE(writeBoth(12, 50'001 + mayBeBehindMs), WriteOutcome::OlderUpdate);
    QVERIFY(!books.takeDataLoss());
    QCOMPARE(writeBoth(12, 50'001 + 3 * mayBeBehindMs), WriteOutcome::OlderUpdate); // of old events time flies
    QVERIFY(!books.takeDataLoss());
    atMs += mayBeBehindMs + 1;
    QCOMPARE(writeBoth(13, 50'002 + 3 * mayBeBehindMs), WriteOutcome::OlderUpdate);
    QVERIFY(books.takeDataLoss());
    QCOMPARE(writeBoth(13, 50'002 + 3 * mayBeBehindMs), WriteOutcome::Written);
    QCOMPARE(liveField(), liveJson(btc, 13));
}

// Within years nothing would be later than it.
void tst_BookOwnership::beginsAnewAfterAnEventFromNowhere()
{
    constexpr std::int64_t now = 1'800'000'000'000;
    constexpr std::int64_t year2100 = 4'102'444'800'000;
    BookStore books = claimed();
    const auto fullAt = [](std::int64_t u, std::int64_t eventMs) {
        return FullWrite{btc, u, fullJson(btc, u, eventMs), eventMs};
    };
    QCOMPARE(write(books, fullAt(1000, year2100)), WriteOutcome::Written);
    QCOMPARE(write(books, fullAt(10, now)), WriteOutcome::CountedAnew);
    QCOMPARE(write(books, fullAt(10, now)), WriteOutcome::Written);
}

void tst_BookOwnership::healsAfterRedisCameBackEmpty()
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

void tst_BookOwnership::restoresWhatAFlushTook()
{
    BookStore books = claimed();
    QCOMPARE(write(books, live(1)), WriteOutcome::Written);
    m_redis->run({"FLUSHALL"});
    QCOMPARE(write(books, live(2)), WriteOutcome::Written);
    QCOMPARE(m_redis->text({"GET", "obmonitor:source"}), source);
    QCOMPARE(m_redis->text({"GET", "obmonitor:epoch_counter"}), std::string("1"));
}

void tst_BookOwnership::refusesAnotherSource()
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

void tst_BookOwnership::takesOverFromAnotherSource()
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

void tst_BookOwnership::takeOverOfTheSameSourceClearsNothing()
{
    BookStore old = claimed({btc, eth});
    QCOMPARE(write(old, live(100, eth)), WriteOutcome::Written);
    BookStore books = store(source, true);
    QVERIFY(books.ensureConnected(nowMs));
    QCOMPARE(liveField(eth), liveJson(eth, 100));
}

QTEST_GUILESS_MAIN(tst_BookOwnership)
#include "tst_book_ownership.moc"

// All books of one handler: what a message does to the book it belongs to, and what is handed on for Redis.
#include "support/book_rig.h"
#include "support/std_string.h"

#include <QtTest>

using namespace obm;
using namespace obm::test;

namespace {

using Requests = std::vector<std::pair<std::string, int>>;

BookSetLimits fullEvery(std::int64_t intervalMs, std::size_t batchMax = 64)
{
    return {.liveLevels = 10, .fullIntervalMs = intervalMs, .fullBatchMax = batchMax, .sync = {}};
}

std::string placeIn(const std::string& fullJson)
{
    return fullJson.substr(fullJson.find(R"("partition")"));
}

} // namespace

class TestBookSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<BookRig>();
        m_rig->select({btc, eth});
        m_rig->set.assign({0, 1});
    }

    void goesFromTheFirstEventToRedis();
    void writesTheWholeBook();
    void handsOnEachChangedBookOnceABatch();
    void capsTheLiveLevels();
    void aGapTouchesNoOtherSymbol();
    void anUnreadableEventHarmsTheSymbolItTells_data();
    void anUnreadableEventHarmsTheSymbolItTells();
    void aKeyOfAnotherSymbolIsNotBelieved();
    void countsSymbolsOfOthers();
    void readsAMessageWithoutKeyOrTimestamp();
    void asksAgainAfterAWait();
    void aBookThatReadersMissGoesFirst();
    void keepsTheWholeBooksPace();
    void handsOnEveryBookAgain();
    void leavesARestForTheNextTurn();
    void makesNoWholeBookWithoutRoom();
    void writesNoWholeBookWhenTurnedOff();
    void handsOnTheRestBeforeTheEnd();
    void placeBelongsToItsUpdate_data();
    void placeBelongsToItsUpdate();
    void countsResyncsForGood();
    void measuresTheHops();
    void showsAViewOfWhatItKeeps();

private:
    std::unique_ptr<BookRig> m_rig;
};

void TestBookSet::goesFromTheFirstEventToRedis()
{
    QCOMPARE(m_rig->state(btc), std::string("waiting created"));
    m_rig->event(btc, {90, 91, 100}, {{"10", "2"}});
    QCOMPARE(m_rig->state(btc), std::string("buffering first_event"));
    QCOMPARE(m_rig->requested, (Requests{{btc, priorityCold + 1}}));
    m_rig->set.publish();
    QVERIFY(m_rig->live.empty()); // nothing is proven yet

    m_rig->snapshot(btc, 95);
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
    m_rig->set.publish();
    QCOMPARE(m_rig->live.size(), std::size_t(1));
    QCOMPARE(m_rig->live[0].json,
             std::string(R"({"s":"BTCUSDT","b":[["10","2"],["9","1"]],"a":[["11","1"],["12","1"]],"u":100})"));
    QCOMPARE(m_rig->live[0].symbol, btc);
    QCOMPARE(m_rig->live[0].lastId, std::int64_t(100));
    QCOMPARE(m_rig->live[0].appliedUs, m_rig->nowMs * 1000);
    QCOMPARE(m_rig->state(eth), std::string("waiting created"));
}

void TestBookSet::writesTheWholeBook()
{
    m_rig->goLive(btc);
    QCOMPARE(m_rig->full.size(), std::size_t(1));
    QCOMPARE(m_rig->full[0].json, std::string(R"({"symbol":"BTCUSDT","lastUpdateId":100,"bids":[["10","1"],["9","1"]],)"
                                              R"("asks":[["11","1"],["12","1"]],"timestamp":1800000000995,)"
                                              R"("updatedAt":"2027-01-15T08:00:01.000Z","partition":0,"offset":0})"));
}

void TestBookSet::handsOnEachChangedBookOnceABatch()
{
    m_rig->goLive(btc);
    m_rig->forgetOutputs();
    m_rig->event(btc, {100, 101, 110}, {{"10", "2"}});
    m_rig->event(btc, {110, 111, 120}, {{"10", "3"}});
    m_rig->set.publish();
    QCOMPARE(m_rig->live.size(), std::size_t(1));
    QCOMPARE(m_rig->live[0].lastId, std::int64_t(120));
    m_rig->set.publish();
    QCOMPARE(m_rig->live.size(), std::size_t(1));
}

void TestBookSet::capsTheLiveLevels()
{
    BookRig rig({.liveLevels = 1, .fullIntervalMs = 1000, .fullBatchMax = 64, .sync = {}});
    rig.select({btc});
    rig.set.assign({0});
    rig.goLive(btc);
    QCOMPARE(rig.live[0].json, std::string(R"({"s":"BTCUSDT","b":[["10","1"]],"a":[["11","1"]],"u":100})"));
}

void TestBookSet::aGapTouchesNoOtherSymbol()
{
    m_rig->goLive(btc);
    m_rig->goLive(eth);
    m_rig->forgetOutputs();
    m_rig->event(btc, {105, 106, 110});
    m_rig->event(eth, {100, 101, 110});
    m_rig->set.publish();
    QCOMPARE(m_rig->state(btc), std::string("buffering gap"));
    QCOMPARE(m_rig->row(btc)->counters.gaps, std::uint64_t(1));
    QCOMPARE(m_rig->requested, (Requests{{btc, priorityResync}}));
    QCOMPARE(m_rig->state(eth), std::string("live bridged"));
    QCOMPARE(m_rig->live.size(), std::size_t(1));
    QCOMPARE(m_rig->live[0].symbol, eth);
}

void TestBookSet::anUnreadableEventHarmsTheSymbolItTells_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("harmed");

    QTest::newRow("the symbol is told") << QByteArray() << QByteArray(R"({"e":"depthUpdate","s":"BTCUSDT","u":"x"})")
                                        << QByteArray("BTCUSDT");
    QTest::newRow("only the key tells it") << QByteArray("BTCUSDT") << QByteArray("<html>") << QByteArray("BTCUSDT");
    QTest::newRow("nobody tells it") << QByteArray() << QByteArray("<html>") << QByteArray();
    QTest::newRow("an unknown symbol") << QByteArray("XUSDT") << QByteArray("{") << QByteArray();
    QTest::newRow("nothing at all") << QByteArray() << QByteArray() << QByteArray();
}

void TestBookSet::anUnreadableEventHarmsTheSymbolItTells()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, harmed);
    m_rig->goLive(btc);
    m_rig->goLive(eth);
    m_rig->forgetOutputs();
    m_rig->message({key.data(), std::size_t(key.size())}, {value.data(), std::size_t(value.size())}, 0);
    const bool isHarmed = !harmed.isEmpty();
    QCOMPARE(m_rig->state(btc), std::string(isHarmed ? "buffering malformed" : "live bridged"));
    QCOMPARE(m_rig->state(eth), std::string("live bridged"));
    QCOMPARE(m_rig->requested.size(), std::size_t(isHarmed ? 1 : 0));
    std::uint64_t malformed = 0;
    for (const std::uint64_t count : m_rig->set.status().counters.malformed)
        malformed += count;
    QCOMPARE(malformed, std::uint64_t(1));
}

void TestBookSet::aKeyOfAnotherSymbolIsNotBelieved()
{
    m_rig->goLive(btc);
    m_rig->forgetOutputs();
    m_rig->message(eth, eventJson(btc, {100, 101, 110}, {}, {}, 0), 1);
    m_rig->set.publish();
    QVERIFY(m_rig->live.empty());
    QCOMPARE(m_rig->row(btc)->lastId, std::int64_t(100));
    QCOMPARE(m_rig->set.status().counters.keyMismatches, std::uint64_t(1));
}

void TestBookSet::countsSymbolsOfOthers()
{
    m_rig->event("XUSDT", {90, 91, 100});
    QCOMPARE(m_rig->set.status().counters.unknownSymbols, std::uint64_t(1));
    QVERIFY(m_rig->requested.empty());
    QCOMPARE(m_rig->state("XUSDT"), std::string("not kept"));
}

void TestBookSet::readsAMessageWithoutKeyOrTimestamp()
{
    const std::string value = eventJson(btc, {90, 91, 100}, {}, {}, 0);
    m_rig->set.onMessage({.key = {}, .value = value, .partition = 0, .offset = 0, .receivedEpochMs = -1});
    QCOMPARE(m_rig->state(btc), std::string("buffering first_event"));
    m_rig->nowMs += 20;
    QCOMPARE(m_rig->row(btc)->eventAgeMs, std::optional<std::int64_t>(20));
}

void TestBookSet::asksAgainAfterAWait()
{
    m_rig->event(btc, {90, 91, 100});
    m_rig->snapshot(btc, 80); // twice at once, then only after a while
    m_rig->snapshot(btc, 80);
    QCOMPARE(m_rig->requested.size(), std::size_t(2));
    m_rig->set.tick();
    QCOMPARE(m_rig->requested.size(), std::size_t(2));
    m_rig->nowMs += SyncLimits{}.retryFirstMs;
    m_rig->set.tick();
    QCOMPARE(m_rig->requested.size(), std::size_t(3));
    m_rig->set.tick();
    QCOMPARE(m_rig->requested.size(), std::size_t(3));
}

void TestBookSet::aBookThatReadersMissGoesFirst()
{
    m_rig->goLive(btc);
    m_rig->set.revoke({0});
    m_rig->set.assign({0});
    m_rig->forgetOutputs();
    m_rig->event(btc, {105, 106, 110}); // a new owner counts from zero, and the book was there all the same
    QCOMPARE(m_rig->requested, (Requests{{btc, priorityResync}}));
}

void TestBookSet::keepsTheWholeBooksPace()
{
    m_rig->goLive(btc);
    m_rig->forgetOutputs();
    m_rig->nowMs += 10;
    m_rig->event(btc, {100, 101, 110});
    m_rig->set.publish();
    QVERIFY(m_rig->full.empty());
    QCOMPARE(m_rig->set.nextFullMs(), std::optional<std::int64_t>(2'000));
    m_rig->nowMs = 2'000; // nothing came since: the last state of the burst follows
    m_rig->set.publish();
    QCOMPARE(m_rig->full.size(), std::size_t(1));
    QCOMPARE(m_rig->full[0].lastId, std::int64_t(110));
    QVERIFY(!m_rig->set.nextFullMs()); // unchanged, not written again
}

void TestBookSet::handsOnEveryBookAgain()
{
    m_rig->goLive(btc);
    m_rig->event(eth, {90, 91, 100}); // waits for its snapshot
    m_rig->forgetOutputs();
    m_rig->nowMs += 500;
    m_rig->set.handOnAll();
    m_rig->set.publish();
    QCOMPARE(m_rig->live.size(), std::size_t(1));
    QCOMPARE(m_rig->live[0].lastId, std::int64_t(100));
    QCOMPARE(m_rig->live[0].appliedUs, m_rig->nowMs * 1000); // for the time that its way to Redis takes
    m_rig->nowMs = *m_rig->set.nextFullMs();
    m_rig->set.publish();
    QCOMPARE(m_rig->full.size(), std::size_t(1));
    QCOMPARE(m_rig->live.size(), std::size_t(1));
}

void TestBookSet::leavesARestForTheNextTurn()
{
    m_rig = std::make_unique<BookRig>(fullEvery(1000, 1));
    m_rig->select({btc, eth});
    m_rig->set.assign({0, 1});
    m_rig->event(btc, {90, 91, 100});
    m_rig->event(eth, {90, 91, 100});
    m_rig->snapshot(btc, 95);
    m_rig->snapshot(eth, 95);
    m_rig->set.publish();
    QCOMPARE(m_rig->live.size(), std::size_t(2));
    QCOMPARE(m_rig->full.size(), std::size_t(1));
    QCOMPARE(m_rig->set.nextFullMs(), std::optional(m_rig->nowMs)); // at once
    m_rig->set.publish();
    QCOMPARE(m_rig->full.size(), std::size_t(2));
    QVERIFY(m_rig->full[0].symbol != m_rig->full[1].symbol);
}

void TestBookSet::makesNoWholeBookWithoutRoom()
{
    m_rig->hasRoom = false;
    m_rig->goLive(btc);
    m_rig->set.publish();
    QCOMPARE(m_rig->live.size(), std::size_t(1));
    QVERIFY(m_rig->full.empty());
    QVERIFY(!m_rig->set.nextFullMs()); // no timer helps
    m_rig->event(btc, {100, 101, 110});
    m_rig->hasRoom = true;
    m_rig->set.publish();
    QCOMPARE(m_rig->full.size(), std::size_t(1));
    QCOMPARE(m_rig->full[0].lastId, std::int64_t(110)); // as it is now, not as it was when its turn came
}

void TestBookSet::writesNoWholeBookWhenTurnedOff()
{
    m_rig = std::make_unique<BookRig>(fullEvery(0));
    m_rig->select({btc});
    m_rig->set.assign({0});
    m_rig->goLive(btc);
    m_rig->set.publishRest();
    QCOMPARE(m_rig->live.size(), std::size_t(1));
    QVERIFY(m_rig->full.empty());
    QVERIFY(!m_rig->set.nextFullMs());
}

void TestBookSet::handsOnTheRestBeforeTheEnd()
{
    m_rig->goLive(btc);
    m_rig->forgetOutputs();
    m_rig->event(btc, {100, 101, 110});
    m_rig->set.publishRest();
    QCOMPARE(m_rig->live.size(), std::size_t(1));
    QCOMPARE(m_rig->full.size(), std::size_t(1)); // though its interval is not over
    QCOMPARE(m_rig->full[0].lastId, std::int64_t(110));
}

// Offsets 0 and 1 are (90,100] and (100,110]; more come before the snapshot or after it.
void TestBookSet::placeBelongsToItsUpdate_data()
{
    QTest::addColumn<QList<int>>("buffered"); // u of further events, each 10 ids long
    QTest::addColumn<int>("snapshot");
    QTest::addColumn<QList<int>>("after");
    QTest::addColumn<qint64>("lastId");
    QTest::addColumn<qint64>("offset");

    QTest::newRow("the last buffered") << QList<int>{} << 95 << QList<int>{} << qint64(110) << qint64(1);
    QTest::newRow("a buffered double") << QList<int>{110, 100} << 95 << QList<int>{} << qint64(110) << qint64(1);
    QTest::newRow("buffered out of order") << QList<int>{130, 120} << 95 << QList<int>{} << qint64(130) << qint64(2);
    QTest::newRow("after the buffer") << QList<int>{} << 95 << QList<int>{120} << qint64(120) << qint64(2);
    QTest::newRow("doubles after it") << QList<int>{} << 95 << QList<int>{120, 110, 120} << qint64(120) << qint64(2);
    QTest::newRow("bridged after the buffer") << QList<int>{} << 115 << QList<int>{120} << qint64(120) << qint64(2);
}

void TestBookSet::placeBelongsToItsUpdate()
{
    QFETCH(QList<int>, buffered);
    QFETCH(int, snapshot);
    QFETCH(QList<int>, after);
    QFETCH(qint64, lastId);
    QFETCH(qint64, offset);
    const auto send = [&](int u) { m_rig->event(btc, {u - 10, u - 9, u}); };
    send(100);
    send(110);
    std::ranges::for_each(buffered, send);
    m_rig->snapshot(btc, snapshot);
    std::ranges::for_each(after, send);
    m_rig->set.publish();
    QCOMPARE(m_rig->full.size(), std::size_t(1));
    QCOMPARE(m_rig->full[0].lastId, lastId);
    QCOMPARE(placeIn(m_rig->full[0].json), fmt::format(R"("partition":0,"offset":{}}})", offset));
}

void TestBookSet::countsResyncsForGood()
{
    const auto gaps = [&] {
        return m_rig->set.status().counters.resyncsByReason[static_cast<std::size_t>(SyncReason::Gap)];
    };
    m_rig->goLive(btc);
    m_rig->event(btc, {105, 106, 110});
    QCOMPARE(gaps(), std::uint64_t(1));
    m_rig->set.revoke({0});
    QCOMPARE(gaps(), std::uint64_t(1));
    m_rig->set.assign({0});
    QCOMPARE(m_rig->row(btc)->counters.resyncs, std::uint64_t(0)); // since this owner began
    QCOMPARE(gaps(), std::uint64_t(1));
    m_rig->select({eth});
    m_rig->select({btc, eth});
    QCOMPARE(gaps(), std::uint64_t(1));
}

void TestBookSet::measuresTheHops()
{
    const std::string value = eventJson(btc, {90, 91, 100}, {}, {}, BookRig::epochAtStartMs + m_rig->nowMs - 9);
    m_rig->set.onMessage({.key = btc,
                          .value = value,
                          .partition = 0,
                          .offset = 0,
                          .receivedEpochMs = BookRig::epochAtStartMs + m_rig->nowMs - 4});
    const BookSetCounters counters = m_rig->set.status().counters;
    QCOMPARE(counters.exchangeHop.maxUs(), std::int64_t(5'000));
    QCOMPARE(counters.kafkaHop.maxUs(), std::int64_t(4'000));
    QCOMPARE(counters.bookHop.count(), std::uint64_t(0)); // buffered, not applied
    m_rig->snapshot(btc, 95);
    m_rig->event(btc, {100, 101, 110});
    QCOMPARE(m_rig->set.status().counters.bookHop.count(), std::uint64_t(1));
}

void TestBookSet::showsAViewOfWhatItKeeps()
{
    QVERIFY(!m_rig->set.view("XUSDT", 1));
    m_rig->goLive(btc);
    const auto view = m_rig->set.view(btc, 1);
    QCOMPARE(view->state, SyncState::Live);
    QCOMPARE(view->bids.size(), std::size_t(1));
    QCOMPARE(view->bidCount, std::size_t(2));
    QCOMPARE(view->lastId, std::int64_t(100));
    QCOMPARE(view->appliedMs, BookRig::epochAtStartMs + m_rig->nowMs);
    m_rig->event(btc, {105, 106, 110});
    QVERIFY(m_rig->set.view(btc, 1)->bids.empty()); // not proven any more
    m_rig->set.revoke({0});
    QVERIFY(!m_rig->set.view(btc, 1));
}

QTEST_GUILESS_MAIN(TestBookSet)
#include "tst_book_set.moc"

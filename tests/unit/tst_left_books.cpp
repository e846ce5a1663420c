// Books that the last owner left in Redis: taken up where the events go on from them, and only there.
#include "support/book_rig.h"
#include "support/std_string.h"

#include <QtTest>

using namespace obm;
using namespace obm::test;

namespace {

// What a former owner wrote of a book that stood at 100, its event at this offset.
FullBook leftBook(const std::string& symbol, std::int64_t offset)
{
    BookRig former;
    former.select({symbol});
    former.set.assign({0, 1, 2});
    former.nextOffset[partitionOfName(symbol)] = offset;
    former.goLive(symbol);
    return parseFullBook(former.full.at(0).json).value();
}

} // namespace

class TestLeftBooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<BookRig>();
        m_rig->select({btc, eth, ada});
    }

    void readsWhatWasWritten();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void goesOnFromItsOwnEvent();
    void goesOnWithTheNextEvent();
    void syncsAnewAfterAGap();
    void doesNotTakeUpWhatIsNotItsOwn_data();
    void doesNotTakeUpWhatIsNotItsOwn();
    void readsOnFromTheOldestThatIsNotFarBehind();
    void prefersABookSetAside();
    void prefersWhatAnotherOwnerLeftFartherOn();
    void asksForALeftBookThatIsWorn();
    void knowsNothingBeyondTheWorstLevel();
    void idsThatBeganAnewAreNoticed();

private:
    std::unique_ptr<BookRig> m_rig;
};

void TestLeftBooks::readsWhatWasWritten()
{
    const FullBook book = leftBook(btc, 41);
    QCOMPARE(book.symbol, btc);
    QCOMPARE(book.levels.lastUpdateId, std::int64_t(100));
    QCOMPARE(book.levels.eventTimeMs, BookRig::epochAtStartMs + 995);
    QCOMPARE(book.partition, 0);
    QCOMPARE(book.offset, std::int64_t(41));
    QCOMPARE(book.levels.bids.size(), std::size_t(2));
    QCOMPARE(book.levels.bids.front().price.toString(), std::string("10"));
    QCOMPARE(book.updatedAt, std::string("2027-01-15T08:00:01.000Z"));
}

void TestLeftBooks::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* name, const char* json) { QTest::newRow(name) << QByteArray(json); };
    row("empty", "");
    row("no JSON", "book");
    row("no object", "[]");
    row("no symbol", R"({"lastUpdateId":1,"bids":[],"asks":[]})");
    row("no id", R"({"symbol":"A","bids":[],"asks":[]})");
    row("no bids", R"({"symbol":"A","lastUpdateId":1,"asks":[]})");
    row("an id below 0", R"({"symbol":"A","lastUpdateId":-1,"bids":[],"asks":[]})");
    row("a level without a price", R"({"symbol":"A","lastUpdateId":1,"bids":[["x","1"]],"asks":[]})");
    row("a partition beyond int", R"({"symbol":"A","lastUpdateId":1,"bids":[],"asks":[],"partition":4294967296})");
    row("cut off", R"({"symbol":"A","lastUpdateId":1,"bids":[["1","1"])");
}

void TestLeftBooks::refusesWhatIsNone()
{
    QFETCH(QByteArray, json);
    QVERIFY(!parseFullBook(std::string_view(json.data(), static_cast<std::size_t>(json.size()))));
}

void TestLeftBooks::goesOnFromItsOwnEvent()
{
    QCOMPARE(m_rig->set.newcomers({0, 1}), (Names{btc, eth}));
    QCOMPARE(m_rig->set.assign({0, 1}, {{btc, leftBook(btc, 41)}}), (Offsets{{0, 41}}));
    QCOMPARE(m_rig->state(btc), std::string("bridging resumed"));
    QCOMPARE(m_rig->state(eth), std::string("waiting created"));
    m_rig->event(btc, {90, 91, 100}, {{"10", "1"}}); // the message at 41, once more
    m_rig->set.publish();
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
    QCOMPARE(m_rig->live.size(), std::size_t(1));
    QVERIFY(m_rig->requested.empty());
    QCOMPARE(m_rig->row(btc)->counters.resyncs, std::uint64_t(0));
}

void TestLeftBooks::goesOnWithTheNextEvent()
{
    m_rig->set.assign({0}, {{btc, leftBook(btc, 41)}});
    m_rig->event(btc, {80, 81, 90}); // what it has seen
    QCOMPARE(m_rig->state(btc), std::string("bridging resumed"));
    m_rig->event(btc, {100, 101, 110});
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
    QCOMPARE(m_rig->row(btc)->lastId, std::int64_t(110));
}

void TestLeftBooks::syncsAnewAfterAGap()
{
    m_rig->set.assign({0}, {{btc, leftBook(btc, 41)}});
    m_rig->event(btc, {105, 106, 110}); // retention took what lay between
    QCOMPARE(m_rig->state(btc), std::string("buffering not_resumed"));
    QCOMPARE(m_rig->requested.size(), std::size_t(1));
    QVERIFY(m_rig->requested.front().second < priorityWorn);
    QCOMPARE(m_rig->row(btc)->counters.resyncs, std::uint64_t(0)); // nobody lost anything here
    m_rig->snapshot(btc, 108);
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
}

void TestLeftBooks::doesNotTakeUpWhatIsNotItsOwn_data()
{
    QTest::addColumn<int>("partition");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<bool>("isSorted");
    QTest::newRow("of another partition") << 1 << qint64(41) << true;
    QTest::newRow("without a place") << 0 << qint64(-1) << true;
    QTest::newRow("unsorted") << 0 << qint64(41) << false;
}

void TestLeftBooks::doesNotTakeUpWhatIsNotItsOwn()
{
    QFETCH(int, partition);
    QFETCH(qint64, offset);
    QFETCH(bool, isSorted);

    FullBook book = leftBook(btc, 41);
    book.partition = partition;
    book.offset = offset;
    if (!isSorted)
        std::ranges::reverse(book.levels.bids);
    QCOMPARE(m_rig->set.assign({0}, {{btc, book}}), Offsets{});
    QCOMPARE(m_rig->state(btc), std::string("waiting created"));
}

void TestLeftBooks::readsOnFromTheOldestThatIsNotFarBehind()
{
    m_rig = std::make_unique<BookRig>(BookSetLimits{.resumeBehindMax = 50});
    const std::string sol = "SOLUSDT"; // as ada on partition 2
    const std::string xrp = "XRPUSDT";
    m_rig->select({ada, sol, xrp});
    const LeftBooks left{{ada, leftBook(ada, 1'000)}, {sol, leftBook(sol, 960)}, {xrp, leftBook(xrp, 10)}};
    QCOMPARE(m_rig->set.assign({2}, left), (Offsets{{2, 960}}));
    QCOMPARE(m_rig->state(xrp), std::string("bridging resumed")); // quiet: its next event will tell
    QCOMPARE(m_rig->set.revoke({2}), (Names{ada, sol, xrp}));
    QCOMPARE(m_rig->set.assign({2}), (Offsets{{2, 960}}));
}

void TestLeftBooks::prefersABookSetAside()
{
    m_rig->set.assign({0});
    m_rig->goLive(btc);
    m_rig->set.revoke({0});
    QCOMPARE(m_rig->set.newcomers({0}), Names{});
    QCOMPARE(m_rig->set.assign({0}, {{btc, leftBook(btc, 0)}}), (Offsets{{0, 1}}));
}

void TestLeftBooks::prefersWhatAnotherOwnerLeftFartherOn()
{
    m_rig->set.assign({0});
    m_rig->goLive(btc);
    m_rig->set.revoke({0});
    m_rig->nowMs += BookSetLimits().asideMaxMs + 1; // another one has kept it since
    QCOMPARE(m_rig->set.newcomers({0}), Names{btc});
    QCOMPARE(m_rig->set.assign({0}, {{btc, leftBook(btc, 41)}}), (Offsets{{0, 41}}));
    QCOMPARE(m_rig->state(btc), std::string("bridging resumed"));
    m_rig->nextOffset[0] = 41;
    m_rig->event(btc, {90, 91, 100});
    m_rig->set.revoke({0});
    m_rig->nowMs += BookSetLimits().asideMaxMs + 1;
    QCOMPARE(m_rig->set.assign({0}), (Offsets{{0, 42}})); // nobody has
}

// Two levels a side of what may have been a thousand: the market's own may come beyond them any time.
void TestLeftBooks::asksForALeftBookThatIsWorn()
{
    m_rig->set.assign({0}, {{btc, leftBook(btc, 41)}});
    m_rig->event(btc, {100, 101, 110});
    m_rig->event(btc, {110, 111, 120});
    m_rig->set.tick();
    QCOMPARE(m_rig->requested, (std::vector<std::pair<std::string, int>>{{btc, priorityWorn}}));
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
}

void TestLeftBooks::knowsNothingBeyondTheWorstLevel()
{
    m_rig->set.assign({0}, {{btc, leftBook(btc, 41)}});
    m_rig->event(btc, {100, 101, 110}, {{"8", "5"}, {"9.5", "2"}});
    m_rig->set.publish();
    QCOMPARE(
        m_rig->live.at(0).json,
        std::string(R"({"s":"BTCUSDT","b":[["10","1"],["9.5","2"],["9","1"]],"a":[["11","1"],["12","1"]],"u":110})"));
}

void TestLeftBooks::idsThatBeganAnewAreNoticed()
{
    m_rig->set.assign({0}, {{btc, leftBook(btc, 41)}});
    for (std::int64_t id = 1; id <= 4; ++id) {
        m_rig->nowMs += 6'000;
        m_rig->event(btc, {id - 1, id, id});
    }
    QCOMPARE(m_rig->row(btc)->state, SyncState::Buffering);
}

QTEST_APPLESS_MAIN(TestLeftBooks)
#include "tst_left_books.moc"

// A pipeline seen from outside: what the texts in Redis say of a book, and what a group's commits say of its age.
#include "support/std_string.h"
#include "viewer/book_text.h"
#include "viewer/end_times.h"
#include "viewer/outside_rows.h"

#include <QTest>

using namespace obm;

namespace {

constexpr std::int64_t epochNow = 1'700'000'000'000; // 2023-11-14T22:13:20.000Z
constexpr const char* live = R"({"s":"BTCUSDT","b":[["10.0","1"],["9.9","2"]],"a":[["10.1","3"]],"u":77})";

std::string status(const char* state, int gaps = 0, int resyncs = 0, const char* owner = "a:1:7")
{
    return R"({"state":")" + std::string(state) + R"(","u":70,"ageMs":40,"gaps":)" + std::to_string(gaps) +
           R"(,"resyncs":)" + std::to_string(resyncs) + R"(,"owner":")" + owner +
           R"(","updatedAt":"2023-11-14T22:13:19.900Z"})";
}

} // namespace

class TestOutsideRows : public QObject
{
    Q_OBJECT

    const BookRow& look(std::optional<std::string> statusText, std::int64_t steadyMs = 1'000)
    {
        static const BookRow none;
        m_rows.take(std::array<std::string, 1>{"BTCUSDT"}, std::array{BookReading{live, std::move(statusText)}},
                    {.steadyMs = steadyMs, .epochMs = epochNow, .partitions = 6});
        return m_rows.rows().empty() ? none : m_rows.rows().front();
    }

private Q_SLOTS:
    void init() { m_rows = OutsideRows(); }
    void readsABook();
    void hidesTheLevelsOfABookThatIsNotLive();
    void saysThatNobodyKeepsIt_data();
    void saysThatNobodyKeepsIt();
    void forgetsWhatItCannotRead();
    void knowsSinceWhen();
    void tellsAGapFromOtherReasons();
    void countsAnewWithANewOwner();
    void readsTheViewsOfABook();
    void refusesATextThatIsNoBook_data();
    void refusesATextThatIsNoBook();
    void tellsHowOldAPlaceIs();

private:
    OutsideRows m_rows;
};

void TestOutsideRows::readsABook()
{
    const BookRow& row = look(status("live", 2, 3));
    QCOMPARE(row.symbol, std::string("BTCUSDT"));
    QVERIFY(row.state == SyncState::Live);
    QCOMPARE(row.lastId, std::int64_t(77));
    QCOMPARE(row.eventAgeMs.value(), std::int64_t(140));
    QCOMPARE(row.bestBid->price.toString(), std::string("10.0"));
    QCOMPARE(row.bestAsk->quantity.toString(), std::string("3"));
    QCOMPARE(row.counters.gaps, std::uint64_t(2));
    QCOMPARE(row.counters.resyncs, std::uint64_t(3));
    QVERIFY(row.partition >= 0 && row.partition < 6);
    QVERIFY(m_rows.isLive("BTCUSDT"));
    QCOMPARE(m_rows.owners(), std::set<std::string>{"a:1:7"});
    QVERIFY(m_rows.withoutBook().empty());
}

void TestOutsideRows::hidesTheLevelsOfABookThatIsNotLive()
{
    const BookRow& row = look(status("buffering"));
    QVERIFY(row.state == SyncState::Buffering);
    QVERIFY(!row.bestBid && !row.bestAsk);
    QVERIFY(!m_rows.isLive("BTCUSDT"));
    QVERIFY(!look(status("waiting")).eventAgeMs);
}

void TestOutsideRows::saysThatNobodyKeepsIt_data()
{
    QTest::addColumn<std::optional<std::string>>("text");
    QTest::newRow("no key") << std::optional<std::string>();
    QTest::newRow("no JSON") << std::optional<std::string>("live");
    QTest::newRow("no state") << std::optional<std::string>("{}");
    QTest::newRow("unknown state") << std::optional(status("dancing"));
}

void TestOutsideRows::saysThatNobodyKeepsIt()
{
    QFETCH(std::optional<std::string>, text);
    look(text);
    QVERIFY(m_rows.rows().empty() && m_rows.owners().empty());
    QCOMPARE(m_rows.withoutBook(), std::vector<std::string>{"BTCUSDT"});
    QVERIFY(!m_rows.isLive("BTCUSDT"));
}

void TestOutsideRows::forgetsWhatItCannotRead()
{
    look(status("live"));
    m_rows.forget(std::array<std::string, 1>{"BTCUSDT"});
    QVERIFY(m_rows.rows().empty() && m_rows.owners().empty());
    QCOMPARE(m_rows.withoutBook(), std::vector<std::string>{"BTCUSDT"});
}

void TestOutsideRows::knowsSinceWhen()
{
    QCOMPARE(look(status("live"), 1'000).stateForMs, std::int64_t(-1)); // it was so before
    QCOMPARE(look(status("buffering"), 2'000).stateForMs, std::int64_t(0));
    QCOMPARE(look(status("buffering"), 2'500).stateForMs, std::int64_t(500));
    look({}, 3'000);
    QCOMPARE(look(status("live"), 4'000).stateForMs, std::int64_t(0));
}

void TestOutsideRows::tellsAGapFromOtherReasons()
{
    constexpr auto gap = static_cast<std::size_t>(SyncReason::Gap);
    QVERIFY(!look(status("live", 1, 1)).lastResync); // from before
    const BookRow& after = look(status("buffering", 2, 2));
    QVERIFY(after.lastResync && after.lastResync->reason == SyncReason::Gap);
    QCOMPARE(after.counters.resyncsByReason[gap], std::uint64_t(1));
    const BookRow& other = look(status("buffering", 2, 3));
    QVERIFY(!other.lastResync);
    QCOMPARE(other.counters.resyncsByReason[gap], std::uint64_t(1));
}

void TestOutsideRows::countsAnewWithANewOwner()
{
    look(status("live", 5, 5));
    const BookRow& row = look(status("live", 0, 0, "b:2:8"));
    QCOMPARE(row.counters.gaps, std::uint64_t(0));
    QVERIFY(!row.lastResync);
    QCOMPARE(m_rows.owners(), std::set<std::string>{"b:2:8"});
    QVERIFY(look(status("live", 1, 1, "b:2:8")).lastResync.has_value());
}

void TestOutsideRows::readsTheViewsOfABook()
{
    const auto top = viewOfLive("BTCUSDT", live);
    QVERIFY(top && top->state == SyncState::Live);
    QCOMPARE(top->lastId, std::int64_t(77));
    QCOMPARE(top->bids.size(), std::size_t(2));
    QCOMPARE(top->bids[1].price.toString(), std::string("9.9"));
    const auto whole =
        viewOfFull("BTCUSDT",
                   R"({"symbol":"BTCUSDT","lastUpdateId":78,"bids":[["10.0","1"],["9.9","2"]],"asks":[],"timestamp":5,)"
                   R"("updatedAt":"2023-11-14T22:13:20.000Z","partition":3,"offset":9})",
                   1);
    QVERIFY(whole);
    QCOMPARE(whole->lastId, std::int64_t(78));
    QCOMPARE(whole->bids.size(), std::size_t(1));
    QCOMPARE(whole->bidCount, std::size_t(2));
    QCOMPARE(whole->eventTimeMs, std::int64_t(5));
    QCOMPARE(whole->appliedMs, epochNow);
    QCOMPARE(whole->partition, 3);
    QCOMPARE(whole->offset, std::int64_t(9));
}

void TestOutsideRows::refusesATextThatIsNoBook_data()
{
    QTest::addColumn<std::string>("text");
    for (const char* text :
         {"", "{}", "[]", R"({"b":[],"a":[]})", R"({"b":1,"a":[],"u":1})", R"({"b":[["x","1"]],"a":[],"u":1})",
          R"({"b":[["1"]],"a":[],"u":1})", R"({"b":[[1,2]],"a":[],"u":1})"})
        QTest::newRow(text) << std::string(text);
}

void TestOutsideRows::refusesATextThatIsNoBook()
{
    QFETCH(std::string, text);
    QVERIFY(!viewOfLive("BTCUSDT", text));
    QVERIFY(!viewOfFull("BTCUSDT", text, 10));
}

void TestOutsideRows::tellsHowOldAPlaceIs()
{
    EndTimes ends;
    QCOMPARE(ends.behindMs(0, 100), std::int64_t(0));
    ends.note(10, 1'000);
    ends.note(20, 2'000);
    ends.note(20, 3'000);
    ends.note(35, 4'000);
    QCOMPARE(ends.behindMs(35, 5'000), std::int64_t(0)); // nothing is there yet
    QCOMPARE(ends.behindMs(34, 5'000), std::int64_t(1'000));
    QCOMPARE(ends.behindMs(10, 5'000), std::int64_t(3'000));
    QCOMPARE(ends.behindMs(0, 5'000), std::int64_t(4'000));
    ends.note(5, 6'000); // the topic was made anew
    QCOMPARE(ends.behindMs(0, 7'000), std::int64_t(1'000));
    for (int i = 0; i < 10'000; ++i)
        ends.note(10 + i, 8'000 + i);
    QCOMPARE(ends.behindMs(0, 18'000), static_cast<std::int64_t>(EndTimes::samplesMax));
}

QTEST_GUILESS_MAIN(TestOutsideRows)
#include "tst_outside_rows.moc"

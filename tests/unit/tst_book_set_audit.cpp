// Audits of many books: whose turn it is, and what the events of others tell of a stream that says nothing any more.
#include "support/book_rig.h"

#include <QTest>

using namespace obm;
using namespace obm::test;

namespace {

DepthSnapshot snapshotNow(const BookRig& rig, std::int64_t lastUpdateId, Texts bids)
{
    DepthSnapshot made = snapshot(lastUpdateId, bids, {{"11", "1"}, {"12", "1"}});
    made.eventTimeMs = BookRig::epochAtStartMs + rig.nowMs;
    return made;
}

// BTCUSDT, whose audit is asked for, and ADAUSDT.
void liveOnOnePartition(BookRig& rig)
{
    rig.set.setSymbols({btc, ada}, [](std::string_view) { return 2; });
    rig.set.assign({2});
    for (const std::string& symbol : {btc, ada}) {
        rig.eventAt(2, symbol, {90, 91, 100});
        rig.snapshot(symbol, 95);
    }
    rig.set.tick();
    rig.set.onSnapshotRequested(btc);
}

} // namespace

class TestBookSetAudit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTurns();
    void yieldsToBooksThatAreNotLive();
    void aStreamThatIsDeadShowsItself();
    void aQuietStreamIsNotDead();
};

// BTCUSDT's events end after 100, the exchange goes on; ADAUSDT's on the same partition tell that nothing is under way.
void TestBookSetAudit::aStreamThatIsDeadShowsItself()
{
    BookRig rig({.auditIntervalMs = 1'000});
    liveOnOnePartition(rig);
    rig.set.onSnapshot(btc, snapshotNow(rig, 500, {{"10", "2"}, {"9", "1"}}));
    constexpr std::int64_t year2100 = 4'102'444'800'000;
    rig.message(ada, eventJson(ada, {100, 101, 105}, {}, {}, year2100), 2);
    rig.set.tick();
    QCOMPARE(rig.row(btc)->state, SyncState::Live); // of which nobody is past it
    rig.nowMs += 29'000;
    rig.event(ada, {105, 106, 110});
    rig.set.tick();
    QCOMPARE(rig.row(btc)->state, SyncState::Live); // an event may still be under way
    rig.nowMs += 2'000;
    rig.set.tick();
    QCOMPARE(rig.row(btc)->state, SyncState::Live); // nobody has heard of that time yet
    rig.forgetOutputs();
    rig.event(ada, {110, 111, 120});
    rig.set.tick();
    QCOMPARE(rig.row(btc)->state, SyncState::Buffering);
    QCOMPARE(rig.row(btc)->reason, SyncReason::Audit);
    QCOMPARE(rig.requested.front().first, btc);
    rig.snapshot(btc, 500); // not live before an event proves it
    QCOMPARE(rig.row(btc)->state, SyncState::Bridging);
}

void TestBookSetAudit::aQuietStreamIsNotDead()
{
    BookRig rig({.auditIntervalMs = 1'000});
    liveOnOnePartition(rig);
    rig.set.onSnapshot(btc, snapshotNow(rig, 500, {{"10", "1"}, {"9", "1"}})); // ids that nobody sees, the same book
    rig.nowMs += 31'000;
    rig.event(ada, {100, 101, 110});
    rig.set.tick();
    QCOMPARE(rig.row(btc)->state, SyncState::Live);
    QCOMPARE(rig.row(btc)->lastAudit->verdict, AuditVerdict::Equal);
    rig.event(btc, {100, 501, 510});
    QCOMPARE(rig.row(btc)->state, SyncState::Live);
}

void TestBookSetAudit::takesTurns()
{
    BookRig rig({.auditIntervalMs = 1'000, .sync = {.auditEveryMs = 5'000}});
    rig.select({btc, eth});
    rig.set.assign({0, 1});
    rig.goLive(btc);
    rig.goLive(eth);
    Names asked;
    for (int second = 0; second < 8; ++second, rig.nowMs += 1'000) {
        rig.forgetOutputs();
        rig.set.tick();
        rig.set.tick(); // no second one in the same second
        for (const auto& [symbol, priority] : rig.requested) {
            QCOMPARE(priority, priorityAudit);
            asked.push_back(symbol);
            rig.set.onSnapshotRequested(symbol);
            rig.event(symbol, {100, 101, 110});
            rig.set.onSnapshot(symbol, snapshotAt(105));
        }
    }
    QCOMPARE(asked, (Names{btc, eth, btc, eth})); // each at most every 5 s
    QCOMPARE(rig.row(btc)->lastAudit->verdict, AuditVerdict::Equal);
    QCOMPARE(rig.row(btc)->counters.auditsByVerdict, (std::array<std::uint64_t, 4>{1, 0, 0, 1})); // older than the book
}

void TestBookSetAudit::yieldsToBooksThatAreNotLive()
{
    static_assert(priorityAudit < priorityCold && priorityCold + priorityActivityMax < priorityWorn);
    BookRig rig({.auditIntervalMs = 1'000});
    rig.select({btc, eth});
    rig.set.assign({0, 1});
    rig.goLive(btc);
    rig.set.tick();
    rig.forgetOutputs();
    rig.event(btc, {105, 106, 110}); // a gap while its audit waits for its turn
    QCOMPARE(rig.requested.size(), std::size_t(1));
    QVERIFY(rig.requested.front().second >= priorityResync);
}

QTEST_APPLESS_MAIN(TestBookSetAudit)
#include "tst_book_set_audit.moc"

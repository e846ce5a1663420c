// The state machine of one symbol: every way into and out of its states, with the time as an argument.
#include "book/book_sync.h"
#include "support/make_sync.h"

#include <QTest>

using namespace obm;
using namespace obm::test;

Q_DECLARE_METATYPE(obm::SyncOutcome)

class TestBookSync : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsForTheFirstEvent();
    void bridges_data();
    void bridges();
    void waitsForTheNextEventAfterTheSnapshot();
    void bridgingEventMayEqualTheSnapshot();
    void refetchesAfterAnEventBeyondTheSnapshot();
    void keepsTheBufferOverFailuresAndStaleSnapshots();
    void refusesABadSnapshot();
    void ignoresASnapshotNobodyWaitsFor();
    void appliesDuplicatesOnce();
    void syncsAgainAfterAGap();
    void findsAGapInsideTheBuffer();
    void boundsItsBuffer();
    void boundsItsBufferInBytes();
    void stopsWhenRejected();
    void obeysTheOperator();
    void resumesByTheIdRule();
    void asksAnewWhenResumedWhileBuffering();
    void keepsABoundedHistory();
};

void TestBookSync::waitsForTheFirstEvent()
{
    BookSync sync(startMs);
    QCOMPARE(stateOf(sync), QByteArray("waiting created"));
    QVERIFY(!sync.wantsSnapshot(startMs));
    sync.onMalformed(startMs); // nothing to lose yet
    QCOMPARE(sync.state(), SyncState::Waiting);

    QCOMPARE(sync.onUpdate(update({90, 91, 100}), startMs + 5), SyncOutcome::Buffered);
    QCOMPARE(stateOf(sync), QByteArray("buffering first_event"));
    QCOMPARE(sync.sinceMs(), startMs + 5);
    QVERIFY(sync.wantsSnapshot(startMs + 5));
    QCOMPARE(sync.counters().resyncs, std::uint64_t(0));

    sync.onSnapshotQueued();
    QVERIFY(!sync.wantsSnapshot(startMs + 6));
    QCOMPARE(sync.snapshotPhase(), SnapshotPhase::Queued);
    sync.onSnapshotRequested();
    QCOMPARE(sync.snapshotPhase(), SnapshotPhase::Requested);
}

void TestBookSync::bridges_data()
{
    QTest::addColumn<qint64>("lastUpdateId"); // events (90,100] and (100,110] are in the buffer
    QTest::addColumn<SyncOutcome>("outcome");
    QTest::addColumn<qint64>("lastId");

    QTest::newRow("older than the buffer") << qint64(89) << SyncOutcome::SyncAgain << qint64(0);
    QTest::newRow("pu of the first event") << qint64(90) << SyncOutcome::WentLive << qint64(110);
    QTest::newRow("inside the first event") << qint64(95) << SyncOutcome::WentLive << qint64(110);
    QTest::newRow("u of the first event") << qint64(100) << SyncOutcome::WentLive << qint64(110);
    QTest::newRow("inside the second") << qint64(101) << SyncOutcome::WentLive << qint64(110);
    QTest::newRow("u of the last") << qint64(110) << SyncOutcome::WentLive << qint64(110);
    QTest::newRow("beyond the buffer") << qint64(111) << SyncOutcome::Bridging << qint64(0);
}

void TestBookSync::bridges()
{
    QFETCH(qint64, lastUpdateId);
    QFETCH(SyncOutcome, outcome);
    QFETCH(qint64, lastId);

    BookSync sync = buffering();
    sync.onUpdate(update({100, 102, 110}, {{"10", "7"}}), startMs);
    DepthSnapshot taken = snapshotAt(lastUpdateId);
    if (lastUpdateId >= 110) // it has seen the event that sets this level
        taken.bids.front().quantity = level("10", "7").quantity;
    QCOMPARE(sync.onSnapshot(taken, startMs + 9), outcome);
    QCOMPARE(sync.lastId(), lastId);
    if (outcome == SyncOutcome::WentLive) {
        QCOMPARE(stateOf(sync), QByteArray("live bridged"));
        QCOMPARE(sync.book().bids().best().quantity.toString(), std::string("7"));
        QVERIFY(sync.buffer().isEmpty());
    }
}

void TestBookSync::waitsForTheNextEventAfterTheSnapshot()
{
    BookSync sync = buffering();
    QCOMPARE(sync.onSnapshot(snapshotAt(150), startMs), SyncOutcome::Bridging);
    QCOMPARE(stateOf(sync), QByteArray("bridging snapshot_loaded"));
    QVERIFY(!sync.wantsSnapshot(startMs + 60'000));
    QCOMPARE(sync.onUpdate(update({100, 101, 149}), startMs), SyncOutcome::Duplicate);
    QCOMPARE(sync.onUpdate(update({149, 150, 160}), startMs), SyncOutcome::WentLive);
    QCOMPARE(sync.lastId(), std::int64_t(160));
    QCOMPARE(sync.onUpdate(update({160, 161, 170}), startMs), SyncOutcome::Applied);
}

void TestBookSync::bridgingEventMayEqualTheSnapshot()
{
    BookSync sync = buffering();
    sync.onSnapshot(snapshot(150, {{"10", "8"}}, {{"11", "1"}}), startMs);
    QCOMPARE(sync.onUpdate(update({140, 141, 150}, {{"10", "8"}}), startMs), SyncOutcome::WentLive);
    QCOMPARE(sync.book().bids().best().quantity.toString(), std::string("8"));
    QCOMPARE(sync.onUpdate(update({140, 141, 150}), startMs), SyncOutcome::Duplicate);
}

void TestBookSync::refetchesAfterAnEventBeyondTheSnapshot()
{
    BookSync sync = buffering();
    sync.onSnapshot(snapshotAt(150), startMs);
    QCOMPARE(sync.onUpdate(update({151, 152, 160}), startMs), SyncOutcome::SyncAgain);
    QCOMPARE(stateOf(sync), QByteArray("buffering stale_snapshot"));
    QVERIFY(sync.book().isEmpty());
    QVERIFY(sync.wantsSnapshot(startMs));
    QCOMPARE(sync.onSnapshot(snapshotAt(155), startMs), SyncOutcome::WentLive);
    QCOMPARE(sync.lastId(), std::int64_t(160));
    QCOMPARE(sync.counters().gaps, std::uint64_t(0));
}

void TestBookSync::keepsTheBufferOverFailuresAndStaleSnapshots()
{
    BookSync sync = buffering();
    sync.onSnapshotQueued();
    sync.onSnapshotRequested();
    for (int i = 0; i < 10; ++i)
        sync.onSnapshotFailed(startMs + i); // whoever fetches goes on trying
    QVERIFY(!sync.wantsSnapshot(startMs + 60'000));
    QCOMPARE(sync.counters().snapshotFailures, std::uint64_t(10));
    QCOMPARE(sync.history().back().reason, SyncReason::SnapshotFailed);
    QCOMPARE(sync.history().size(), std::size_t(2)); // an outage is one entry
    sync.onUpdate(update({100, 101, 110}), startMs);

    QCOMPARE(sync.onSnapshot(snapshotAt(50), startMs), SyncOutcome::SyncAgain);
    QCOMPARE(sync.buffer().size(), std::size_t(2));
    QVERIFY(sync.wantsSnapshot(startMs));
    QCOMPARE(sync.onSnapshot(snapshotAt(95), startMs), SyncOutcome::WentLive);
    QCOMPARE(sync.lastId(), std::int64_t(110));
}

void TestBookSync::refusesABadSnapshot()
{
    BookSync sync = buffering();
    QCOMPARE(sync.onSnapshot(snapshot(95, {{"12", "1"}}, {{"11", "1"}}), startMs), SyncOutcome::SyncAgain);
    QCOMPARE(stateOf(sync), QByteArray("buffering bad_snapshot"));
    QCOMPARE(sync.buffer().size(), std::size_t(1));
    QCOMPARE(sync.onSnapshot(snapshotAt(95), startMs), SyncOutcome::WentLive);
}

void TestBookSync::ignoresASnapshotNobodyWaitsFor()
{
    BookSync sync = live();
    QCOMPARE(sync.onSnapshot(snapshotAt(500), startMs), SyncOutcome::Ignored);
    QCOMPARE(sync.onUpdate(update({100, 101, 110}), startMs), SyncOutcome::Applied);
    BookSync waiting(startMs);
    QCOMPARE(waiting.onSnapshot(snapshotAt(500), startMs), SyncOutcome::Ignored);
    QCOMPARE(waiting.state(), SyncState::Waiting);
}

void TestBookSync::appliesDuplicatesOnce()
{
    BookSync sync = live();
    const DepthUpdate next = update({100, 101, 110}, {{"10", "5"}});
    QCOMPARE(sync.onUpdate(next, startMs), SyncOutcome::Applied);
    QCOMPARE(sync.onUpdate(update({110, 111, 120}, {{"10", "6"}}), startMs), SyncOutcome::Applied);
    QCOMPARE(sync.onUpdate(next, startMs), SyncOutcome::Duplicate);
    QCOMPARE(sync.book().bids().best().quantity.toString(), std::string("6"));
    QCOMPARE(sync.counters().duplicates, std::uint64_t(1));
    QCOMPARE(sync.counters().applied, std::uint64_t(3));
}

void TestBookSync::syncsAgainAfterAGap()
{
    BookSync sync = live();
    QCOMPARE(sync.onUpdate(update({105, 106, 110}), startMs + 1), SyncOutcome::SyncAgain);
    QCOMPARE(stateOf(sync), QByteArray("buffering gap"));
    QCOMPARE(sync.counters().gaps, std::uint64_t(1));
    QCOMPARE(sync.counters().resyncs, std::uint64_t(1));
    QVERIFY(sync.book().isEmpty());
    QCOMPARE(sync.buffer().front().lastId, std::int64_t(110));

    const SyncTransition& transition = sync.history().back();
    QCOMPARE(transition.from, SyncState::Live);
    QCOMPARE(transition.lastId, std::int64_t(100));
    QCOMPARE(transition.eventPreviousId, std::int64_t(105));
    QCOMPARE(transition.atMs, startMs + 1);

    QCOMPARE(sync.onSnapshot(snapshotAt(108), startMs), SyncOutcome::WentLive);
    QCOMPARE(sync.lastId(), std::int64_t(110));
}

void TestBookSync::findsAGapInsideTheBuffer()
{
    BookSync sync = buffering();
    sync.onUpdate(update({105, 106, 110}), startMs);
    QCOMPARE(sync.onSnapshot(snapshotAt(95), startMs), SyncOutcome::SyncAgain);
    QCOMPARE(stateOf(sync), QByteArray("buffering gap"));
    QCOMPARE(sync.buffer().size(), std::size_t(1));
    QCOMPARE(sync.onSnapshot(snapshotAt(110), startMs), SyncOutcome::WentLive);
}

void TestBookSync::boundsItsBuffer()
{
    BookSync sync = buffering({.queued = {4, 1 << 20}, .requested = {8, 1 << 20}});
    std::int64_t last = 100;
    const auto feed = [&](int count) {
        for (int i = 0; i < count; ++i, last += 10)
            sync.onUpdate(update({last, last + 1, last + 10}), startMs);
    };
    feed(20);
    QCOMPARE(sync.buffer().size(), std::size_t(4));
    QCOMPARE(sync.counters().bufferTrimmed, std::uint64_t(17));
    QCOMPARE(sync.counters().bufferDropped, std::uint64_t(0));
    sync.onSnapshotQueued();
    sync.onSnapshotRequested();
    feed(20);
    QCOMPARE(sync.buffer().size(), std::size_t(8));
    QCOMPARE(sync.counters().bufferDropped, std::uint64_t(16));
    // The newest are there: a snapshot of now bridges.
    QCOMPARE(sync.onSnapshot(snapshotAt(last - 5), startMs), SyncOutcome::WentLive);
    QCOMPARE(sync.lastId(), last);
}

void TestBookSync::boundsItsBufferInBytes()
{
    BookSync sync = buffering({.queued = {1000, 2000}});
    DepthUpdate large = update({100, 101, 110});
    large.bids.assign(1000, test::level("1", "1"));
    sync.onUpdate(large, startMs);
    QCOMPARE(sync.buffer().size(), std::size_t(1)); // the newest stays, however large
    QCOMPARE(sync.buffer().front().lastId, std::int64_t(110));
    sync.onUpdate(update({110, 111, 120}), startMs);
    QCOMPARE(sync.buffer().size(), std::size_t(1));
    QVERIFY(sync.buffer().bytes() < 2000);
}

void TestBookSync::stopsWhenRejected()
{
    BookSync sync = buffering();
    sync.onRejected(startMs + 1);
    QCOMPARE(stateOf(sync), QByteArray("rejected unknown_symbol"));
    QCOMPARE(sync.onUpdate(update({100, 101, 110}), startMs), SyncOutcome::Ignored);
    QCOMPARE(sync.onSnapshot(snapshotAt(105), startMs), SyncOutcome::Ignored);
    sync.onMalformed(startMs);
    QVERIFY(!sync.wantsSnapshot(startMs + 60'000));
    QCOMPARE(sync.state(), SyncState::Rejected);
    QVERIFY(sync.buffer().isEmpty());
}

void TestBookSync::obeysTheOperator()
{
    BookSync sync = live();
    sync.onOperatorResync(startMs);
    QCOMPARE(stateOf(sync), QByteArray("buffering operator"));
    QVERIFY(sync.wantsSnapshot(startMs));

    BookSync rejected = buffering();
    rejected.onRejected(startMs);
    rejected.onOperatorResync(startMs);
    QCOMPARE(rejected.state(), SyncState::Waiting);
}

void TestBookSync::resumesByTheIdRule()
{
    BookSync proven = live();
    proven.resume(startMs + 50);
    QCOMPARE(stateOf(proven), QByteArray("bridging resumed"));
    QCOMPARE(proven.onUpdate(update({90, 91, 100}), startMs), SyncOutcome::Duplicate);
    QCOMPARE(proven.onUpdate(update({100, 101, 110}), startMs), SyncOutcome::WentLive);
    QCOMPARE(proven.counters().resyncs, std::uint64_t(0));

    BookSync behind = live();
    behind.resume(startMs);
    QCOMPARE(behind.onUpdate(update({101, 102, 110}), startMs), SyncOutcome::SyncAgain);
    QCOMPARE(stateOf(behind), QByteArray("buffering gap"));
    behind.resetCounters();
    QCOMPARE(behind.counters().gaps, std::uint64_t(0));
}

void TestBookSync::asksAnewWhenResumedWhileBuffering()
{
    BookSync sync = buffering();
    sync.onSnapshotQueued();
    sync.onSnapshotRequested(); // by the owner before
    sync.resume(startMs);
    QCOMPARE(sync.snapshotPhase(), SnapshotPhase::Wanted);
    QVERIFY(sync.wantsSnapshot(startMs));
    QCOMPARE(sync.onSnapshot(snapshotAt(95), startMs), SyncOutcome::WentLive);
}

void TestBookSync::keepsABoundedHistory()
{
    BookSync sync = buffering();
    for (int i = 0; i < 100; ++i)
        sync.onSnapshot(snapshotAt(50), startMs + i);
    QCOMPARE(sync.history().size(), syncHistoryMax);
    QCOMPARE(sync.history().back().atMs, startMs + 99);
    QCOMPARE(resyncs(sync, SyncReason::StaleSnapshot), std::uint64_t(100));
}

QTEST_APPLESS_MAIN(TestBookSync)
#include "tst_book_sync.moc"

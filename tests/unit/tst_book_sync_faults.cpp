// What a stream can do to the state machine of a symbol: crossed books, unreadable events, doubles, ids that mislead.
#include "support/make_sync.h"

#include <QTest>

#include <limits>
#include <vector>

using namespace obm;
using namespace obm::test;

class TestBookSyncFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void syncsAgainWhenCrossed();
    void syncsAgainWhenTheRangeIsExhausted();
    void syncsAgainAfterAMalformedEvent();
    void believesAnEmptySideTheSecondTime();
    void healsReorderedEventsWhileBuffering();
    void neverGoesBack();
    void toleratesDoublesForEver();
    void noticesIdsThatWentBack();
    void noticesIdsThatWentBackWhileBuffering();
    void getsOverAnIdFromNowhere();
    void waitsLongerAfterRepeatedAttempts();
};

void TestBookSyncFaults::syncsAgainWhenCrossed()
{
    BookSync sync = live();
    const DepthUpdate crossing = update({100, 101, 110}, {{"11", "1"}});
    QCOMPARE(sync.onUpdate(crossing, startMs), SyncOutcome::SyncAgain);
    QCOMPARE(stateOf(sync), QByteArray("buffering crossed"));
    QCOMPARE(sync.lastId(), std::int64_t(100));
    // The chain was whole: should the snapshot say that the ask is gone, it is right after all.
    const DepthSnapshot moved = snapshot(105, {{"10.5", "1"}}, {{"11.5", "1"}});
    QCOMPARE(sync.onSnapshot(moved, startMs), SyncOutcome::WentLive);
    QCOMPARE(sync.book().bids().best().price.toString(), std::string("11"));
}

void TestBookSyncFaults::syncsAgainWhenTheRangeIsExhausted()
{
    BookSync sync = live({.snapshotLimit = 2});
    QCOMPARE(sync.onUpdate(update({100, 101, 110}, {{"10", "0"}, {"9", "0"}}), startMs), SyncOutcome::SyncAgain);
    QCOMPARE(stateOf(sync), QByteArray("buffering range_exhausted"));
}

void TestBookSyncFaults::syncsAgainAfterAMalformedEvent()
{
    BookSync sync = live();
    sync.onMalformed(startMs);
    QCOMPARE(stateOf(sync), QByteArray("buffering malformed"));
    QVERIFY(sync.wantsSnapshot(startMs));
    sync.onMalformed(startMs); // no second time
    QCOMPARE(resyncs(sync, SyncReason::Malformed), std::uint64_t(1));
    QCOMPARE(sync.counters().malformed, std::uint64_t(2));
    QCOMPARE(sync.onSnapshot(snapshotAt(112), startMs), SyncOutcome::Bridging);
    sync.onMalformed(startMs); // the id rule will tell
    QCOMPARE(sync.onUpdate(update({110, 111, 120}), startMs), SyncOutcome::WentLive);
}

void TestBookSyncFaults::believesAnEmptySideTheSecondTime()
{
    const DepthSnapshot noBids = snapshot(95, {}, {{"11", "1"}});
    const DepthSnapshot noAsks = snapshot(95, {{"10", "1"}}, {});
    BookSync sync = buffering();
    for (const DepthSnapshot& oneSided : {noBids, noAsks, noBids}) {
        QCOMPARE(sync.onSnapshot(oneSided, startMs), SyncOutcome::SyncAgain);
        QCOMPARE(stateOf(sync), QByteArray("buffering bad_snapshot"));
    }
    QCOMPARE(sync.onSnapshot(noBids, startMs), SyncOutcome::WentLive);
}

void TestBookSyncFaults::healsReorderedEventsWhileBuffering()
{
    BookSync sync = buffering();
    sync.onUpdate(update({110, 111, 120}), startMs);
    sync.onUpdate(update({100, 101, 110}), startMs);
    QCOMPARE(sync.onUpdate(update({110, 111, 120}), startMs), SyncOutcome::Duplicate);
    QCOMPARE(sync.onSnapshot(snapshotAt(95), startMs), SyncOutcome::WentLive);
    QCOMPARE(sync.lastId(), std::int64_t(120));
}

void TestBookSyncFaults::neverGoesBack()
{
    BookSync sync = live();
    sync.onUpdate(update({100, 101, 110}), startMs);
    sync.onMalformed(startMs);
    // A late double and a snapshot from a server that lags would bridge at u = 100.
    QCOMPARE(sync.onUpdate(update({90, 91, 100}), startMs), SyncOutcome::Duplicate);
    QCOMPARE(sync.onSnapshot(snapshotAt(95), startMs), SyncOutcome::Bridging);
    QCOMPARE(sync.onUpdate(update({90, 91, 100}), startMs), SyncOutcome::Duplicate);
    QCOMPARE(sync.state(), SyncState::Bridging);
    QCOMPARE(sync.onUpdate(update({110, 111, 120}), startMs), SyncOutcome::SyncAgain);
    QCOMPARE(stateOf(sync), QByteArray("buffering stale_snapshot"));
}

void TestBookSyncFaults::toleratesDoublesForEver()
{
    BookSync sync = live();
    for (std::int64_t i = 0; i < 1000; ++i)
        sync.onUpdate(update({100 + i, 100 + i, 101 + i}, {}, {}, 1000 * i), startMs);
    // A whole stream a second time, as when a second producer joins or offsets were lost.
    for (std::int64_t i = 0; i < 1000; ++i)
        QCOMPARE(sync.onUpdate(update({100 + i, 100 + i, 101 + i}, {}, {}, 1000 * i), startMs), SyncOutcome::Duplicate);
    QCOMPARE(sync.state(), SyncState::Live);
    QCOMPARE(sync.counters().resyncs, std::uint64_t(0));
}

void TestBookSyncFaults::noticesIdsThatWentBack()
{
    BookSync sync = live();
    sync.onUpdate(update({100, 101, 5000}, {}, {}, 10'000), startMs);
    QCOMPARE(sync.onUpdate(update({10, 11, 20}, {}, {}, 14'000), startMs), SyncOutcome::Duplicate); // too early to tell
    QCOMPARE(sync.onUpdate(update({20, 21, 30}, {}, {}, 15'000), startMs), SyncOutcome::Duplicate);
    QCOMPARE(sync.onUpdate(update({30, 31, 40}, {}, {}, 15'100), startMs), SyncOutcome::Duplicate);
    QCOMPARE(sync.onUpdate(update({40, 41, 50}, {}, {}, 15'200), startMs), SyncOutcome::SyncAgain);
    QCOMPARE(stateOf(sync), QByteArray("buffering ids_went_back"));
    QCOMPARE(sync.lastId(), std::int64_t(0));
    QCOMPARE(sync.onSnapshot(snapshotAt(45), startMs), SyncOutcome::WentLive);
    QCOMPARE(sync.lastId(), std::int64_t(50));
    QCOMPARE(sync.onUpdate(update({50, 51, 60}, {}, {}, 15'300), startMs), SyncOutcome::Applied);
}

void TestBookSyncFaults::noticesIdsThatWentBackWhileBuffering()
{
    BookSync sync = buffering();
    sync.onUpdate(update({5000, 5001, 6000}, {}, {}, 10'000), startMs);
    for (std::int64_t i = 0; i < 3; ++i)
        sync.onUpdate(update({10 + i, 11 + i, 11 + i}, {}, {}, 20'000 + i), startMs);
    QCOMPARE(stateOf(sync), QByteArray("buffering ids_went_back"));
    QCOMPARE(sync.buffer().size(), std::size_t(1)); // nothing of the old count
    QCOMPARE(sync.onSnapshot(snapshotAt(13), startMs), SyncOutcome::WentLive);
}

void TestBookSyncFaults::getsOverAnIdFromNowhere()
{
    constexpr std::int64_t nowhere = std::numeric_limits<std::int64_t>::max();
    BookSync sync = live();
    QCOMPARE(sync.onUpdate(update({nowhere - 1, nowhere, nowhere}, {}, {}, 1'000), startMs), SyncOutcome::SyncAgain);
    std::int64_t last = 100;
    std::int64_t eventMs = 1'000;
    for (int i = 0; i < 100 && sync.state() != SyncState::Live; ++i, last += 10, eventMs += 250) {
        sync.onUpdate(update({last, last + 1, last + 10}, {}, {}, eventMs), startMs);
        sync.onSnapshot(snapshotAt(last + 5), startMs);
    }
    QCOMPARE(sync.state(), SyncState::Live);
    QVERIFY(eventMs < 7'500);
}

void TestBookSyncFaults::waitsLongerAfterRepeatedAttempts()
{
    BookSync sync = buffering({.retryFirstMs = 100, .retryMaxMs = 250, .stableMs = 1000});
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 6; ++i) {
        waits.push_back(sync.snapshotDueMs() - startMs);
        QVERIFY(sync.wantsSnapshot(sync.snapshotDueMs()));
        QVERIFY(!sync.wantsSnapshot(sync.snapshotDueMs() - 1));
        sync.onSnapshot(snapshotAt(50), startMs);
    }
    QCOMPARE(waits, (std::vector<std::int64_t>{0, 0, 100, 200, 250, 250}));

    QCOMPARE(sync.onSnapshot(snapshotAt(95), startMs), SyncOutcome::WentLive);
    sync.onMalformed(startMs + 999); // not stable yet
    QCOMPARE(sync.snapshotDueMs(), startMs + 999 + 250);
    sync.onSnapshot(snapshotAt(105), startMs + 2000);
    sync.onUpdate(update({100, 101, 110}), startMs + 2000);
    QCOMPARE(sync.state(), SyncState::Live);
    sync.onMalformed(startMs + 3000);
    QCOMPARE(sync.snapshotDueMs(), startMs + 3000);
}

QTEST_APPLESS_MAIN(TestBookSyncFaults)
#include "tst_book_sync_faults.moc"

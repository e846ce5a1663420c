// A snapshot that bridges by its id and is another symbol's, against the events that came before it.
#include "support/make_sync.h"

#include <QTest>

using namespace obm;
using namespace obm::test;

Q_DECLARE_METATYPE(obm::DepthSnapshot)

class TestSnapshotProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsASnapshotAgainstOlderEvents_data();
    void holdsASnapshotAgainstOlderEvents();
    void countsTheEventThatEndsAtItsId();
    void asksOnlyAWholeChain();
};

// Events up to 110 are older than the snapshot of 115; (110,120] bridges and sets the bid of 9.
void TestSnapshotProof::holdsASnapshotAgainstOlderEvents_data()
{
    QTest::addColumn<DepthSnapshot>("snapshot");
    QTest::addColumn<bool>("isTaken");
    const auto row = [](const char* name, Texts bids, Texts asks, bool isTaken) {
        QTest::newRow(name) << snapshot(115, bids, asks) << isTaken;
    };
    row("its own", {{"10", "2"}, {"9", "1"}, {"8", "3"}}, {{"11", "4"}, {"12", "1"}}, true);
    row("a text of more digits", {{"10", "2.00"}, {"8", "3.0"}}, {{"11", "4.0"}}, true);
    row("changed by the bridging event", {{"10", "2"}, {"8", "3"}}, {{"11", "4"}}, true);
    row("one of three levels differs", {{"10", "2"}, {"8", "33"}}, {{"11", "4"}}, true);
    row("a side half in dispute", {{"10", "22"}, {"8", "3"}}, {{"11", "4"}}, true);
    row("two of three levels differ", {{"10", "2"}, {"8", "33"}}, {{"11", "44"}}, false);
    row("of a dearer symbol", {{"500", "1"}, {"499", "1"}}, {{"501", "1"}}, false);
    row("of a cheaper symbol", {{"0.5", "1"}, {"0.4", "1"}}, {{"0.6", "1"}}, false);
    row("of one at the same price", {{"10", "7"}, {"9.5", "1"}}, {{"11", "7"}, {"12", "1"}}, false);
    row("one side of another's", {{"10", "7"}, {"8", "7"}}, {{"11", "4"}, {"12", "1"}}, false);
}

void TestSnapshotProof::holdsASnapshotAgainstOlderEvents()
{
    QFETCH(DepthSnapshot, snapshot);
    QFETCH(bool, isTaken);
    BookSync sync(startMs);
    sync.onUpdate(update({90, 91, 100}, {{"10", "1"}, {"8", "3"}}, {{"10.5", "1"}}), startMs);
    sync.onUpdate(update({100, 101, 110}, {{"10", "2"}, {"9", "5"}}, {{"11", "4"}, {"10.5", "0"}}), startMs);
    QCOMPARE(sync.onSnapshot(snapshot, startMs), SyncOutcome::Bridging); // all are older than its id
    const SyncOutcome outcome = sync.onUpdate(update({110, 111, 120}, {{"9", "6"}}), startMs);
    QCOMPARE(outcome, isTaken ? SyncOutcome::WentLive : SyncOutcome::SyncAgain);
    QCOMPARE(stateOf(sync), QByteArray(isTaken ? "live bridged" : "buffering bad_snapshot"));
    QVERIFY(isTaken || sync.wantsSnapshot(startMs));
}

void TestSnapshotProof::countsTheEventThatEndsAtItsId()
{
    for (const char* quantity : {"2", "3"}) {
        BookSync sync(startMs);
        sync.onUpdate(update({90, 91, 100}, {{"10", "2"}}), startMs);
        sync.onSnapshot(snapshot(100, {{"10", quantity}}, {{"11", "1"}}), startMs);
        QCOMPARE(sync.state() == SyncState::Live, *quantity == '2');
    }
}

// What a missing event changed nobody knows.
void TestSnapshotProof::asksOnlyAWholeChain()
{
    const DepthSnapshot loaded = snapshot(115, {{"10", "7"}}, {{"11", "7"}});
    BookSync broken(startMs);
    broken.onUpdate(update({80, 81, 90}, {{"10", "1"}}, {{"11", "1"}}), startMs);
    broken.onUpdate(update({95, 96, 110}), startMs);
    broken.onSnapshot(loaded, startMs);
    QCOMPARE(broken.onUpdate(update({110, 111, 120}), startMs), SyncOutcome::WentLive);

    BookSync early(startMs);
    early.onUpdate(update({80, 81, 90}, {{"10", "1"}}, {{"11", "1"}}), startMs);
    early.onSnapshot(loaded, startMs);
    QCOMPARE(early.onUpdate(update({110, 111, 120}), startMs), SyncOutcome::WentLive);
}

QTEST_APPLESS_MAIN(TestSnapshotProof)
#include "tst_snapshot_proof.moc"

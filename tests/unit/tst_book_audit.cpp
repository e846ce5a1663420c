// A live book held against a fresh snapshot: what is judged, what comes of it, and that the book lives on beside it.
#include "support/book_rig.h"
#include "support/make_sync.h"

#include <QTest>

using namespace obm;
using namespace obm::test;

Q_DECLARE_METATYPE(obm::AuditReport)
Q_DECLARE_METATYPE(obm::DepthSnapshot)

namespace {

// Live at 100, its audit asked for: bids 10, 9, asks 11, 12, one of each.
BookSync audited()
{
    BookSync sync = live();
    sync.wantAudit(startMs);
    sync.onSnapshotQueued();
    sync.onSnapshotRequested();
    return sync;
}

BookAudit auditOf(const OrderBook& book, std::int64_t eventTimeMs)
{
    const SyncLimits limits;
    return {book, 100, eventTimeMs, limits.requested, limits.idsBackMs};
}

DepthSnapshot laterSnapshot(std::int64_t lastUpdateId, Texts bids, Texts asks, std::int64_t eventTimeMs = 0)
{
    DepthSnapshot made = snapshot(lastUpdateId, bids, asks);
    made.eventTimeMs = eventTimeMs;
    return made;
}

std::uint64_t audits(const BookSync& sync, AuditVerdict verdict)
{
    return sync.counters().auditsByVerdict[static_cast<std::size_t>(verdict)];
}

std::string ladderText(const PriceLadder& ladder)
{
    std::string text;
    for (const Level& level : ladder.bestFirst())
        text += level.price.toString() + ':' + level.quantity.toString() + ' ';
    return text;
}

} // namespace

class TestBookAudit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGapBeforeItIsAskedForIsHealed();
    void judges_data();
    void judges();
    void believesNoSnapshotThatIsCutOff();
    void waitsForTheEventThatReachesTheSnapshot();
    void judgesTheBookAsItWasAtTheSnapshot();
    void aQuietBookIsJudgedByALaterSnapshot();
    void anIdThatIsNeverReachedEndsIt();
    void takesOverTheSnapshotsRange();
    void healsWhatDiffers();
    void believesTheSecondOfTwoThatAreNothingAlike();
    void aGapEndsIt();
    void aRefusalEndsIt();
    void aFailureEndsIt();
    void aGapBetweenTwoThatAreNothingAlike();
    void asksBeforeTheRangeIsUsedUp();
};

// Of a book that was resumed: it has never wanted a snapshot before.
void TestBookAudit::aGapBeforeItIsAskedForIsHealed()
{
    BookSync sync(startMs);
    QVERIFY(sync.restore(snapshotAt(100), startMs));
    sync.onUpdate(update({100, 101, 110}), startMs);
    sync.wantAudit(startMs);
    QVERIFY(sync.wantsSnapshot(startMs));
    sync.onUpdate(update({120, 121, 130}), startMs);
    QCOMPARE(stateOf(sync), QByteArray("buffering gap"));
    QVERIFY(sync.wantsSnapshot(startMs));
}

void TestBookAudit::judges_data()
{
    QTest::addColumn<DepthSnapshot>("taken"); // at 105; the event (100,110] sets bid 10 to 7 and ask 13
    QTest::addColumn<int>("verdict");
    QTest::addColumn<QString>("parts"); // compared equal missing ghosts different

    const auto row = [](const char* name, Texts bids, Texts asks, AuditVerdict verdict, const char* parts) {
        QTest::newRow(name) << snapshot(105, bids, asks) << int(verdict) << QString::fromLatin1(parts);
    };
    using enum AuditVerdict;
    row("equal", {{"10", "1"}, {"9", "1"}}, {{"11", "1"}, {"12", "1"}}, Equal, "3 3 0 0 0");
    row("what the event touches is not judged", {{"10", "5"}, {"9", "1"}}, {{"11", "1"}, {"12", "1"}}, Equal,
        "3 3 0 0 0");
    row("a quantity differs", {{"10", "1"}, {"9", "2"}}, {{"11", "1"}, {"12", "1"}}, Different, "3 2 0 0 1");
    row("a level is missing", {{"10", "1"}, {"9", "1"}}, {{"11", "1"}, {"11.5", "3"}, {"12", "1"}}, Different,
        "4 3 1 0 0");
    row("a ghost", {{"10", "1"}, {"9", "1"}}, {{"12", "1"}, {"12.5", "1"}}, Different, "4 2 1 1 0");
    row("nothing alike", {{"8", "1"}}, {{"12.5", "1"}}, Disputed, "5 0 2 3 0");
    row("without asks", {{"10", "1"}, {"9", "1"}}, {}, Disputed, "3 1 0 2 0");
    row("crossed in itself", {{"12", "1"}}, {{"11", "1"}}, Disputed, "0 0 0 0 0");
}

void TestBookAudit::judges()
{
    QFETCH(DepthSnapshot, taken);
    QFETCH(int, verdict);
    QFETCH(QString, parts);

    BookAudit audit = auditOf(live().book(), 0);
    audit.note(update({100, 101, 110}, {{"10", "7"}}, {{"13", "1"}}), 0);
    audit.onSnapshot(taken, 1000, taken.eventTimeMs);
    const auto report = audit.judge();
    QVERIFY(report);
    QCOMPARE(toText(report->verdict), toText(AuditVerdict(verdict)));
    QCOMPARE(QStringLiteral("%1 %2 %3 %4 %5")
                 .arg(report->compared)
                 .arg(report->equal)
                 .arg(report->missing)
                 .arg(report->ghosts)
                 .arg(report->different),
             parts);
}

// A side with fewer levels than were asked for would be proven to its end.
void TestBookAudit::believesNoSnapshotThatIsCutOff()
{
    DepthSnapshot whole{.lastUpdateId = 100, .eventTimeMs = 0, .bids = {}, .asks = levels({{"101", "1"}})};
    for (int price = 100; price > 80; --price)
        whole.bids.push_back(level(std::to_string(price), "1"));
    OrderBook book;
    QVERIFY(book.load(whole, 1000));
    BookAudit audit = auditOf(book, 0);
    audit.note(update({100, 101, 110}), 0);
    DepthSnapshot cut = whole;
    cut.lastUpdateId = 105;
    cut.bids.resize(9);
    audit.onSnapshot(cut, 1000, cut.eventTimeMs);
    QCOMPARE(toText(audit.judge()->verdict), toText(AuditVerdict::Disputed));
}

void TestBookAudit::waitsForTheEventThatReachesTheSnapshot()
{
    BookSync sync = audited();
    QCOMPARE(sync.onSnapshot(snapshotAt(115), startMs), SyncOutcome::Ignored);
    QCOMPARE(sync.state(), SyncState::Live);
    QCOMPARE(sync.onUpdate(update({100, 101, 110}), startMs), SyncOutcome::Applied);
    QCOMPARE(sync.onUpdate(update({110, 111, 120}), startMs), SyncOutcome::Applied); // it proves no more than before
    QCOMPARE(audits(sync, AuditVerdict::Equal), std::uint64_t(1));
    QCOMPARE(sync.lastAudit()->snapshotId, std::int64_t(115));
    QCOMPARE(sync.lastAudit()->match(), 10'000);
}

void TestBookAudit::judgesTheBookAsItWasAtTheSnapshot()
{
    BookSync sync = audited();
    sync.onUpdate(update({100, 101, 110}, {{"9", "4"}}), startMs);
    sync.onUpdate(update({110, 111, 120}), startMs);
    sync.onUpdate(update({120, 121, 130}, {{"9", "8"}}), startMs); // later than the snapshot
    QCOMPARE(sync.onSnapshot(snapshot(120, {{"10", "1"}, {"9", "4"}}, {{"11", "1"}, {"12", "1"}}), startMs),
             SyncOutcome::Ignored);
    QCOMPARE(audits(sync, AuditVerdict::Equal), std::uint64_t(1));
    QCOMPARE(ladderText(sync.book().bids()), std::string("10:1 9:8 "));
    QCOMPARE(sync.lastId(), std::int64_t(130));
    QCOMPARE(sync.onUpdate(update({130, 131, 140}), startMs), SyncOutcome::Applied);
}

void TestBookAudit::aQuietBookIsJudgedByALaterSnapshot()
{
    BookAudit early = auditOf(live().book(), 5'000);
    early.onSnapshot(laterSnapshot(100, {{"10", "1"}, {"9", "1"}}, {{"11", "1"}, {"12", "1"}}, 5'000), 1000, 5'000);
    QCOMPARE(early.judge()->verdict, AuditVerdict::Unclear); // its last event may have been on its way still

    BookAudit later = auditOf(live().book(), 5'000);
    later.onSnapshot(laterSnapshot(100, {{"10", "1"}, {"9", "1"}}, {{"11", "1"}, {"12", "1"}}, 5'001), 1000, 5'001);
    QCOMPARE(later.judge()->verdict, AuditVerdict::Equal);
    QCOMPARE(later.judge()->compared, 4U);

    BookAudit stale = auditOf(live().book(), 5'000);
    stale.onSnapshot(laterSnapshot(99, {{"10", "1"}}, {{"11", "1"}}, 9'000), 1000, 9'000);
    QCOMPARE(stale.judge()->verdict, AuditVerdict::Unclear);
}

// However far ahead of the wall clock the snapshot's own time is as well.
void TestBookAudit::anIdThatIsNeverReachedEndsIt()
{
    constexpr std::int64_t yearMs = 365LL * 24 * 3600'000;
    BookSync sync = audited();
    sync.onSnapshot(laterSnapshot(1'000'000, {{"10", "1"}}, {{"11", "1"}}, startMs + yearMs), startMs, startMs);
    std::int64_t lastId = 100;
    std::int64_t nowMs = startMs;
    while (audits(sync, AuditVerdict::Unclear) == 0 && nowMs < startMs + 120'000) {
        DepthUpdate event = update({lastId, lastId + 1, lastId + 10});
        event.eventTimeMs = nowMs += 1'000;
        lastId += 10;
        QCOMPARE(sync.onUpdate(event, nowMs, nowMs), SyncOutcome::Applied);
    }
    QCOMPARE(audits(sync, AuditVerdict::Unclear), std::uint64_t(1));
    QVERIFY(!sync.lastAudit());
    sync.wantAudit(nowMs);
    QVERIFY(sync.wantsSnapshot(nowMs));
}

void TestBookAudit::takesOverTheSnapshotsRange()
{
    BookSync sync = audited();
    sync.onUpdate(update({100, 101, 110}), startMs);
    const DepthSnapshot wider = snapshot(110, {{"10", "1"}, {"9", "1"}, {"8", "3"}}, {{"11", "1"}, {"12", "1"}});
    BookSync narrow(startMs, {.snapshotLimit = 2});
    narrow.onUpdate(update({90, 91, 100}), startMs);
    narrow.onSnapshot(snapshotAt(95), startMs);
    QVERIFY(!narrow.book().bids().isProven(level("8", "1").price));
    narrow.wantAudit(startMs);
    narrow.onSnapshotQueued();
    narrow.onSnapshotRequested();
    narrow.onUpdate(update({100, 101, 110}), startMs);
    QCOMPARE(narrow.onSnapshot(wider, startMs), SyncOutcome::Audited);
    QCOMPARE(ladderText(narrow.book().bids()), std::string("10:1 9:1 8:3 "));
    QCOMPARE(narrow.counters().resyncs, std::uint64_t(0));
}

void TestBookAudit::healsWhatDiffers()
{
    BookSync sync = audited();
    sync.onUpdate(update({100, 101, 110}, {}, {{"12", "5"}}), startMs);
    QCOMPARE(sync.onSnapshot(snapshot(105, {{"10", "1"}, {"9", "3"}}, {{"11", "1"}, {"12", "1"}}), startMs),
             SyncOutcome::WentLive);
    QCOMPARE(stateOf(sync), QByteArray("live bridged"));
    QCOMPARE(ladderText(sync.book().bids()), std::string("10:1 9:3 "));
    QCOMPARE(ladderText(sync.book().asks()), std::string("11:1 12:5 ")); // of the event after the snapshot
    QCOMPARE(resyncs(sync, SyncReason::Audit), std::uint64_t(1));
    QCOMPARE(sync.lastAudit()->match(), 6'666);
    QVERIFY(!sync.wantsSnapshot(startMs + 60'000));
    QCOMPARE(sync.onUpdate(update({110, 111, 120}), startMs), SyncOutcome::Applied);
}

void TestBookAudit::believesTheSecondOfTwoThatAreNothingAlike()
{
    BookSync sync = audited();
    const DepthSnapshot other = snapshot(105, {{"2", "1"}, {"1", "1"}}, {{"20", "1"}, {"21", "1"}});
    sync.onUpdate(update({100, 101, 110}), startMs);
    QCOMPARE(sync.onSnapshot(other, startMs), SyncOutcome::Ignored);
    QCOMPARE(sync.state(), SyncState::Live);
    QVERIFY(sync.wantsSnapshot(startMs));
    sync.onSnapshotQueued();
    sync.onSnapshotRequested();
    sync.onUpdate(update({110, 111, 120}), startMs);
    DepthSnapshot second = other;
    second.lastUpdateId = 115;
    QCOMPARE(sync.onSnapshot(second, startMs), SyncOutcome::SyncAgain);
    QCOMPARE(stateOf(sync), QByteArray("buffering audit"));
    QVERIFY(sync.wantsSnapshot(startMs));
}

void TestBookAudit::aGapEndsIt()
{
    BookSync sync = audited();
    QCOMPARE(sync.onUpdate(update({105, 106, 110}), startMs), SyncOutcome::SyncAgain);
    QVERIFY(sync.wantsSnapshot(startMs)); // with the haste of a resync, though one is on its way
    QCOMPARE(sync.onSnapshot(snapshotAt(105), startMs), SyncOutcome::WentLive);
    QCOMPARE(audits(sync, AuditVerdict::Equal), std::uint64_t(0));
}

void TestBookAudit::aRefusalEndsIt()
{
    BookSync sync = audited();
    sync.onSnapshotRefused(startMs);
    QCOMPARE(stateOf(sync), QByteArray("live bridged"));
    QCOMPARE(sync.snapshotPhase(), SnapshotPhase::Unneeded);
}

// Its retries would hold up the audits of all others.
void TestBookAudit::aFailureEndsIt()
{
    BookRig rig({.auditIntervalMs = 1'000});
    rig.select({btc, eth});
    rig.set.assign({0, 1});
    rig.goLive(btc);
    rig.goLive(eth);
    rig.forgetOutputs();
    rig.set.tick();
    QCOMPARE(rig.requested.size(), std::size_t(1));
    const std::string first = rig.requested.front().first;
    rig.set.onSnapshotRequested(first);
    rig.set.onSnapshotFailed(first);
    QCOMPARE(rig.cancelled, Names{first});
    rig.nowMs += 1'000;
    rig.forgetOutputs();
    rig.set.tick();
    QCOMPARE(rig.requested.size(), std::size_t(1));
    QVERIFY(rig.requested.front().first != first);
}

// They are no two in a row: the second is as the first.
void TestBookAudit::aGapBetweenTwoThatAreNothingAlike()
{
    BookSync sync = audited();
    const Texts otherBids{{"2", "1"}, {"1", "1"}};
    const Texts otherAsks{{"20", "1"}, {"21", "1"}};
    sync.onUpdate(update({100, 101, 110}), startMs);
    sync.onSnapshot(snapshot(105, otherBids, otherAsks), startMs);
    sync.onUpdate(update({120, 121, 130}), startMs); // a gap
    QCOMPARE(sync.onSnapshot(snapshotAt(125), startMs), SyncOutcome::WentLive);
    const std::int64_t laterMs = startMs + 60'000;
    sync.wantAudit(laterMs);
    sync.onSnapshotQueued();
    sync.onSnapshotRequested();
    sync.onUpdate(update({130, 131, 140}), laterMs);
    QCOMPARE(sync.onSnapshot(snapshot(135, otherBids, otherAsks), laterMs), SyncOutcome::Ignored);
    QCOMPARE(sync.state(), SyncState::Live);
}

// The price walks down through the bids that the snapshot brought.
void TestBookAudit::asksBeforeTheRangeIsUsedUp()
{
    BookRig rig({.sync = {.snapshotLimit = 40}});
    rig.select({btc});
    rig.set.assign({0});
    DepthSnapshot taken{.lastUpdateId = 100, .eventTimeMs = 0, .bids = {}, .asks = levels({{"500", "1"}})};
    for (int price = 140; price > 100; --price)
        taken.bids.push_back(level(std::to_string(price), "1"));
    rig.event(btc, {90, 91, 100});
    rig.set.onSnapshotRequested(btc);
    rig.set.onSnapshot(btc, taken);
    rig.forgetOutputs();
    int price = 140;
    for (std::int64_t id = 100; rig.requested.empty() && price > 100; ++id, --price) {
        rig.event(btc, {id, id + 1, id + 1}, {{std::to_string(price), "0"}});
        rig.set.tick();
    }
    QCOMPARE(price, 109); // 31 of the 40 are gone
    QCOMPARE(rig.requested, (std::vector<std::pair<std::string, int>>{{btc, priorityWorn}}));
    QCOMPARE(rig.state(btc), std::string("live bridged"));
}

QTEST_APPLESS_MAIN(TestBookAudit)
#include "tst_book_audit.moc"

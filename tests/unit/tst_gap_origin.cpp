// Where a missing event was lost: what the signs say, and which signs a set of books sees.
#include "market/gap_origin.h"
#include "support/book_rig.h"
#include "support/std_string.h"

#include <QTest>

using namespace obm;
using namespace obm::test;

namespace {

using enum GapOrigin;
using Mark = std::optional<GapOrigin>;
using Step = std::function<void(BookRig&)>;

// The events (100,110] are missing.
void gap(BookRig& rig)
{
    rig.event(btc, {110, 111, 120});
}

void away(BookRig& rig)
{
    rig.set.revoke({0});
    rig.set.assign({0});
}

} // namespace

Q_DECLARE_METATYPE(GapSigns)
Q_DECLARE_METATYPE(Step)

class TestGapOrigin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheSigns_data();
    void followsTheSigns();
    void isToldOfAGap_data();
    void isToldOfAGap();
    void staysWithABufferedEvent();
    void isTheExchangesWhereAnEventIsUnreadable();
    void isOfNothingButAGap();
    void countsForGood();
};

void TestGapOrigin::followsTheSigns_data()
{
    QTest::addColumn<GapSigns>("signs");
    QTest::addColumn<QByteArray>("origin");

    const auto row = [](const char* name, const GapSigns& signs, const char* origin) {
        QTest::newRow(name) << signs << QByteArray(origin);
    };
    row("nothing", {}, "kafka");
    row("a jump", {.isBehindJump = true}, "kafka");
    row("the first here", {.isFirstHere = true}, "rebalance");
    row("the first here, behind a jump", {.isBehindJump = true, .isFirstHere = true}, "rebalance");
    row("lost by the producer", {.mark = Producer}, "producer");
    row("lost by the producer, or in the jump", {.mark = Producer, .isBehindJump = true}, "kafka");
    row("lost by the producer, the first here", {.mark = Producer, .isFirstHere = true}, "producer");
    row("broken before Kafka", {.mark = Exchange}, "exchange");
    row("broken before Kafka, whatever else", {.mark = Exchange, .isBehindJump = true, .isFirstHere = true},
        "exchange");
    row("unreadable", {.isBehindUnreadable = true}, "exchange");
    row("unreadable, whatever else", {.mark = Producer, .isBehindUnreadable = true, .isBehindJump = true}, "exchange");
}

void TestGapOrigin::followsTheSigns()
{
    QFETCH(GapSigns, signs);
    QTEST(QByteArray(toText(originOf(signs))), "origin");
}

void TestGapOrigin::isToldOfAGap_data()
{
    QTest::addColumn<Step>("before");
    QTest::addColumn<QByteArray>("origin");

    const auto row = [](const char* name, const char* origin, Step before) {
        QTest::newRow(name) << before << QByteArray(origin);
    };
    const auto jump = [](BookRig& rig) { rig.nextOffset[0] += 5; };
    const auto mark = [](GapOrigin origin) { return [origin](BookRig& rig) { rig.nextMark = origin; }; };
    const auto late = [](BookRig& rig) { rig.event(btc, {80, 81, 90}); };
    row("no sign", "kafka", [](BookRig&) {});
    row("marked as lost before Kafka", "exchange", mark(Exchange));
    row("marked as lost by the producer", "producer", mark(Producer));
    row("an offset is missing", "kafka", [=](BookRig& rig) { jump(rig), mark(Producer)(rig); });
    row("an offset is missing, before a late event", "kafka",
        [=](BookRig& rig) { jump(rig), late(rig), mark(Producer)(rig); });
    row("an offset was missing, and no event", "producer", [=](BookRig& rig) {
        jump(rig);
        rig.event(btc, {100, 101, 105});
        mark(Producer)(rig);
    });
    row("an offset of another partition is missing", "producer", [=](BookRig& rig) {
        rig.nextOffset[1] += 5;
        rig.event(eth, {100, 101, 110});
        mark(Producer)(rig);
    });
    row("another symbol's mark", "kafka", [=](BookRig& rig) {
        mark(Producer)(rig);
        rig.event(eth, {100, 101, 110});
    });
    row("the partition came back", "rebalance", away);
    row("the partition came back further on", "rebalance", [=](BookRig& rig) { away(rig), jump(rig); });
    row("the partition came back, and an event", "kafka", [=](BookRig& rig) {
        away(rig);
        rig.event(btc, {100, 101, 105});
    });
}

void TestGapOrigin::isToldOfAGap()
{
    QFETCH(Step, before);
    BookRig rig;
    rig.select({btc, eth});
    rig.set.assign({0, 1});
    rig.goLive(btc);
    rig.goLive(eth);
    before(rig);
    gap(rig);
    QCOMPARE(rig.state(btc), std::string("buffering gap"));
    const SyncTransition resync = rig.row(btc)->lastResync.value();
    QVERIFY(resync.origin);
    QTEST(QByteArray(toText(*resync.origin)), "origin");
    QCOMPARE(rig.status.counters.gapsByOrigin.at(static_cast<std::size_t>(*resync.origin)), std::uint64_t(1));
    QCOMPARE(rig.status.counters.resyncsByReason.at(static_cast<std::size_t>(SyncReason::Gap)), std::uint64_t(1));
}

void TestGapOrigin::staysWithABufferedEvent()
{
    BookRig rig;
    rig.select({btc});
    rig.set.assign({0});
    rig.event(btc, {90, 91, 100});
    rig.nextMark = Producer;
    gap(rig);
    rig.event(btc, {120, 121, 130});
    QCOMPARE(rig.row(btc)->counters.gaps, std::uint64_t(0)); // the snapshot may cover it
    rig.snapshot(btc, 95);
    QCOMPARE(rig.state(btc), std::string("buffering gap"));
    QCOMPARE(rig.row(btc)->lastResync.value().origin, Mark(Producer));
}

void TestGapOrigin::isTheExchangesWhereAnEventIsUnreadable()
{
    BookRig rig;
    rig.select({btc});
    rig.set.assign({0});
    rig.event(btc, {90, 91, 100});
    rig.message(btc, R"({"s":"BTCUSDT","u":110)", 0); // what it was shows only once the snapshot is there
    gap(rig);
    rig.snapshot(btc, 95);
    QCOMPARE(rig.state(btc), std::string("buffering gap"));
    QCOMPARE(rig.row(btc)->lastResync.value().origin, Mark(Exchange));
}

void TestGapOrigin::isOfNothingButAGap()
{
    BookRig rig;
    rig.select({btc});
    rig.set.assign({0});
    rig.goLive(btc);
    rig.nextMark = Exchange;
    rig.event(btc, {100, 101, 110}, {{"11", "1"}}); // nothing is missing, but the book is crossed
    QCOMPARE(rig.state(btc), std::string("buffering crossed"));
    QCOMPARE(rig.row(btc)->lastResync.value().origin, Mark());
}

void TestGapOrigin::countsForGood()
{
    BookRig rig;
    rig.select({btc});
    rig.set.assign({0});
    rig.goLive(btc);
    gap(rig);
    away(rig);
    QCOMPARE(rig.row(btc)->counters.gapsByOrigin, (decltype(SyncCounters::gapsByOrigin){}));
    QCOMPARE(rig.status.counters.gapsByOrigin[static_cast<std::size_t>(Kafka)], std::uint64_t(1));
}

QTEST_APPLESS_MAIN(TestGapOrigin)
#include "tst_gap_origin.moc"

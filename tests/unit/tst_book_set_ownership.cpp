// Which books a handler keeps: partitions that come and go, symbols that are listed, delisted and rejected.
#include "support/book_rig.h"
#include "support/std_string.h"

#include <QtTest>

using namespace obm;
using namespace obm::test;

class TestBookSetOwnership : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<BookRig>();
        m_rig->select({btc, eth});
    }

    void keepsWhatItsPartitionsHold();
    void goesOnWithABookSetAside();
    void doesNotTrustABookSetAside();
    void startsAnewWhereThePartitionCannotBeResumed();
    void asksAnewForASnapshotThatARevokeCancelled();
    void resumesOnlyWhatItHasRead();
    void writesNothingAfterARevoke();
    void followsAForeignProducersPlacement();
    void beginsWithANewSymbolAtOnce();
    void letsADelistedSymbolGo();
    void beginsAnewWithARelistedSymbol();
    void keepsARejectedSymbolRejected();
    void asksAgainForASymbolThatRestRefused();
    void keepsABookThatAnOperatorGotBack();
    void beginsAgainWhenTheExchangeKnowsTheSymbol();
    void anOperatorMaySyncAgain();
    void ignoresASnapshotForABookItGaveBack();

private:
    std::unique_ptr<BookRig> m_rig;
};

void TestBookSetOwnership::keepsWhatItsPartitionsHold()
{
    QCOMPARE(m_rig->set.assign({1, 2}), Offsets{});
    QCOMPARE(m_rig->kept, Names{eth});
    QCOMPARE(m_rig->state(eth), std::string("waiting created"));
    QCOMPARE(m_rig->state(btc), std::string("not kept"));
    QCOMPARE(m_rig->set.revoke({1, 2}), Names{eth});
    QCOMPARE(m_rig->state(eth), std::string("not kept"));
}

void TestBookSetOwnership::goesOnWithABookSetAside()
{
    m_rig->nextOffset[0] = 41;
    m_rig->set.assign({0, 1});
    m_rig->goLive(btc);
    QCOMPARE(m_rig->set.revoke({0, 1}), (Names{btc, eth}));
    QCOMPARE(m_rig->set.assign({0}), (Offsets{{0, 42}}));
    QCOMPARE(m_rig->state(btc), std::string("bridging resumed"));
    m_rig->forgetOutputs();
    m_rig->event(btc, {100, 101, 110});
    m_rig->set.publish();
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
    QVERIFY(m_rig->requested.empty());
    QCOMPARE(m_rig->live.size(), std::size_t(1));
    QCOMPARE(m_rig->live[0].lastId, std::int64_t(110));
}

void TestBookSetOwnership::doesNotTrustABookSetAside()
{
    m_rig->set.assign({0});
    m_rig->goLive(btc);
    m_rig->set.revoke({0});
    m_rig->set.assign({0});
    m_rig->event(btc, {105, 106, 110}); // retention took what lay between
    QCOMPARE(m_rig->state(btc), std::string("buffering gap"));
}

void TestBookSetOwnership::startsAnewWhereThePartitionCannotBeResumed()
{
    m_rig->set.assign({0, 1});
    m_rig->goLive(btc);
    m_rig->set.revoke({0, 1}); // 1 had no message: it has no place to go on from
    QCOMPARE(m_rig->set.assign({1}), Offsets{});
    QCOMPARE(m_rig->state(eth), std::string("waiting created"));
    m_rig->set.revoke({1});
    QCOMPARE(m_rig->set.assign({0, 1}), (Offsets{{0, 1}}));
    QCOMPARE(m_rig->state(btc), std::string("bridging resumed"));
    QCOMPARE(m_rig->state(eth), std::string("waiting created"));
}

void TestBookSetOwnership::asksAnewForASnapshotThatARevokeCancelled()
{
    m_rig->set.assign({0});
    m_rig->event(btc, {90, 91, 100});
    m_rig->set.onSnapshotRequested(btc);
    m_rig->set.revoke({0});
    QCOMPARE(m_rig->cancelled, Names{btc});
    m_rig->forgetOutputs();
    m_rig->set.assign({0});
    QCOMPARE(m_rig->requested.size(), std::size_t(1));
    m_rig->snapshot(btc, 95); // the buffer was set aside with it
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
}

void TestBookSetOwnership::resumesOnlyWhatItHasRead()
{
    m_rig->set.assign({0});
    m_rig->goLive(btc);
    m_rig->set.revoke({0});
    QCOMPARE(m_rig->set.assign({0}), (Offsets{{0, 1}}));
    m_rig->set.revoke({0}); // before any message came
    QCOMPARE(m_rig->set.assign({0}), (Offsets{{0, 1}}));
}

void TestBookSetOwnership::writesNothingAfterARevoke()
{
    m_rig->set.assign({0, 1});
    m_rig->goLive(btc);
    m_rig->forgetOutputs();
    m_rig->event(btc, {100, 101, 110});
    m_rig->set.revoke({0});
    m_rig->nowMs += 10'000;
    m_rig->set.publishRest();
    QVERIFY(m_rig->live.empty());
    QVERIFY(m_rig->full.empty());
    QVERIFY(!m_rig->set.nextFullMs());
}

void TestBookSetOwnership::followsAForeignProducersPlacement()
{
    m_rig->set.assign({2});
    QCOMPARE(m_rig->kept, Names{});
    m_rig->eventAt(2, btc, {70, 71, 80}); // one might be a stray one
    m_rig->eventAt(2, btc, {80, 81, 90});
    QCOMPARE(m_rig->kept, Names{});
    m_rig->eventAt(2, btc, {90, 91, 100});
    QCOMPARE(m_rig->kept, Names{btc});
    QCOMPARE(m_rig->row(btc)->partition, 2);
    m_rig->snapshot(btc, 95);
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
    m_rig->set.assign({0, 2}); // its key's own partition comes as well, and goes again
    QCOMPARE(m_rig->set.revoke({0}), Names{});
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
    QCOMPARE(m_rig->set.revoke({2}), Names{btc});
}

void TestBookSetOwnership::beginsWithANewSymbolAtOnce()
{
    m_rig->set.assign({0, 1, 2});
    m_rig->forgetOutputs();
    QCOMPARE(m_rig->select({btc, eth, ada}), Names{});
    QCOMPARE(m_rig->kept, Names{ada});
    m_rig->goLive(ada);
    QCOMPARE(m_rig->state(ada), std::string("live bridged"));
}

void TestBookSetOwnership::letsADelistedSymbolGo()
{
    m_rig->set.assign({0, 1});
    m_rig->goLive(btc);
    m_rig->event(btc, {105, 106, 110}); // waits for a snapshot
    m_rig->forgetOutputs();
    QCOMPARE(m_rig->select({eth}), Names{btc});
    QCOMPARE(m_rig->cancelled, Names{btc});
    QCOMPARE(m_rig->state(btc), std::string("not kept"));
    QCOMPARE(m_rig->select({eth}), Names{}); // gone is said once
    m_rig->event(btc, {110, 111, 120});
    QCOMPARE(m_rig->set.status().counters.unknownSymbols, std::uint64_t(1));
    QCOMPARE(m_rig->set.revoke({0, 1}), Names{eth});
}

void TestBookSetOwnership::beginsAnewWithARelistedSymbol()
{
    m_rig->set.assign({0, 1});
    m_rig->event(btc, {1090, 1091, 1100});
    m_rig->snapshot(btc, 1095);
    m_rig->select({eth});
    m_rig->select({btc, eth});
    m_rig->forgetOutputs();
    QCOMPARE(m_rig->state(btc), std::string("waiting created"));
    QVERIFY(!m_rig->row(btc)->eventAgeMs);
    m_rig->nowMs += 2'000;
    m_rig->goLive(btc); // with lower ids
    QCOMPARE(m_rig->full.size(), std::size_t(1));
    QVERIFY(m_rig->full[0].json.ends_with(R"("partition":0,"offset":1})"));
}

void TestBookSetOwnership::keepsARejectedSymbolRejected()
{
    m_rig->set.onRejected(btc); // exchangeInfo is mostly faster than the group
    m_rig->set.assign({0, 1});
    QCOMPARE(m_rig->state(btc), std::string("rejected unknown_symbol"));
    QCOMPARE(m_rig->kept, (Names{btc, eth}));
    const std::int64_t since = m_rig->row(btc)->stateForMs;
    m_rig->nowMs += 5;
    m_rig->set.onRejected(btc);
    QCOMPARE(m_rig->row(btc)->stateForMs, since + 5); // no news
    m_rig->event(btc, {90, 91, 100});
    QVERIFY(m_rig->requested.empty());
    m_rig->set.revoke({0});
    m_rig->set.assign({0});
    QCOMPARE(m_rig->state(btc), std::string("rejected unknown_symbol"));
    QCOMPARE(m_rig->state(eth), std::string("waiting created"));
}

// Its events go on: REST will know it too some day.
void TestBookSetOwnership::asksAgainForASymbolThatRestRefused()
{
    m_rig->set.assign({0});
    m_rig->event(btc, {90, 91, 100});
    m_rig->set.onSnapshotRequested(btc);
    m_rig->set.onSnapshotRefused(btc);
    m_rig->nowMs += BookSetLimits().refusedForMs - 1;
    m_rig->event(btc, {100, 101, 110});
    QCOMPARE(m_rig->state(btc), std::string("rejected unknown_symbol"));
    m_rig->forgetOutputs();
    m_rig->nowMs += 1;
    m_rig->event(btc, {110, 111, 120});
    QCOMPARE(m_rig->requested.size(), std::size_t(1));
    m_rig->snapshot(btc, 115);
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
}

// The refusal of before counts no more.
void TestBookSetOwnership::keepsABookThatAnOperatorGotBack()
{
    m_rig->set.assign({0});
    m_rig->event(btc, {90, 91, 100});
    m_rig->set.onSnapshotRequested(btc);
    m_rig->set.onSnapshotRefused(btc);
    m_rig->set.resync(btc);
    m_rig->event(btc, {100, 101, 110});
    m_rig->snapshot(btc, 105);
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
    m_rig->nowMs += BookSetLimits().refusedForMs;
    m_rig->event(btc, {110, 111, 120});
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
}

void TestBookSetOwnership::beginsAgainWhenTheExchangeKnowsTheSymbol()
{
    m_rig->set.assign({0, 1});
    m_rig->set.onRejected(btc);
    m_rig->set.onListed(btc);
    m_rig->goLive(btc);
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
    m_rig->set.onListed(btc); // it never was rejected
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
    m_rig->forgetOutputs();
    m_rig->event(btc, {100, 101, 110});
    m_rig->set.onRejected(btc);
    m_rig->set.publishRest();
    QVERIFY(m_rig->live.empty());
}

void TestBookSetOwnership::anOperatorMaySyncAgain()
{
    m_rig->set.assign({0, 1});
    m_rig->goLive(btc);
    m_rig->forgetOutputs();
    m_rig->set.resync(btc);
    QCOMPARE(m_rig->state(btc), std::string("buffering operator"));
    QCOMPARE(m_rig->requested.size(), std::size_t(1));
    m_rig->set.resync("XUSDT");
    QCOMPARE(m_rig->requested.size(), std::size_t(1));
}

void TestBookSetOwnership::ignoresASnapshotForABookItGaveBack()
{
    m_rig->set.assign({0, 1});
    m_rig->event(btc, {90, 91, 100});
    m_rig->set.revoke({0});
    m_rig->snapshot(btc, 95);
    m_rig->set.onSnapshotFailed(btc);
    m_rig->set.publishRest();
    QVERIFY(m_rig->live.empty());
    m_rig->set.onSnapshot("XUSDT", snapshotAt(95));
}

QTEST_GUILESS_MAIN(TestBookSetOwnership)
#include "tst_book_set_ownership.moc"

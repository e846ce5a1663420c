#include "exchange/hand_over.h"

#include <QTest>

#include <algorithm>
#include <iterator>
#include <random>
#include <vector>

using namespace obm;

namespace {

constexpr std::int64_t quietMs = 1000;

// Event n has u = n and pu = n - 1.
DepthEvent nth(std::int64_t n)
{
    return {.stream = "a", .data = "{}", .receivedMs = n, .previousLastId = n - 1, .lastId = n};
}

std::vector<std::int64_t> released(HandOver& handOver)
{
    std::vector<std::int64_t> ids;
    for (const HeldEvent& event : handOver.takeReleased())
        ids.push_back(event.lastId);
    return ids;
}

using Ids = std::vector<std::int64_t>;

} // namespace

class TestHandOver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void successorTakesOverWhereItContinues();
    void successorAheadIsHeldUntilTheOldOneReachesIt();
    void bothAtTheSameEventMoves();
    void laggingSuccessorPassesNothingTwice();
    void endOfTheOldConnectionReleasesWhatIsHeld();
    void heldEventsAreLimited();
    void quietStreamMovesInTime();
    void streamThatOnlyTheOldOneDeliversHoldsItUp();
    void silentOldConnectionGivesWay();
    void unknownStreamsPass();
    void removedStreamHoldsNothingUp();
    void chainStaysWhole_data();
    void chainStaysWhole();
};

void TestHandOver::successorTakesOverWhereItContinues()
{
    HandOver handOver(quietMs);
    handOver.add("a");
    QVERIFY(handOver.fromOld(nth(5), 0));
    QVERIFY(!handOver.isComplete(0, 0));
    QVERIFY(!handOver.fromSuccessor(nth(5), 1)); // had it
    QVERIFY(handOver.isComplete(0, 1));
    QVERIFY(!handOver.fromOld(nth(6), 2));
    QVERIFY(handOver.fromSuccessor(nth(6), 3));
}

void TestHandOver::successorAheadIsHeldUntilTheOldOneReachesIt()
{
    HandOver handOver(quietMs);
    handOver.add("a");
    QVERIFY(handOver.fromOld(nth(5), 0));
    QVERIFY(!handOver.fromSuccessor(nth(7), 1)); // 6 is missing: the old one will bring it
    QVERIFY(!handOver.fromSuccessor(nth(8), 2));
    QVERIFY(!handOver.isComplete(0, 2));
    QVERIFY(released(handOver).empty());
    QVERIFY(handOver.fromOld(nth(6), 3));
    QCOMPARE(released(handOver), Ids({7, 8}));
    QVERIFY(handOver.isComplete(0, 3));
    QVERIFY(!handOver.fromOld(nth(7), 4));
    QVERIFY(handOver.fromSuccessor(nth(9), 5));
}

void TestHandOver::bothAtTheSameEventMoves()
{
    HandOver handOver(quietMs);
    handOver.add("a");
    QVERIFY(!handOver.fromSuccessor(nth(5), 0));
    QVERIFY(handOver.fromOld(nth(5), 1));
    QVERIFY(released(handOver).empty()); // had it
    QCOMPARE(handOver.movedCount(), 1);
}

void TestHandOver::laggingSuccessorPassesNothingTwice()
{
    HandOver handOver(quietMs);
    handOver.add("a");
    for (int n = 1; n <= 5; ++n)
        QVERIFY(handOver.fromOld(nth(n), 0));
    for (int n = 2; n <= 5; ++n)
        QVERIFY(!handOver.fromSuccessor(nth(n), 1));
    QVERIFY(handOver.fromSuccessor(nth(6), 2));
}

void TestHandOver::endOfTheOldConnectionReleasesWhatIsHeld()
{
    HandOver handOver(quietMs);
    handOver.add("a");
    QVERIFY(!handOver.fromSuccessor(nth(5), 0));
    QVERIFY(!handOver.fromSuccessor(nth(6), 1));
    handOver.moveAll();
    QCOMPARE(released(handOver), Ids({5, 6}));
}

void TestHandOver::heldEventsAreLimited()
{
    HandOver handOver(quietMs);
    handOver.add("a");
    for (std::int64_t n = 1; n <= std::int64_t(heldEventsMax) + 10; ++n)
        QVERIFY(!handOver.fromSuccessor(nth(n), 0));
    handOver.moveAll();
    const Ids ids = released(handOver);
    QCOMPARE(ids.size(), heldEventsMax);
    QCOMPARE(ids.front(), std::int64_t(11));
}

void TestHandOver::quietStreamMovesInTime()
{
    HandOver handOver(quietMs);
    handOver.add("a");
    QVERIFY(!handOver.isComplete(500, 500 + quietMs - 1));
    QVERIFY(handOver.isComplete(500, 500 + quietMs));
}

void TestHandOver::streamThatOnlyTheOldOneDeliversHoldsItUp()
{
    HandOver handOver(quietMs);
    handOver.add("a");
    for (int n = 1; n <= 20; ++n)
        QVERIFY(handOver.fromOld(nth(n), n * 250));
    QVERIFY(!handOver.isComplete(100, 5000));
    QVERIFY(!handOver.isComplete(100, 50'000));
}

void TestHandOver::silentOldConnectionGivesWay()
{
    HandOver handOver(quietMs);
    handOver.add("a");
    QVERIFY(!handOver.fromSuccessor(nth(5), 0));
    QVERIFY(!handOver.fromSuccessor(nth(6), quietMs - 1));
    QVERIFY(handOver.fromSuccessor(nth(7), quietMs));
    QCOMPARE(released(handOver), Ids({5, 6}));
    QVERIFY(handOver.isComplete(0, quietMs));
}

void TestHandOver::unknownStreamsPass()
{
    HandOver handOver(quietMs);
    QVERIFY(handOver.fromOld(nth(1), 0));
    QVERIFY(handOver.fromSuccessor(nth(1), 0));
    QVERIFY(handOver.isComplete(0, 0));
}

void TestHandOver::removedStreamHoldsNothingUp()
{
    HandOver handOver(quietMs);
    handOver.add("a");
    handOver.remove("a");
    QVERIFY(handOver.isComplete(0, 0));
    QCOMPARE(handOver.streamCount(), 0);
}

void TestHandOver::chainStaysWhole_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 50; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// Either connection runs ahead at random; the successor begins in mid-stream. What passes is every event once, in
// order.
void TestHandOver::chainStaysWhole()
{
    QFETCH(quint32, seed);
    std::mt19937 random(seed);
    HandOver handOver(1'000'000);
    handOver.add("a");
    std::int64_t old = 1;
    std::int64_t successor = 1 + static_cast<std::int64_t>(random() % 10);
    Ids passed;
    const auto passReleased = [&] { std::ranges::copy(released(handOver), std::back_inserter(passed)); };
    for (int i = 0; i < 300; ++i) {
        if (random() % 2) {
            if (handOver.fromOld(nth(old), i))
                passed.push_back(old);
            passReleased();
            ++old;
        } else {
            const bool isNext = handOver.fromSuccessor(nth(successor), i);
            passReleased();
            if (isNext)
                passed.push_back(successor);
            ++successor;
        }
    }
    QVERIFY(handOver.isComplete(0, 300));
    for (std::size_t i = 0; i < passed.size(); ++i)
        QCOMPARE(passed[i], std::int64_t(i) + 1);
}

QTEST_APPLESS_MAIN(TestHandOver)
#include "tst_hand_over.moc"

// What the book stage hands to the store stage: the newest state of each symbol, changes of ownership in their order,
// and a wakeup that no put gets lost behind.
#include "pipeline/store_inbox.h"
#include "support/std_string.h"

#include <QtTest>

#include <poll.h>
#include <thread>

using namespace obm;

using Kind = OwnershipChange::Kind;

class TestStoreInbox : public QObject
{
    Q_OBJECT

    static BookText text(BookId id, std::int64_t lastId)
    {
        return {.id = id, .symbol = name(id), .lastId = lastId, .appliedUs = 0, .json = std::to_string(lastId)};
    }
    static std::string name(BookId id) { return "S" + std::to_string(id); }
    static BookText large(BookId id, std::size_t bytes)
    {
        BookText large = text(id, 10);
        large.json = std::string(bytes, '0');
        return large;
    }
    static bool isReadable(int fileDescriptor, int waitMs = 0)
    {
        pollfd wait{.fd = fileDescriptor, .events = POLLIN, .revents = 0};
        return poll(&wait, 1, waitMs) == 1;
    }
    static bool isAwake(const StoreInbox& inbox, int waitMs = 0) { return isReadable(inbox.fileDescriptor(), waitMs); }

private Q_SLOTS:
    void keepsTheNewestStateOfASymbol();
    void wakesOnceABatch();
    void dropsWhatIsReleased_data();
    void dropsWhatIsReleased();
    void takesWhatComesAfterARelease();
    void replacesStampsAsAWhole();
    void givesWholeBooksInPieces();
    void saysWhenThereIsRoom();
    void asksForEverything();
    void losesNothingBetweenTwoThreads();
};

void TestStoreInbox::keepsTheNewestStateOfASymbol()
{
    StoreInbox inbox;
    inbox.putLive(text(1, 10));
    inbox.putLive(text(2, 10));
    inbox.putLive(text(1, 20));
    inbox.putFull(text(1, 5));
    const StoreDelivery delivery = inbox.take();
    QCOMPARE(delivery.live.size(), std::size_t(2));
    QCOMPARE(delivery.live[0].json, std::string("20"));
    QCOMPARE(delivery.live[1].json, std::string("10"));
    QCOMPARE(delivery.full.size(), std::size_t(1));
    const StoreDelivery nothing = inbox.take();
    QVERIFY(nothing.live.empty() && nothing.full.empty() && nothing.changes.empty() && nothing.stamps.empty());
}

void TestStoreInbox::wakesOnceABatch()
{
    StoreInbox inbox;
    inbox.putLive(text(1, 10));
    QVERIFY(!isAwake(inbox));
    inbox.wake();
    inbox.wake();
    QVERIFY(isAwake(inbox));
    (void)inbox.take();
    QVERIFY(!isAwake(inbox));
    inbox.wake();
    QVERIFY(isAwake(inbox));
}

void TestStoreInbox::dropsWhatIsReleased_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("isDropped");
    QTest::newRow("claim") << int(Kind::Claim) << false;
    QTest::newRow("release") << int(Kind::Release) << true;
    QTest::newRow("remove") << int(Kind::Remove) << true;
}

void TestStoreInbox::dropsWhatIsReleased()
{
    QFETCH(int, kind);
    QFETCH(bool, isDropped);
    StoreInbox inbox;
    for (BookId id = 0; id < 3; ++id) {
        inbox.putLive(text(id, 10));
        inbox.putFull(text(id, 10));
    }
    inbox.putStamps({{name(0), {}}, {name(1), {}}, {name(2), {}}});
    inbox.change(Kind(kind), {name(0), name(2), "unknown"});
    inbox.putLive(text(1, 20)); // finds its place after the others went
    const StoreDelivery delivery = inbox.take();
    const std::size_t left = isDropped ? 1 : 3;
    QCOMPARE(delivery.live.size(), left);
    QCOMPARE(delivery.full.size(), left);
    QCOMPARE(delivery.stamps.size(), left);
    QCOMPARE(delivery.live[isDropped ? 0 : 1].lastId, std::int64_t(20));
    QCOMPARE(delivery.changes.size(), std::size_t(1));
}

void TestStoreInbox::takesWhatComesAfterARelease()
{
    StoreInbox inbox;
    inbox.putLive(text(1, 10));
    inbox.change(Kind::Release, {name(1)});
    inbox.change(Kind::Claim, {name(1)});
    inbox.putLive(text(1, 20));
    const StoreDelivery delivery = inbox.take();
    QCOMPARE(delivery.changes.size(), std::size_t(2));
    QCOMPARE(delivery.changes[0].kind, Kind::Release);
    QCOMPARE(delivery.changes[1].kind, Kind::Claim);
    QCOMPARE(delivery.live.size(), std::size_t(1));
    QCOMPARE(delivery.live[0].lastId, std::int64_t(20));
}

void TestStoreInbox::replacesStampsAsAWhole()
{
    StoreInbox inbox;
    inbox.putStamps({{name(0), {}}, {name(1), {}}});
    inbox.putStamps({{name(1), {}}});
    QVERIFY(isAwake(inbox));
    const StoreDelivery delivery = inbox.take();
    QCOMPARE(delivery.stamps.size(), std::size_t(1));
    QCOMPARE(delivery.stamps[0].symbol, name(1));
}

void TestStoreInbox::givesWholeBooksInPieces()
{
    StoreInbox inbox;
    for (BookId id = 0; id < 4; ++id)
        inbox.putFull(large(id, 100));
    QVERIFY(inbox.take(0).full.empty());
    const StoreDelivery two = inbox.take(250);
    QCOMPARE(two.full.size(), std::size_t(2));
    QCOMPARE(two.full[0].id, BookId(0)); // that waits longest
    inbox.putFull(large(3, 300));        // finds its place after the others went
    QVERIFY(inbox.hasFull());
    const StoreDelivery one = inbox.take(50); // larger than asked for, and never stuck
    QCOMPARE(one.full.size(), std::size_t(1));
    QCOMPARE(one.full[0].id, BookId(2));
    const StoreDelivery rest = inbox.take();
    QCOMPARE(rest.full.size(), std::size_t(1));
    QCOMPARE(rest.full[0].json.size(), std::size_t(300));
    QVERIFY(!inbox.hasFull());
}

void TestStoreInbox::saysWhenThereIsRoom()
{
    StoreInbox inbox;
    inbox.putFull(large(0, StoreInbox::fullBytesMax - 1));
    QVERIFY(inbox.hasRoom());
    inbox.putFull(large(1, 1));
    inbox.putFull(large(1, 1)); // replaced, not added
    QVERIFY(!inbox.hasRoom());
    QVERIFY(!isReadable(inbox.wishFileDescriptor()));
    inbox.change(Kind::Release, {name(1)});
    QVERIFY(isReadable(inbox.wishFileDescriptor()));
    inbox.acknowledgeWish();
    inbox.putFull(large(2, 1));
    QVERIFY(!inbox.hasRoom());
    (void)inbox.take();
    QVERIFY(isReadable(inbox.wishFileDescriptor()));
    inbox.acknowledgeWish();
    QVERIFY(inbox.hasRoom());
    (void)inbox.take();
    QVERIFY(!isReadable(inbox.wishFileDescriptor())); // nobody waits for it
}

void TestStoreInbox::asksForEverything()
{
    StoreInbox inbox;
    QVERIFY(!inbox.takeAllWanted());
    inbox.wantAll();
    QVERIFY(isReadable(inbox.wishFileDescriptor()));
    QVERIFY(inbox.takeAllWanted());
    QVERIFY(!inbox.takeAllWanted()); // once
}

// The reader only looks when it is woken: a lost wakeup would leave it waiting for the last state.
void TestStoreInbox::losesNothingBetweenTwoThreads()
{
    constexpr std::int64_t statesMax = 50'000;
    constexpr int deadlineMs = 30'000;
    StoreInbox inbox;
    std::jthread writer([&] {
        for (std::int64_t u = 1; u <= statesMax; ++u) {
            inbox.putLive(text(BookId(u % 3), u));
            inbox.wake();
        }
    });
    std::int64_t newest = 0;
    bool hasGoneBack = false;
    while (newest < statesMax && isAwake(inbox, deadlineMs)) {
        std::int64_t best = newest;
        for (const BookText& state : inbox.take().live) {
            hasGoneBack |= state.lastId <= newest - 3; // a symbol's states come in order
            best = std::max(best, state.lastId);
        }
        newest = best;
    }
    QCOMPARE(newest, statesMax);
    QVERIFY(!hasGoneBack);
}

QTEST_GUILESS_MAIN(TestStoreInbox)
#include "tst_store_inbox.moc"

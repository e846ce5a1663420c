#include "exchange/snapshot_queue.h"

#include <QTest>

using obm::SnapshotQueue;

namespace {

QStringList takeAll(SnapshotQueue& queue, std::int64_t nowMs)
{
    QStringList symbols;
    while (const auto turn = queue.take(nowMs))
        symbols << QString::fromStdString(turn->symbol);
    return symbols;
}

} // namespace

class TestSnapshotQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstComeFirstServed();
    void higherPriorityGoesFirst();
    void askingAgainKeepsThePlace();
    void priorityRisesOnly();
    void failedSymbolWaitsAndQueuesAtTheEnd();
    void tellsTheOrder();
    void removedIsForgotten();
};

void TestSnapshotQueue::firstComeFirstServed()
{
    SnapshotQueue queue;
    for (const char* symbol : {"C", "A", "B"})
        queue.add(symbol, 0);
    QCOMPARE(takeAll(queue, 0), QStringList({"C", "A", "B"}));
    QCOMPARE(queue.size(), std::size_t(0));
    QVERIFY(!queue.nextMs(0));
}

void TestSnapshotQueue::higherPriorityGoesFirst()
{
    SnapshotQueue queue;
    queue.add("low", -1);
    queue.add("normal", 0);
    queue.add("high", 2);
    queue.add("normal2", 0);
    QCOMPARE(takeAll(queue, 0), QStringList({"high", "normal", "normal2", "low"}));
}

void TestSnapshotQueue::askingAgainKeepsThePlace()
{
    SnapshotQueue queue;
    queue.add("A", 0);
    queue.add("B", 0);
    queue.add("A", 0);
    QCOMPARE(takeAll(queue, 0), QStringList({"A", "B"}));
}

void TestSnapshotQueue::priorityRisesOnly()
{
    SnapshotQueue queue;
    queue.add("A", 1);
    queue.add("B", 0);
    queue.add("A", 0);
    queue.add("B", 2);
    QCOMPARE(takeAll(queue, 0), QStringList({"B", "A"}));
    queue.addLater("C", 0, 100);
    queue.add("D", 0);
    queue.add("C", 1);
    QCOMPARE(takeAll(queue, 100), QStringList({"C", "D"}));
}

void TestSnapshotQueue::failedSymbolWaitsAndQueuesAtTheEnd()
{
    SnapshotQueue queue;
    queue.addLater("failed", 0, 500);
    queue.add("A", 0);
    QCOMPARE(queue.nextMs(0), std::optional<std::int64_t>(0));
    QCOMPARE(takeAll(queue, 0), QStringList("A"));
    QCOMPARE(queue.nextMs(0), std::optional<std::int64_t>(500));
    queue.add("B", 0);
    queue.add("failed", 0); // asking does not shorten the wait
    QCOMPARE(queue.take(499)->symbol, std::string("B"));
    QVERIFY(!queue.take(499));
    QCOMPARE(queue.take(500)->symbol, std::string("failed"));
}

void TestSnapshotQueue::tellsTheOrder()
{
    SnapshotQueue queue;
    queue.add("A", 0);
    queue.add("B", 0);
    queue.add("first", 1);
    queue.addLater("later", 5, 700);
    QStringList order;
    for (const SnapshotQueue::Waiting& waiting : queue.inOrder())
        order << QString::fromStdString(waiting.symbol);
    QCOMPARE(order, QStringList({"first", "A", "B", "later"}));
    QCOMPARE(queue.inOrder().front().notBeforeMs, std::int64_t(0));
    QCOMPARE(queue.inOrder().back().notBeforeMs, std::int64_t(700));
    QCOMPARE(queue.size(), std::size_t(4));
}

void TestSnapshotQueue::removedIsForgotten()
{
    SnapshotQueue queue;
    queue.add("A", 0);
    queue.addLater("B", 0, 10);
    queue.remove("A");
    queue.remove("B");
    queue.remove("nobody");
    QVERIFY(takeAll(queue, 100).isEmpty());
    QVERIFY(queue.inOrder().empty());
}

QTEST_APPLESS_MAIN(TestSnapshotQueue)
#include "tst_snapshot_queue.moc"

// When a process is alive, and when others may rely on it.
#include "pipeline/pipeline_health.h"
#include "support/make_status.h"
#include "support/std_string.h"

#include <QtTest>

#include <functional>

using namespace obm;
using namespace obm::test;

using Change = std::function<void(StageStatuses&)>;
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(obm::Role)

class TestPipelineHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isHealthyWhileItsThreadsPublish_data();
    void isHealthyWhileItsThreadsPublish();
    void isReadyWhenOthersMayRelyOnIt_data();
    void isReadyWhenOthersMayRelyOnIt();
    void aRoleIsJudgedByItsOwnStages();
};

void TestPipelineHealth::isHealthyWhileItsThreadsPublish_data()
{
    QTest::addColumn<Role>("role");
    QTest::addColumn<bool>("hasFeed");
    QTest::addColumn<bool>("hasRest");
    QTest::addColumn<qint64>("ageMs");
    QTest::addColumn<QString>("body");

    const QString good = QStringLiteral("ok\n");
    QTest::newRow("all") << Role::All << true << true << qint64(0) << good;
    QTest::newRow("slow but not stuck") << Role::All << true << true << qint64(stuckAfterMs) << good;
    QTest::newRow("stuck") << Role::All << true << true << qint64(stuckAfterMs + 1000)
                           << QStringLiteral("obm-feed has been stuck for 6 s\nobm-book has been stuck for 6 s\n"
                                             "obm-store has been stuck for 6 s\n");
    QTest::newRow("a producer needs its feed") << Role::Producer << true << false << qint64(0) << good;
    QTest::newRow("a producer without it")
        << Role::Producer << false << true << qint64(0) << QStringLiteral("obm-feed has not begun\n");
    QTest::newRow("a handler needs no feed") << Role::Handler << false << true << qint64(0) << good;
    QTest::newRow("a handler that has not begun")
        << Role::Handler << true << false << qint64(0)
        << QStringLiteral("obm-book has not begun\nobm-store has not begun\n");
}

void TestPipelineHealth::isHealthyWhileItsThreadsPublish()
{
    QFETCH(Role, role);
    QFETCH(bool, hasFeed);
    QFETCH(bool, hasRest);
    QFETCH(qint64, ageMs);
    QFETCH(QString, body);
    PipelineStatus status = StageStatuses().all();
    if (!hasFeed)
        status.feed.reset();
    if (!hasRest) {
        status.book.reset();
        status.store.reset();
    }
    const HealthAnswer answer = healthOf(status, role, takenMs + ageMs);
    QCOMPARE(QString::fromStdString(answer.body), body);
    QCOMPARE(answer.ok, body == QStringLiteral("ok\n"));
    QCOMPARE(readinessOf(status, role, takenMs + ageMs).ok, answer.ok); // who is stuck is not ready either
}

void TestPipelineHealth::isReadyWhenOthersMayRelyOnIt_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("body");

    const QString good = QStringLiteral("ok\n");
    const auto books = [](std::vector<BookRow> rows) {
        return Change([rows = std::move(rows)](StageStatuses& s) { s.book.set.books = rows; });
    };
    QTest::newRow("all well") << Change([](StageStatuses&) {}) << good;
    QTest::newRow("no partitions") << books({}) << good;
    QTest::newRow("a symbol without events") << books({bookRow("X", SyncState::Waiting, std::nullopt)}) << good;
    QTest::newRow("a quiet symbol that syncs")
        << books({bookRow("X", SyncState::Buffering, activeSymbolMs + 1)}) << good;
    QTest::newRow("an active symbol that syncs")
        << books({bookRow("X", SyncState::Buffering, activeSymbolMs), bookRow("Y", SyncState::Live)})
        << QStringLiteral("X is buffering (gap)\n");
    QTest::newRow("Kafka away from both") << Change([](StageStatuses& s) {
        s.feed.producer.broker.state = BrokerState::Away;
        s.book.consumer.broker.state = BrokerState::Connecting;
    }) << QStringLiteral("the producer has no Kafka broker\nthe consumer has no Kafka broker\n");
    QTest::newRow("the topic is deleted") << Change([](StageStatuses& s) {
        s.feed.producer.topic = TopicReport{
            .state = TopicState::Missing, .partitions = 0, .retentionMs = std::nullopt, .error = std::nullopt};
    }) << QStringLiteral("Kafka's topic is missing\n");
    QTest::newRow("a silent stream") << Change([](StageStatuses& s) {
        s.feed.stream.connections[0].state = StreamState::Silent;
    }) << QStringLiteral("stream connection 1 is %1\n").arg(QLatin1String(toText(StreamState::Silent)));
    QTest::newRow("no stream") << Change([](StageStatuses& s) { s.feed.stream.connections.clear(); })
                               << QStringLiteral("no stream is open\n");
    QTest::newRow("Redis away") << Change([](StageStatuses& s) { s.store.redis.connected = false; })
                                << QStringLiteral("Redis is away\n");
    QTest::newRow("Redis refuses") << Change([](StageStatuses& s) {
        s.store.redis.error = RedisError{RedisErrorKind::OutOfMemory, "OOM command not allowed"};
    }) << QStringLiteral("Redis: OOM command not allowed\n");
}

void TestPipelineHealth::isReadyWhenOthersMayRelyOnIt()
{
    QFETCH(Change, change);
    QFETCH(QString, body);
    StageStatuses statuses;
    change(statuses);
    const HealthAnswer answer = readinessOf(statuses.all(), Role::All, takenMs);
    QCOMPARE(QString::fromStdString(answer.body), body);
    QCOMPARE(answer.ok, body == QStringLiteral("ok\n"));
    QVERIFY(healthOf(statuses.all(), Role::All, takenMs).ok); // a restart would not help
}

void TestPipelineHealth::aRoleIsJudgedByItsOwnStages()
{
    QVERIFY(readinessOf(StageStatuses().producer(), Role::Producer, takenMs).ok);
    QVERIFY(readinessOf(StageStatuses().handler(), Role::Handler, takenMs).ok);
    QVERIFY(!readinessOf(StageStatuses().handler(), Role::All, takenMs).ok);
}

QTEST_GUILESS_MAIN(TestPipelineHealth)
#include "tst_pipeline_health.moc"

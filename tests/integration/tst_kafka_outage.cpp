// How the Kafka clients bear with brokers: away at the start, away for a while, refusing the producer for good, gone at
// the end; and a local queue that is full.
#include "kafka/consumer.h"
#include "kafka/producer.h"
#include "support/await.h"
#include "support/member.h"
#include "support/mock_cluster.h"

#include <QtTest/QtTest>

using obm::Consumer;
using obm::KafkaConfig;
using obm::Producer;
using obm::ProduceResult;
using obm::test::Member;
using obm::test::MockCluster;

namespace {

constexpr int joinMs = 20'000; // the first join of a group takes 3 s here
constexpr int limitMs = 20'000;
constexpr std::int16_t initProducerIdKey = 22;
constexpr std::int64_t timestampMs = 1'721'260'800'000;

KafkaConfig configFor(const std::string& servers, const char* group)
{
    KafkaConfig config;
    config.bootstrapServers = servers;
    config.groupId = group;
    return config;
}

void produce(Producer& producer, int from, int count)
{
    for (int i = from; i < from + count; ++i)
        QCOMPARE(producer.produce("BTCUSDT", std::to_string(i), timestampMs), ProduceResult::Queued);
}

} // namespace

class TestKafkaOutage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhenTheQueueIsFull();
    void healsFromAFatalError();
    void waitsForABrokerThatIsAway();
    void survivesAnOutage();
    void marksWhatMayFollowALoss();
    void stopsWithoutABroker();
};

void TestKafkaOutage::refusesWhenTheQueueIsFull()
{
    MockCluster cluster;
    cluster.setUp(false);
    auto producer = Producer::create(configFor(cluster.servers(), "full"));
    QVERIFY(producer);
    const std::string value(4'096, 'x');
    int queued = 0;
    while ((*producer)->produce("BTCUSDT", value, timestampMs) == ProduceResult::Queued)
        QVERIFY(++queued <= Producer::queueMessagesMax);
    QVERIFY(queued > 10'000);
    QVERIFY(std::int64_t{queued} * 4'096 <= std::int64_t{Producer::queueKbytesMax} * 1'024);
    QCOMPARE((*producer)->status().queueFull, 1U);
    QCOMPARE((*producer)->status().inFlight, queued);
    QVERIFY(!(*producer)->flush(10));
}

void TestKafkaOutage::healsFromAFatalError()
{
    MockCluster cluster;
    const KafkaConfig config = configFor(cluster.servers(), "fatal");
    cluster.createTopic(config.topic, config.partitions);
    cluster.failNext(initProducerIdKey, RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED);
    auto producer = Producer::create(config);
    produce(**producer, 0, 1);
    AWAIT_EQUAL_WITHIN((*producer)->status().recreated, 1U, limitMs);
    QCOMPARE((*producer)->status().failedTotal, 1U);
    QCOMPARE((*producer)->status().inFlight, 0);
    QVERIFY((*producer)->status().lastError->isFatal);
    produce(**producer, 1, 1);
    AWAIT_EQUAL_WITHIN((*producer)->status().delivered, 1U, limitMs);
}

void TestKafkaOutage::waitsForABrokerThatIsAway()
{
    MockCluster cluster;
    KafkaConfig config = configFor(cluster.servers(), "away");
    config.autoOffsetReset = "earliest";
    cluster.createTopic(config.topic, config.partitions);
    cluster.setUp(false);
    auto producer = Producer::create(config);
    Member member(config);
    produce(**producer, 0, 10);
    AWAIT_EQUAL_WITHIN((*producer)->status().broker.state, obm::BrokerState::Away, limitMs);
    AWAIT_EQUAL_WITHIN(member.consumer->status().broker.state, obm::BrokerState::Away, limitMs);
    cluster.setUp(true);
    AWAIT_EQUAL_WITHIN((*producer)->status().delivered, 10U, limitMs);
    AWAIT_EQUAL_WITHIN(member.seen.size(), std::size_t{10}, joinMs);
    QVERIFY((*producer)->status().broker.isUp());
    QVERIFY(member.consumer->status().broker.isUp());
}

void TestKafkaOutage::survivesAnOutage()
{
    MockCluster cluster;
    KafkaConfig config = configFor(cluster.servers(), "outage");
    config.autoOffsetReset = "earliest";
    cluster.createTopic(config.topic, config.partitions);
    auto producer = Producer::create(config);
    Member member(config);
    produce(**producer, 0, 10);
    AWAIT_EQUAL_WITHIN(member.seen.size(), std::size_t{10}, joinMs);
    cluster.setUp(false);
    produce(**producer, 10, 10);
    AWAIT_EQUAL_WITHIN((*producer)->status().broker.state, obm::BrokerState::Away, limitMs);
    cluster.setUp(true);
    AWAIT_EQUAL_WITHIN((*producer)->status().delivered, 20U, limitMs);
    AWAIT_WITHIN(member.seen.size() >= 20, joinMs);
    QCOMPARE((*producer)->status().failedTotal, 0U);
    QCOMPARE((*producer)->status().broker.timesAway, 1U);
}

void TestKafkaOutage::marksWhatMayFollowALoss()
{
    MockCluster cluster;
    KafkaConfig config = configFor(cluster.servers(), "marks");
    config.autoOffsetReset = "earliest";
    cluster.createTopic(config.topic, config.partitions);
    auto producer = Producer::create(config);
    std::uint64_t sent = 0;
    const auto send = [&](const char* value) {
        QCOMPARE((*producer)->produce("BTCUSDT", value, timestampMs), ProduceResult::Queued);
        ++sent;
    };
    const auto deliver = [&](const char* value) {
        send(value);
        AWAIT_EQUAL_WITHIN((*producer)->status().delivered, sent, limitMs);
    };
    deliver("first: marked");
    deliver("sound");
    QCOMPARE((*producer)->produce("BTCUSDT", std::string(16 * 1024 * 1024, 'x'), timestampMs), ProduceResult::Failed);
    deliver("after one refused: marked");
    deliver("sound");
    cluster.setUp(false);
    send("sound");
    send("behind one that waits: marked");
    cluster.setUp(true);
    AWAIT_EQUAL_WITHIN((*producer)->status().delivered, sent, limitMs);
    deliver("sound");

    Member member(config);
    AWAIT_EQUAL_WITHIN(member.seen.size(), std::size_t{sent}, joinMs);
    for (const auto& message : member.seen)
        QVERIFY2((message.mark == obm::GapOrigin::Producer) == message.value.endsWith(": marked"), message.value);
}

void TestKafkaOutage::stopsWithoutABroker()
{
    MockCluster cluster;
    const KafkaConfig config = configFor(cluster.servers(), "stop");
    cluster.createTopic(config.topic, config.partitions);
    auto producer = Producer::create(config);
    Member member(config);
    AWAIT_WITHIN(member.holds(config.partitions), joinMs);
    cluster.setUp(false);
    AWAIT_EQUAL_WITHIN(member.consumer->status().broker.state, obm::BrokerState::Away, limitMs);
    QElapsedTimer timer;
    timer.start();
    member.consumer->stop();
    qInfo() << "consumer stopped after" << timer.elapsed() << "ms";
    QVERIFY(timer.elapsed() < Consumer::stopDeadlineMs + 2'000);
    QVERIFY(member.holds(0));
    timer.start();
    producer->reset();
    qInfo() << "producer gone after" << timer.elapsed() << "ms";
    QVERIFY(timer.elapsed() < 2'000);
}

QTEST_GUILESS_MAIN(TestKafkaOutage)
#include "tst_kafka_outage.moc"

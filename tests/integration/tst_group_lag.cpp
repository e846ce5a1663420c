// How far a group is behind, asked from outside: what it has committed against what there is, without a place in it.
#include "kafka/embedded_broker.h"
#include "kafka/group_lag.h"
#include "kafka/producer.h"
#include "support/await.h"
#include "support/member.h"
#include "support/mock_cluster.h"

#include <QtTest/QtTest>

using obm::EmbeddedBroker;
using obm::GroupLag;
using obm::GroupPosition;
using obm::KafkaConfig;
using obm::Producer;
using obm::ProduceResult;
using obm::test::Member;
using obm::test::MockCluster;

namespace {

constexpr int limitMs = 20'000; // the first join of a group takes 3 s here
constexpr std::int64_t timestampMs = 1'721'260'800'000;

KafkaConfig configFor(const std::string& servers)
{
    KafkaConfig config;
    config.bootstrapServers = servers;
    config.groupId = "watched";
    config.autoOffsetReset = "earliest";
    return config;
}

void produce(Producer& producer, int count)
{
    for (int i = 0; i < count; ++i)
        QCOMPARE(producer.produce("SYMBOL" + std::to_string(i), "{}", timestampMs), ProduceResult::Queued);
    QVERIFY(producer.flush(limitMs));
}

std::int64_t behind(const std::vector<GroupPosition>& positions)
{
    std::int64_t sum = 0;
    for (const GroupPosition& at : positions)
        sum += at.end - std::max<std::int64_t>(0, at.committed);
    return sum;
}

// -1: it cannot be read.
std::int64_t behind(GroupLag& lag)
{
    const auto positions = lag.read();
    return positions ? behind(*positions) : -1;
}

} // namespace

class TestGroupLag : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatIsNotCommitted();
    void saysThatTheTopicIsMissing();
    void saysThatNoBrokerIsThere();
    void bearsAnOutage();
};

void TestGroupLag::tellsWhatIsNotCommitted()
{
    const auto broker = EmbeddedBroker::start(KafkaConfig());
    QVERIFY(broker);
    const KafkaConfig config = configFor((*broker)->bootstrapServers());
    const auto producer = Producer::create(config);
    QVERIFY(producer);
    produce(**producer, 60);
    auto lag = GroupLag::create(config);
    QVERIFY(lag);
    const auto before = lag->read();
    QVERIFY2(before, before ? "" : before.error().text.c_str());
    QCOMPARE(before->size(), static_cast<std::size_t>(config.partitions));
    for (int partition = 0; partition < config.partitions; ++partition) {
        QCOMPARE(before->at(partition).partition, partition);
        QCOMPARE(before->at(partition).committed, -1);
    }
    QCOMPARE(behind(*before), 60);

    Member member(config);
    AWAIT_EQUAL_WITHIN(behind(*lag), 0, limitMs);
    member.isApplying = false;
    produce(**producer, 12);
    AWAIT_EQUAL_WITHIN(member.seen.size(), std::size_t{72}, limitMs);
    QCOMPARE(behind(*lag), 12);
    QVERIFY(member.holds(config.partitions)); // nobody else came into the group
    QCOMPARE(member.assignments, 1);
    QCOMPARE(member.revocations, 0);
}

void TestGroupLag::saysThatTheTopicIsMissing()
{
    MockCluster cluster;
    KafkaConfig config = configFor(cluster.servers());
    config.topic = "no_such_topic";
    cluster.hideTopic(config.topic);
    auto lag = GroupLag::create(config);
    QVERIFY(lag);
    const auto positions = lag->read();
    QVERIFY(!positions);
    QVERIFY(positions.error().code > 0); // a broker's answer
    QCOMPARE(positions.error().name, std::string("UNKNOWN_TOPIC_OR_PART"));
    QVERIFY(positions.error().text.contains("no_such_topic"));
}

void TestGroupLag::saysThatNoBrokerIsThere()
{
    auto lag = GroupLag::create(configFor("127.0.0.1:1"));
    QVERIFY(lag);
    QElapsedTimer elapsed;
    elapsed.start();
    const auto positions = lag->read();
    QVERIFY(!positions);
    QVERIFY(positions.error().code < 0); // no broker's answer
    QVERIFY2(elapsed.elapsed() < GroupLag::callDeadlineMs + 2'000, std::to_string(elapsed.elapsed()).c_str());
}

void TestGroupLag::bearsAnOutage()
{
    MockCluster cluster;
    const KafkaConfig config = configFor(cluster.servers());
    cluster.createTopic(config.topic, config.partitions);
    const auto producer = Producer::create(config);
    QVERIFY(producer);
    produce(**producer, 5);
    auto lag = GroupLag::create(config);
    QVERIFY(lag);
    QCOMPARE(behind(*lag), 5);
    cluster.setUp(false);
    QCOMPARE(behind(*lag), -1);
    cluster.setUp(true);
    AWAIT_EQUAL_WITHIN(behind(*lag), 5, limitMs);
}

QTEST_GUILESS_MAIN(TestGroupLag)
#include "tst_group_lag.moc"

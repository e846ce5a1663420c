// Producer and consumer through the broker inside the process: what goes in comes out; lag, offsets, hand-over of
// partitions.
#include "kafka/consumer.h"
#include "kafka/embedded_broker.h"
#include "kafka/handles.h"
#include "kafka/partitioner.h"
#include "kafka/producer.h"
#include "support/await.h"
#include "support/member.h"

#include <librdkafka/rdkafka.h>

#include <QtTest/QtTest>

#include <array>
#include <numeric>
#include <tuple>

using obm::EmbeddedBroker;
using obm::KafkaConfig;
using obm::Producer;
using obm::ProduceResult;
using obm::test::Member;

namespace {

constexpr int joinMs = 20'000; // the first join of a group takes 3 s here
constexpr int limitMs = 20'000;
constexpr std::array symbols = {"BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT", "ADAUSDT", "XRPUSDT"};
constexpr std::int64_t firstTimestampMs = 1'721'260'800'000;

KafkaConfig configFor(const std::string& servers, const char* group)
{
    KafkaConfig config;
    config.bootstrapServers = servers;
    config.groupId = group;
    return config;
}

QByteArray valueOf(int i)
{
    return "{\"e\":\"depthUpdate\",\"u\":" + QByteArray::number(i) + "}";
}

void produce(Producer& producer, int from, int count)
{
    for (int i = from; i < from + count; ++i)
        QCOMPARE(producer.produce(symbols[i % symbols.size()], valueOf(i).toStdString(), firstTimestampMs + i),
                 ProduceResult::Queued);
}

// The committed offset of each partition, asked from the broker; -1 where there is none.
std::vector<std::int64_t> committed(const KafkaConfig& config)
{
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "bootstrap.servers", config.bootstrapServers.c_str(), nullptr, 0);
    rd_kafka_conf_set(conf, "group.id", config.groupId.c_str(), nullptr, 0);
    const obm::ClientHandle client(rd_kafka_new(RD_KAFKA_CONSUMER, conf, nullptr, 0));
    const obm::PartitionList list(rd_kafka_topic_partition_list_new(config.partitions));
    rd_kafka_topic_partition_list_add_range(list.get(), config.topic.c_str(), 0, config.partitions - 1);
    rd_kafka_committed(client.get(), list.get(), limitMs);
    std::vector<std::int64_t> offsets;
    for (int i = 0; i < list->cnt; ++i)
        offsets.push_back(std::max<std::int64_t>(-1, list->elems[i].offset));
    return offsets;
}

} // namespace

class TestKafkaEmbedded : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void handsOverWhatWasProduced();
    void tellsWhatMayBeMissing();
    void wakesForEveryMessage();
    void tellsTheLag();
    void startsAtTheEnd();
    void resumesWhereTold();
    void commitsWhatIsApplied();
    void sharesPartitionsAndHandsThemOver();

private:
    std::unique_ptr<EmbeddedBroker> m_broker;
};

void TestKafkaEmbedded::initTestCase()
{
    auto broker = EmbeddedBroker::start(KafkaConfig());
    QVERIFY(broker);
    m_broker = std::move(*broker);
    QVERIFY(m_broker->bootstrapServers().starts_with("127.0.0.1:"));
}

void TestKafkaEmbedded::handsOverWhatWasProduced()
{
    constexpr int count = 1'200;
    KafkaConfig config = configFor(m_broker->bootstrapServers(), "bytes");
    config.autoOffsetReset = "earliest";
    auto producer = Producer::create(config);
    QVERIFY(producer);
    produce(**producer, 0, count);
    AWAIT_EQUAL_WITHIN((*producer)->status().delivered, std::uint64_t{count}, limitMs);
    QVERIFY((*producer)->flush(limitMs));
    QCOMPARE((*producer)->status().inFlight, 0);
    QVERIFY((*producer)->status().broker.isUp());
    AWAIT_WITHIN((*producer)->status().topic.has_value(), limitMs);
    QCOMPARE((*producer)->status().topic->partitions, config.partitions);

    Member member(config);
    AWAIT_EQUAL_WITHIN(member.seen.size(), std::size_t{count}, joinMs);
    std::map<int, qint64> nextOffset;
    std::map<QByteArray, qint64> lastOf;
    for (const auto& message : member.seen) {
        const int i = static_cast<int>(message.timestampMs - firstTimestampMs);
        QCOMPARE(message.value, valueOf(i));
        QCOMPARE(message.key, QByteArray(symbols[i % symbols.size()]));
        QCOMPARE(message.partition, obm::partitionOf(message.key.toStdString(), config.partitions));
        QCOMPARE(message.offset, nextOffset[message.partition]++);
        QVERIFY(message.timestampMs > std::exchange(lastOf[message.key], message.timestampMs));
    }
    QVERIFY(member.batchEnds > 0);
    QVERIFY2(member.batchEnds < count / 4, qPrintable(QString::number(member.batchEnds)));
    AWAIT_EQUAL_WITHIN(member.consumer->status().memberState, std::string("steady"), limitMs);
}

void TestKafkaEmbedded::tellsWhatMayBeMissing()
{
    KafkaConfig config = configFor(m_broker->bootstrapServers(), "marks");
    config.topic = "marks";
    config.autoOffsetReset = "earliest";
    const auto broker = EmbeddedBroker::start(config); // a topic of its own
    QVERIFY(broker);
    config.bootstrapServers = (*broker)->bootstrapServers();
    auto producer = Producer::create(config);
    for (int i = 0; i < 4; ++i) { // nobody knows what was before the first; events are missing before the third
        QCOMPARE((*producer)->produce("BTCUSDT", valueOf(i).toStdString(), firstTimestampMs + i, i == 2),
                 ProduceResult::Queued);
        AWAIT_EQUAL_WITHIN((*producer)->status().delivered, std::uint64_t(i + 1), limitMs);
    }
    Member member(config);
    AWAIT_EQUAL_WITHIN(member.seen.size(), std::size_t{4}, joinMs);
    using Mark = std::optional<obm::GapOrigin>;
    const std::array marks = {Mark(obm::GapOrigin::Producer), Mark(), Mark(obm::GapOrigin::Exchange), Mark()};
    for (std::size_t i = 0; i < marks.size(); ++i) {
        QCOMPARE(member.seen[i].mark, marks[i]);
        QCOMPARE(member.seen[i].key, QByteArray("BTCUSDT"));
        QCOMPARE(member.seen[i].value, valueOf(static_cast<int>(i)));
    }
}

void TestKafkaEmbedded::wakesForEveryMessage()
{
    const KafkaConfig config = configFor(m_broker->bootstrapServers(), "wake");
    auto producer = Producer::create(config);
    Member member(config);
    AWAIT_WITHIN(member.holds(config.partitions), joinMs);
    // Until the end of its partition is known a message may still come before it: until a round has come whole.
    const int roundSize = static_cast<int>(symbols.size());
    int roundStart = 0;
    const auto isRoundSeen = [&] {
        const auto isOfRound = [&](const auto& message) {
            return message.timestampMs >= firstTimestampMs + roundStart;
        };
        return std::ranges::count_if(member.seen, isOfRound) == roundSize;
    };
    do {
        roundStart += roundSize;
        produce(**producer, roundStart, roundSize);
    } while (!QTest::qWaitFor(isRoundSeen, 200) && roundStart < 100 * roundSize);
    QVERIFY(isRoundSeen());
    for (int i = 0; i < 100; ++i) {
        const QByteArray expected = valueOf(1'000 + i);
        produce(**producer, 1'000 + i, 1);
        AWAIT_EQUAL_WITHIN(member.seen.back().value, expected, limitMs);
    }
}

void TestKafkaEmbedded::tellsTheLag()
{
    KafkaConfig config = configFor(m_broker->bootstrapServers(), "lag");
    config.autoOffsetReset = "earliest";
    Member member(config);
    obm::ConsumerStatus early;
    member.onFirstOfBatch = [&] { early = member.consumer->status(); };
    AWAIT_WITHIN(member.seen.size() >= 1'200, joinMs);
    const auto lagOf = [](const obm::ConsumerStatus& status) {
        return std::accumulate(status.partitions.begin(), status.partitions.end(), std::int64_t{0},
                               [](std::int64_t sum, const obm::PartitionStatus& p) { return sum + p.lagMessages; });
    };
    const auto behind = std::ranges::find_if(early.partitions, [](const auto& p) { return p.lagMessages > 0; });
    QVERIFY(behind != early.partitions.end());
    QVERIFY(behind->lagMs > 0);
    AWAIT_EQUAL_WITHIN(lagOf(member.consumer->status()), 0, limitMs);
    for (const auto& partition : member.consumer->status().partitions)
        QCOMPARE(partition.lagMs, 0);
}

void TestKafkaEmbedded::startsAtTheEnd()
{
    const KafkaConfig config = configFor(m_broker->bootstrapServers(), "end");
    auto producer = Producer::create(config);
    Member member(config);
    AWAIT_WITHIN(member.holds(config.partitions), joinMs);
    for (int i = 0; member.seen.empty() && i < 100; ++i) {
        produce(**producer, 5'000 + i, 1);
        std::ignore = QTest::qWaitFor([&] { return !member.seen.empty(); }, 200);
    }
    QVERIFY(!member.seen.empty());
    QVERIFY(member.seen.front().timestampMs >= firstTimestampMs + 5'000); // nothing of the tests before
}

void TestKafkaEmbedded::resumesWhereTold()
{
    const KafkaConfig config = configFor(m_broker->bootstrapServers(), "resume");
    const int partition = obm::partitionOf("BTCUSDT", config.partitions);
    Member member(config, {{partition, 7}});
    AWAIT_WITHIN(!member.seen.empty(), joinMs);
    QCOMPARE(member.seen.front().partition, partition);
    QCOMPARE(member.seen.front().offset, 7);
    QCOMPARE(member.consumer->status().offsetResets, 0U);
}

void TestKafkaEmbedded::commitsWhatIsApplied()
{
    KafkaConfig config = configFor(m_broker->bootstrapServers(), "commit");
    config.autoOffsetReset = "earliest";
    const int partition = obm::partitionOf("BTCUSDT", config.partitions);
    Member member(config);
    member.isApplying = false;
    AWAIT_WITHIN(member.seen.size() >= 1'200, joinMs);
    QCOMPARE(committed(config), std::vector<std::int64_t>(config.partitions, -1)); // read, but not applied

    member.consumer->markApplied(partition, 41);
    member.consumer->markApplied(partition, 40); // an older one changes nothing
    AWAIT_WITHIN(member.consumer->status().commitsOk > 0, limitMs);
    QCOMPARE(committed(config).at(partition), 42);

    member.consumer->markApplied(partition, 99); // what is applied last is committed when the group is left
    QVERIFY(member.consumer->stop());
    QCOMPARE(member.revocations, 1);
    QCOMPARE(committed(config).at(partition), 100);

    Member next(config); // and the commit is not the start
    AWAIT_WITHIN(!next.seen.empty(), joinMs);
    QCOMPARE(next.seen.front().offset, 0);
}

void TestKafkaEmbedded::sharesPartitionsAndHandsThemOver()
{
    const KafkaConfig config = configFor(m_broker->bootstrapServers(), "share");
    auto producer = Producer::create(config);
    std::size_t seenAtRevoke = 0; // also written when the first one leaves at last
    Member first(config);
    AWAIT_WITHIN(first.holds(config.partitions), joinMs);

    int sent = 0;
    QTimer load;
    QObject::connect(&load, &QTimer::timeout, &load, [&] { produce(**producer, 10'000 + sent++, 1); });
    load.start(1);
    first.onRevoked = [&] { seenAtRevoke = first.seen.size(); };
    auto second = std::make_unique<Member>(config);
    AWAIT_WITHIN(first.holds(3) && second->holds(3), joinMs);
    QCOMPARE(first.revocations, first.assignments - 1); // this broker may take more than one round
    AWAIT_WITHIN(first.seen.size() > seenAtRevoke && !second->seen.empty(), limitMs);

    QVERIFY(second->consumer->stop());
    QVERIFY(second->holds(0));
    AWAIT_WITHIN(first.holds(config.partitions), joinMs);
    QCOMPARE(first.strays, 0);
    QCOMPARE(second->strays, 0);
    QCOMPARE(first.consumer->status().assignmentsLost, 0U);
}

QTEST_GUILESS_MAIN(TestKafkaEmbedded)
#include "tst_kafka_embedded.moc"

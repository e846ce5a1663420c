// Producer and consumer against a real Kafka: the topic is made as configured, batches are lz4 on disk, other clients
// read them, groups share partitions, and a broker that is killed and comes back costs nothing.
#include "kafka/consumer.h"
#include "kafka/group_lag.h"
#include "kafka/partitioner.h"
#include "kafka/producer.h"
#include "support/await.h"
#include "support/broker_admin.h"
#include "support/kafka_process.h"
#include "support/member.h"
#include "support/topic_reader.h"

#include <QtTest/QtTest>

#include <array>
#include <tuple>

using obm::KafkaConfig;
using obm::Producer;
using obm::ProduceResult;
using obm::TopicState;
using obm::test::BrokerAdmin;
using obm::test::KafkaProcess;
using obm::test::Member;

namespace {

constexpr int limitMs = 30'000;
// Of now: the broker deletes what is older than the retention.
const std::int64_t firstTimestampMs = QDateTime::currentMSecsSinceEpoch();
constexpr std::array symbols = {"BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT", "ADAUSDT", "XRPUSDT"};

// Each test its own topic and group, also when the program runs twice on one broker.
KafkaConfig configFor(const KafkaProcess& kafka)
{
    KafkaConfig config;
    config.bootstrapServers = kafka.servers();
    config.topic = QStringLiteral("%1-%2")
                       .arg(QString::fromLatin1(QTest::currentTestFunction()))
                       .arg(QCoreApplication::applicationPid())
                       .toStdString();
    config.groupId = "group-of-" + config.topic;
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

bool hasTopic(const Producer& producer)
{
    return producer.status().topic && producer.status().topic->state != TopicState::Missing;
}

QByteArray outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished(limitMs);
    return process.readAllStandardOutput();
}

} // namespace

class TestKafkaReal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void makesTheTopic();
    void usesAnExistingTopicAsItIs();
    void saysWhyATopicCannotBeMade();
    void waitsForATopicMadeLater();
    void writesLz4Batches();
    void isReadByOtherClients();
    void placesKeysAsTheJavaClient();
    void sharesPartitions();
    void tellsTheLagFromOutside();
    void keepsAPlaceByInstanceId();
    void joinsAgainAfterBeingFenced();
    void goesOnWhereAnOffsetIsGone();
    void goesOnWithATopicMadeAgain();
    void survivesAKilledBroker();

private:
    std::unique_ptr<KafkaProcess> m_kafka;
};

void TestKafkaReal::initTestCase()
{
    auto kafka = KafkaProcess::shared();
    if (!kafka)
        QSKIP(qPrintable(kafka.error()));
    m_kafka = std::move(*kafka);
}

void TestKafkaReal::makesTheTopic()
{
    KafkaConfig config = configFor(*m_kafka);
    config.partitions = 5;
    config.retentionMinutes = 7;
    auto first = Producer::create(config);
    produce(**first, 0, 60); // at once: they wait for the topic
    AWAIT_WITHIN((*first)->status().topic.has_value(), limitMs);
    QCOMPARE((*first)->status().topic->state, TopicState::Created);
    AWAIT_EQUAL_WITHIN((*first)->status().delivered, 60U, limitMs);

    auto second = Producer::create(config); // what the broker says about it
    AWAIT_WITHIN((*second)->status().topic.has_value(), limitMs);
    QCOMPARE((*second)->status().topic->state, TopicState::Existing);
    QCOMPARE((*second)->status().topic->partitions, 5);
    QCOMPARE((*second)->status().topic->retentionMs.value_or(0), 7 * 60'000);
}

void TestKafkaReal::usesAnExistingTopicAsItIs()
{
    KafkaConfig config = configFor(*m_kafka);
    config.partitions = 2;
    auto first = Producer::create(config);
    AWAIT_WITHIN(hasTopic(**first), limitMs);

    config.partitions = 6;
    config.retentionMinutes = 10;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("has 2 partitions, not 6 - used as it is")));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("for 60 minutes - used as it is")));
    auto second = Producer::create(config);
    AWAIT_WITHIN(hasTopic(**second), limitMs);
    QCOMPARE((*second)->status().topic->partitions, 2);
    produce(**second, 0, 12);
    AWAIT_EQUAL_WITHIN((*second)->status().delivered, 12U, limitMs);
}

void TestKafkaReal::saysWhyATopicCannotBeMade()
{
    KafkaConfig config = configFor(*m_kafka);
    config.replicationFactor = 3; // on one broker
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("is missing and cannot be made: .*eplica")));
    auto producer = Producer::create(config);
    AWAIT_WITHIN((*producer)->status().topic.has_value(), limitMs);
    QCOMPARE((*producer)->status().topic->state, TopicState::Missing);
    QCOMPARE((*producer)->status().topic->error->name, std::string("INVALID_REPLICATION_FACTOR"));
    QCOMPARE((*producer)->produce("BTCUSDT", "{}", firstTimestampMs), ProduceResult::Queued); // nobody waits
}

void TestKafkaReal::waitsForATopicMadeLater()
{
    KafkaConfig config = configFor(*m_kafka);
    config.autoOffsetReset = "earliest";
    Member member(config);
    AWAIT_WITHIN(member.consumer->status().errors.contains("UNKNOWN_TOPIC_OR_PART"), limitMs);
    auto producer = Producer::create(config);
    produce(**producer, 0, 10);
    AWAIT_EQUAL_WITHIN(member.seen.size(), std::size_t{10}, limitMs);
    QVERIFY(member.holds(config.partitions));
}

void TestKafkaReal::writesLz4Batches()
{
    const KafkaConfig config = configFor(*m_kafka);
    auto producer = Producer::create(config);
    AWAIT_WITHIN(hasTopic(**producer), limitMs);
    produce(**producer, 0, 600);
    AWAIT_EQUAL_WITHIN((*producer)->status().delivered, 600U, limitMs);

    int batches = 0;
    for (const QString& line : m_kafka->dump(QString::fromStdString(config.topic)).split(QLatin1Char('\n'))) {
        if (!line.startsWith(QLatin1String("baseOffset:")))
            continue;
        ++batches;
        QVERIFY2(line.contains(QLatin1String("compresscodec: lz4")), qPrintable(line));
        QVERIFY2(!line.contains(QLatin1String("producerId: -1 ")), qPrintable(line)); // idempotent
    }
    QVERIFY(batches > 0);
    QVERIFY2(batches < 300, qPrintable(QString::number(batches))); // lingered: several messages each
}

void TestKafkaReal::isReadByOtherClients()
{
    if (QStandardPaths::findExecutable(QStringLiteral("kcat")).isEmpty())
        QSKIP("kcat is not installed");
    const KafkaConfig config = configFor(*m_kafka);
    auto producer = Producer::create(config);
    produce(**producer, 0, 6);
    AWAIT_EQUAL_WITHIN((*producer)->status().delivered, 6U, limitMs);
    const QByteArray read =
        outputOf(QStringLiteral("kcat"),
                 {QStringLiteral("-C"), QStringLiteral("-e"), QStringLiteral("-q"), QStringLiteral("-b"),
                  QString::fromStdString(config.bootstrapServers), QStringLiteral("-t"),
                  QString::fromStdString(config.topic), QStringLiteral("-f"), QStringLiteral("%k %s %T %p\n")});
    QSet<QByteArray> lines;
    for (const QByteArray& line : read.split('\n'))
        lines.insert(line);
    for (int i = 0; i < 6; ++i) {
        const int partition = obm::partitionOf(symbols[i], config.partitions);
        const QByteArray expected = QByteArray(symbols[i]) + ' ' + valueOf(i) + ' ' +
                                    QByteArray::number(qint64{firstTimestampMs + i}) + ' ' +
                                    QByteArray::number(partition);
        QVERIFY2(lines.contains(expected), read);
    }
}

// Some hundred names, also some that are not ASCII: the exchange has had such symbols.
void TestKafkaReal::placesKeysAsTheJavaClient()
{
    const KafkaConfig config = configFor(*m_kafka);
    QVERIFY(BrokerAdmin(config.bootstrapServers).createTopic(config.topic, 7));
    QByteArray lines;
    int count = 0;
    for (; count < 400; ++count) {
        const QString middle =
            QStringLiteral("\u5E01\u5B89\u4EBA\u751F\u00C4\U0001F680").left(count % 3 == 0 ? 7 : count % 6);
        lines += QStringLiteral("%1%2USDT\t%3\n")
                     .arg(QString(count % 11, QChar(u'A' + count % 26)), middle)
                     .arg(count)
                     .toUtf8();
    }
    QVERIFY(m_kafka->produce(QString::fromStdString(config.topic), lines));
    const std::vector<obm::test::TopicMessage> messages =
        obm::test::readTopic(config.bootstrapServers, 7, config.topic);
    QCOMPARE(messages.size(), std::size_t(count));
    for (const obm::test::TopicMessage& message : messages)
        QCOMPARE(obm::partitionOf(message.key.toStdString(), 7), message.partition);
}

void TestKafkaReal::sharesPartitions()
{
    KafkaConfig config = configFor(*m_kafka);
    config.autoOffsetReset = "earliest";
    auto producer = Producer::create(config);
    AWAIT_WITHIN(hasTopic(**producer), limitMs);
    Member first(config);
    AWAIT_WITHIN(first.holds(config.partitions), limitMs);
    int sent = 0;
    QTimer load;
    QObject::connect(&load, &QTimer::timeout, &load, [&] { produce(**producer, sent++, 1); });
    load.start(1);
    auto second = std::make_unique<Member>(config);
    AWAIT_WITHIN(first.holds(3) && second->holds(3), limitMs);
    AWAIT_WITHIN(!second->seen.empty(), limitMs);
    QVERIFY(second->consumer->stop());
    AWAIT_WITHIN(first.holds(config.partitions), limitMs);
    QCOMPARE(first.strays + second->strays, 0);
    QVERIFY(first.consumer->status().commitsOk > 0);
    QCOMPARE(first.consumer->status().assignmentsLost, 0U);
}

void TestKafkaReal::tellsTheLagFromOutside()
{
    const KafkaConfig config = configFor(*m_kafka);
    auto lag = obm::GroupLag::create(config);
    QVERIFY(lag);
    const auto missing = lag->read();
    QVERIFY(!missing);
    QCOMPARE(missing.error().name, std::string("UNKNOWN_TOPIC_OR_PART"));

    const auto behind = [&lag] {
        const auto positions = lag->read();
        std::int64_t sum = positions ? 0 : -1;
        for (const obm::GroupPosition& at : positions.value_or(std::vector<obm::GroupPosition>()))
            sum += at.end - std::max<std::int64_t>(0, at.committed);
        return sum;
    };
    auto producer = Producer::create(config);
    AWAIT_WITHIN(hasTopic(**producer), limitMs);
    Member member(config);
    AWAIT_WITHIN(member.holds(config.partitions), limitMs);
    AWAIT_EQUAL_WITHIN(behind(), 0, limitMs);
    member.isApplying = false;
    produce(**producer, 0, 60);
    AWAIT_EQUAL_WITHIN(behind(), 60, limitMs);
    QCOMPARE(member.assignments, 1); // nobody else came into the group
}

void TestKafkaReal::keepsAPlaceByInstanceId()
{
    KafkaConfig config = configFor(*m_kafka);
    auto producer = Producer::create(config);
    AWAIT_WITHIN(hasTopic(**producer), limitMs);
    Member other(config);
    config.instanceId = "handler-1";
    auto before = std::make_unique<Member>(config);
    AWAIT_WITHIN(other.holds(3) && before->holds(3), limitMs);
    const std::vector<int> held = before->assigned;
    const int assignments = other.assignments;
    before.reset();
    const Member after(config);
    AWAIT_WITHIN(after.holds(3), limitMs);
    QCOMPARE(after.assigned, held);
    QCOMPARE(other.assignments, assignments); // the other member was left in peace
}

void TestKafkaReal::joinsAgainAfterBeingFenced()
{
    KafkaConfig config = configFor(*m_kafka);
    config.instanceId = "handler-1";
    auto producer = Producer::create(config);
    AWAIT_WITHIN(hasTopic(**producer), limitMs);
    Member older(config);
    AWAIT_WITHIN(older.holds(config.partitions), limitMs);
    auto newer = std::make_unique<Member>(config); // takes the place
    AWAIT_WITHIN(newer->holds(config.partitions) && older.holds(0), limitMs);
    QVERIFY(older.consumer->status().lastError->isFatal);
    newer.reset();
    AWAIT_WITHIN(older.holds(config.partitions), limitMs);
    QCOMPARE(older.consumer->status().recreated, 1U);
}

void TestKafkaReal::goesOnWhereAnOffsetIsGone()
{
    KafkaConfig config = configFor(*m_kafka);
    config.partitions = 1;
    auto producer = Producer::create(config);
    produce(**producer, 0, 10);
    AWAIT_EQUAL_WITHIN((*producer)->status().delivered, 10U, limitMs);
    Member member(config, {{0, 1'000'000}});
    AWAIT_WITHIN(member.holds(1), limitMs);
    for (int i = 10; member.seen.empty() && i < 100; ++i) {
        produce(**producer, i, 1);
        std::ignore = QTest::qWaitFor([&] { return !member.seen.empty(); }, 200);
    }
    QVERIFY(!member.seen.empty());
    QCOMPARE(member.consumer->status().offsetResets, 1U);
}

// Somebody deletes it while both are at work: the producer makes it again, the consumer begins at its new offsets, and
// lag tools see those.
void TestKafkaReal::goesOnWithATopicMadeAgain()
{
    KafkaConfig config = configFor(*m_kafka);
    config.partitions = 1;
    auto producer = Producer::create(config);
    Member member(config);
    AWAIT_WITHIN(member.holds(1), limitMs);
    produce(**producer, 0, 100);
    AWAIT_EQUAL_WITHIN((*producer)->status().delivered, 100U, limitMs);
    QTimer load; // it begins at the end, wherever that is when it asks
    int sent = 100;
    QObject::connect(&load, &QTimer::timeout, &load,
                     [&] { (*producer)->produce("BTCUSDT", valueOf(sent++).toStdString(), firstTimestampMs); });
    load.start(50);
    AWAIT_WITHIN(member.consumer->status().commitsOk > 0, limitMs);
    QVERIFY(BrokerAdmin(config.bootstrapServers).deleteTopic(config.topic));

    const std::size_t seenBefore = member.seen.size();
    AWAIT_WITHIN(member.seen.size() > seenBefore + 20 && member.seen.back().offset < 100, limitMs);
    load.stop();
    QVERIFY(hasTopic(**producer));
    auto lag = obm::GroupLag::create(config);
    QVERIFY(lag);
    const auto isCommitted = [&lag] {
        const auto at = lag->read();
        return at && at->size() == 1 && at->front().end < 100 && at->front().committed == at->front().end;
    };
    AWAIT_WITHIN(isCommitted(), limitMs);
}

void TestKafkaReal::survivesAKilledBroker()
{
    auto started = KafkaProcess::own();
    QVERIFY(started);
    KafkaProcess& kafka = **started;
    KafkaConfig config = configFor(kafka);
    config.autoOffsetReset = "earliest";
    auto producer = Producer::create(config);
    Member member(config);
    produce(**producer, 0, 100);
    AWAIT_EQUAL_WITHIN(member.seen.size(), std::size_t{100}, limitMs);

    kafka.kill();
    AWAIT_EQUAL_WITHIN((*producer)->status().broker.state, obm::BrokerState::Away, limitMs);
    AWAIT_EQUAL_WITHIN(member.consumer->status().broker.state, obm::BrokerState::Away, limitMs);
    produce(**producer, 100, 100);
    QVERIFY(kafka.start());
    AWAIT_EQUAL_WITHIN((*producer)->status().delivered, 200U, limitMs);
    AWAIT_WITHIN(member.holds(config.partitions) && member.seen.size() >= 200, limitMs);
    QCOMPARE((*producer)->status().failedTotal, 0U);
    QVERIFY((*producer)->status().broker.isUp());
    QVERIFY(member.consumer->status().broker.isUp());
}

QTEST_GUILESS_MAIN(TestKafkaReal)
#include "tst_kafka_real.moc"

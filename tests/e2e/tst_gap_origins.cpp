// A gap is told to come from where its events were lost: producer and handlers as processes of their own around a real
// Kafka, and a loss at each place in turn.
#include "kafka/handles.h"
#include "support/await.h"
#include "support/kafka_process.h"
#include "support/seed.h"
#include "support/site.h"

#include <librdkafka/rdkafka.h>

#include <QTest>

#include <csignal>

using namespace obm::test;

namespace {

constexpr int partitions = 6;
// Each has an event at least once a second, and no loss is left without a witness.
const QStringList symbols{QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT"), QStringLiteral("BNBUSDT"),
                          QStringLiteral("SOLUSDT"), QStringLiteral("ADAUSDT"), QStringLiteral("XRPUSDT")};

// All that is on the topic now.
bool eraseRecords(const std::string& servers, const QString& topic)
{
    constexpr int deadlineMs = 20'000;
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "bootstrap.servers", servers.c_str(), nullptr, 0);
    const obm::ClientHandle client(rd_kafka_new(RD_KAFKA_PRODUCER, conf, nullptr, 0));
    const obm::QueueHandle answers(rd_kafka_queue_new(client.get()));
    const obm::PartitionList ends(rd_kafka_topic_partition_list_new(partitions));
    for (int partition = 0; partition < partitions; ++partition)
        rd_kafka_topic_partition_list_add(ends.get(), topic.toUtf8(), partition)->offset = RD_KAFKA_OFFSET_END;
    rd_kafka_DeleteRecords_t* records = rd_kafka_DeleteRecords_new(ends.get());
    rd_kafka_DeleteRecords(client.get(), &records, 1, nullptr, answers.get());
    rd_kafka_DeleteRecords_destroy(records);
    const obm::EventHandle answer(rd_kafka_queue_poll(answers.get(), deadlineMs));
    return answer && rd_kafka_event_error(answer.get()) == RD_KAFKA_RESP_ERR_NO_ERROR;
}

} // namespace

class tst_GapOrigins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase() { m_site.reset(); }
    void exchange();
    void producer();
    void kafka();
    void rebalance();

private:
    void start(const QString& name, const QString& role);
    double gaps(const char* origin, const char* handler = "handler");
    double events(const char* handler);
    bool isLive();

    std::uint64_t m_seed = seedOfRun();
    std::unique_ptr<KafkaProcess> m_kafka;
    QString m_topic = QStringLiteral("gaps-%1").arg(QCoreApplication::applicationPid());
    std::unique_ptr<Site> m_site;
};

void tst_GapOrigins::initTestCase()
{
    auto kafka = KafkaProcess::shared();
    if (!kafka)
        QSKIP(qPrintable(kafka.error()));
    m_kafka = std::move(*kafka);
    m_site = std::make_unique<Site>(symbols, QStringList{QStringLiteral("--symbols"), symbols.join(QLatin1Char(',')),
                                                         QStringLiteral("--seed"), QString::number(m_seed)});
    start(QStringLiteral("producer"), QStringLiteral("producer"));
    start(QStringLiteral("handler"), QStringLiteral("handler"));
    QVERIFY(isLive());
    for (const char* origin : {"exchange", "producer", "kafka", "rebalance"})
        QCOMPARE(gaps(origin), 0.0);
}

void tst_GapOrigins::cleanup()
{
    tellSeedOnFailure(m_seed);
    if (m_site)
        m_site->showOutputOnFailure();
}

void tst_GapOrigins::start(const QString& name, const QString& role)
{
    m_site->run(name, {QStringLiteral("--role"), role, QStringLiteral("--set"),
                       QStringLiteral("kafka.bootstrap_servers=") + QString::fromStdString(m_kafka->servers()),
                       QStringLiteral("--set"), QStringLiteral("kafka.topic=") + m_topic, QStringLiteral("--set"),
                       QStringLiteral("kafka.group_id=") + m_topic, QStringLiteral("--set"),
                       QStringLiteral("exchange.depth_speed=100ms")});
}

double tst_GapOrigins::gaps(const char* origin, const char* handler)
{
    return m_site->metric(QStringLiteral("obmonitor_book_gaps_by_origin_total"),
                          QStringLiteral("origin=\"%1\"").arg(QLatin1String(origin)), QLatin1String(handler));
}

double tst_GapOrigins::events(const char* handler)
{
    return m_site->metric(QStringLiteral("obmonitor_book_events_total"), {}, QLatin1String(handler));
}

void tst_GapOrigins::exchange()
{
    m_site->exchange.inject(QStringLiteral("drop:symbol=BTCUSDT"));
    AWAIT_EQUAL_WITHIN(gaps("exchange"), 1.0, Site::limitMs);
    AWAIT_EQUAL_WITHIN( // it tells its counts four times a second, as the handler does
        m_site->metric(QStringLiteral("obmonitor_exchange_gaps_total"), {}, QStringLiteral("producer")), 1.0,
        Site::limitMs);
    m_site->program(QStringLiteral("handler"))
        .await(QStringLiteral("BTCUSDT synchronises again: gap, lost before Kafka \\(exchange or network\\): pu \\d+"));
    QVERIFY(isLive());
    QCOMPARE(gaps("producer") + gaps("kafka") + gaps("rebalance"), 0.0);
}

// By what the handler itself says, which is newer than the status keys. Waits for it.
bool tst_GapOrigins::isLive()
{
    const auto liveCount = [&] {
        return m_site->metric(QStringLiteral("obmonitor_book_state"), QStringLiteral("state=\"live\""),
                              QStringLiteral("handler"));
    };
    return QTest::qWaitFor([&] { return liveCount() == double(symbols.size()); }, Site::limitMs);
}

// It is killed, and the next one cannot know what this one had not handed over.
void tst_GapOrigins::producer()
{
    m_site->program(QStringLiteral("producer")).kill();
    start(QStringLiteral("producer"), QStringLiteral("producer"));
    AWAIT_WITHIN(gaps("producer") >= 1, Site::limitMs);
    QVERIFY(m_site->awaitCaughtUp()); // so that none comes later
    QVERIFY(isLive());
    QCOMPARE(gaps("exchange"), 1.0);
    QCOMPARE(gaps("kafka") + gaps("rebalance"), 0.0);
}

// What a handler has not read yet is deleted: it stands still for less than its session.
void tst_GapOrigins::kafka()
{
    const double ofProducer = gaps("producer");
    const auto delivered = [&] {
        return m_site->metric(QStringLiteral("obmonitor_kafka_delivered_total"), {}, QStringLiteral("producer"));
    };
    m_site->program(QStringLiteral("handler")).signal(SIGSTOP);
    const double before = delivered();
    AWAIT_WITHIN(delivered() >= before + 50, Site::limitMs);
    const bool isErased = eraseRecords(m_kafka->servers(), m_topic);
    m_site->program(QStringLiteral("handler")).signal(SIGCONT);
    QVERIFY(isErased);
    AWAIT_WITHIN(gaps("kafka") >= 1, Site::limitMs);
    QVERIFY(isLive());
    QCOMPARE(gaps("rebalance"), 0.0);
    QCOMPARE(gaps("producer"), ofProducer);
}

// Half of the books go to another handler and come back, and what it has read meanwhile is not there any more.
void tst_GapOrigins::rebalance()
{
    const double ofProducer = gaps("producer");
    start(QStringLiteral("second"), QStringLiteral("handler"));
    AWAIT_WITHIN(events("second") >= 10, Site::limitMs);
    QVERIFY(eraseRecords(m_kafka->servers(), m_topic));
    QVERIFY(m_site->program(QStringLiteral("second")).stop() == 0);
    AWAIT_WITHIN(gaps("rebalance") >= 1, Site::limitMs);
    QVERIFY(isLive());
    QCOMPARE(m_site->fault(), QString());
    QCOMPARE(gaps("producer"), ofProducer);
}

QTEST_GUILESS_MAIN(tst_GapOrigins)
#include "tst_gap_origins.moc"

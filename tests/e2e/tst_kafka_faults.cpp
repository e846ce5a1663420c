// What a real Kafka can do to a running producer and handler: away for half a minute, the topic deleted, made anew with
// other partitions, its records deleted under a handler that is behind. Nobody restarts anything, and each time the
// books are fresh again within the promised time.
#include "support/await.h"
#include "support/broker_admin.h"
#include "support/fault_report.h"
#include "support/freshness.h"
#include "support/seed.h"
#include "support/site.h"

#include <QTest>

#include <csignal>

using namespace obm::test;

namespace {

constexpr int partitions = 6;
const QString producer = QStringLiteral("producer");
const QString handler = QStringLiteral("handler");
// Each has an event at least once a second.
const QStringList symbols{QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT"), QStringLiteral("BNBUSDT"),
                          QStringLiteral("SOLUSDT"), QStringLiteral("ADAUSDT"), QStringLiteral("XRPUSDT")};

} // namespace

class tst_KafkaFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();
    void getsOverDeletedRecords();
    void makesADeletedTopicAgain();
    void findsATopicThatSomebodyMadeAgain();
    void waitsForTheBroker();

private:
    [[nodiscard]] bool awaitRight() { return m_site->awaitCaughtUp() && m_site->awaitAllLive(); }
    [[nodiscard]] int readiness(const QString& name) { return m_site->get(QStringLiteral("/readyz"), name).status; }

    std::uint64_t m_seed = seedOfRun();
    std::shared_ptr<KafkaProcess> m_kafka;
    std::unique_ptr<Site> m_site;
};

// The same two programs live through all of it.
void tst_KafkaFaults::initTestCase()
{
    auto kafka = KafkaProcess::own();
    if (!kafka)
        QSKIP(qPrintable(kafka.error()));
    m_kafka = std::move(*kafka);
    m_site = std::make_unique<Site>(symbols, QStringList{QStringLiteral("--symbols"), symbols.join(QLatin1Char(',')),
                                                         QStringLiteral("--seed"), QString::number(m_seed)});
    m_site->kafka.use(m_kafka);
    for (const QString& role : {producer, handler})
        m_site->run(role, QStringList{QStringLiteral("--role"), role} + m_site->kafka.arguments());
    QVERIFY(m_site->awaitAllLive());
}

void tst_KafkaFaults::cleanup()
{
    tellSeedOnFailure(m_seed);
    if (!m_site)
        return;
    m_site->showOutputOnFailure();
    if (!QTest::currentTestFailed())
        QCOMPARE(m_site->fault(), QString());
}

void tst_KafkaFaults::cleanupTestCase()
{
    m_site.reset();
    m_kafka.reset();
}

// Retention does the same to a handler that is far behind.
void tst_KafkaFaults::getsOverDeletedRecords()
{
    Freshness freshness(m_site->watch, symbols);
    const auto produced = [this] {
        return m_site->metric(QStringLiteral("obmonitor_kafka_delivered_total"), {}, producer);
    };
    m_site->program(handler).signal(SIGSTOP); // for less than the session timeout
    const double before = produced();
    AWAIT_WITHIN(produced() > before + 30, Site::limitMs);
    QVERIFY(BrokerAdmin(m_kafka->servers()).deleteRecords(m_site->kafka.topic(), partitions));
    m_site->program(handler).signal(SIGCONT);
    QVERIFY(m_site->program(handler).await(QStringLiteral("goes on at offset")).hasMatch());
    QVERIFY(awaitRight());
    AWAIT(m_site->metric(QStringLiteral("obmonitor_kafka_offset_resets_total"), {}, handler) > 0);
    QVERIFY(keptPromise(QStringLiteral("records deleted"), freshness.worstMs(), 10'000));
}

void tst_KafkaFaults::makesADeletedTopicAgain()
{
    Freshness freshness(m_site->watch, symbols);
    QVERIFY(BrokerAdmin(m_kafka->servers()).deleteTopic(m_site->kafka.topic()));
    QVERIFY(m_site->program(producer).await(QStringLiteral("topic .* is gone")).hasMatch());
    QVERIFY(m_site->program(producer).await(QStringLiteral("is gone[\\s\\S]*topic .* made with")).hasMatch());
    QVERIFY(awaitRight());
    AWAIT_EQUAL(readiness(producer), 200);
    QVERIFY(keptPromise(QStringLiteral("topic deleted"), freshness.worstMs(), 15'000));
}

// Offsets begin at 0 again, and most symbols lie on another partition.
void tst_KafkaFaults::findsATopicThatSomebodyMadeAgain()
{
    Freshness freshness(m_site->watch, symbols);
    BrokerAdmin admin(m_kafka->servers());
    m_site->program(producer).signal(SIGSTOP); // it would make it first
    QVERIFY(admin.deleteTopic(m_site->kafka.topic()));
    QVERIFY(admin.createTopic(m_site->kafka.topic(), 3));
    m_site->program(producer).signal(SIGCONT);
    QVERIFY(m_site->program(handler).await(QStringLiteral("assigned 3 of 3")).hasMatch());
    QVERIFY(awaitRight());
    QVERIFY(keptPromise(QStringLiteral("topic made anew with other partitions"), freshness.worstMs(), 15'000));
}

void tst_KafkaFaults::waitsForTheBroker()
{
    constexpr int awayMs = 30'000;
    QElapsedTimer away;
    away.start();
    m_kafka->kill();
    AWAIT_EQUAL_WITHIN(readiness(producer), 503, Site::limitMs);
    AWAIT_EQUAL_WITHIN(readiness(handler), 503, Site::limitMs);
    AWAIT_WITHIN(away.hasExpired(awayMs), 2 * awayMs);
    QVERIFY(m_kafka->start());
    QElapsedTimer back;
    back.start();
    QVERIFY(awaitRight());
    QVERIFY(keptPromise(QStringLiteral("broker away for 30 s"), back.elapsed(), 15'000));
    AWAIT_EQUAL_WITHIN(readiness(producer), 200, Site::limitMs);
    AWAIT_EQUAL_WITHIN(readiness(handler), 200, Site::limitMs);
    for (const QString& role : {producer, handler})
        QVERIFY(m_site->program(role).await(QStringLiteral("reaches .* again after")).hasMatch());
}

QTEST_GUILESS_MAIN(tst_KafkaFaults)
#include "tst_kafka_faults.moc"

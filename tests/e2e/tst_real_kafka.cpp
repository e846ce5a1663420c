// Recorded traffic through a real Kafka, and through one that is killed in the middle and comes back: the program heals
// by itself, and the books end equal to the exchange's.
#include "support/await.h"
#include "support/fault_report.h"
#include "support/kafka_process.h"
#include "support/recorded_ids.h"
#include "support/site.h"

#include <QElapsedTimer>
#include <QTest>

using namespace obm::test;

namespace {

constexpr int playLimitMs = 120'000;
constexpr auto folder = "usdm-20210405"; // 119 s

} // namespace

class tst_RealKafka : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_site.reset(); }
    void booksEndRight_data();
    void booksEndRight();

private:
    std::unique_ptr<KafkaProcess> m_kafka;
    std::unique_ptr<Site> m_site;
    QMap<QString, qint64> m_lastIds;
};

void tst_RealKafka::initTestCase()
{
    const auto recording = loadRecording(folder);
    if (!recording)
        QSKIP("OBM_RECORDINGS has no such recording");
    m_lastIds = lastIdsOf(*recording);
    auto kafka = KafkaProcess::own();
    if (!kafka)
        QSKIP(qPrintable(kafka.error()));
    m_kafka = std::move(*kafka);
}

void tst_RealKafka::booksEndRight_data()
{
    QTest::addColumn<bool>("killed");
    QTest::newRow("undisturbed") << false;
    QTest::newRow("killed in the middle") << true;
}

void tst_RealKafka::booksEndRight()
{
    QFETCH(bool, killed);
    const QString recordingDir = qEnvironmentVariable("OBM_RECORDINGS") + QLatin1Char('/') + QLatin1String(folder);
    // Slower with the broker away, which may take ten seconds: most of the recording is to come after it.
    m_site = std::make_unique<Site>(m_lastIds.keys(),
                                    QStringList{QStringLiteral("--recording"), recordingDir, QStringLiteral("--speed"),
                                                killed ? QStringLiteral("3") : QStringLiteral("6")});
    const QString topic = killed ? QStringLiteral("killed") : QStringLiteral("undisturbed");
    m_site->run(QStringLiteral("all"),
                {QStringLiteral("--set"),
                 QStringLiteral("kafka.bootstrap_servers=") + QString::fromStdString(m_kafka->servers()),
                 QStringLiteral("--set"), QStringLiteral("kafka.topic=") + topic, QStringLiteral("--set"),
                 QStringLiteral("kafka.group_id=") + topic});
    if (killed) {
        QVERIFY(m_site->awaitAllLive());
        m_kafka->kill();
        AWAIT_EQUAL_WITHIN(m_site->get(QStringLiteral("/readyz")).status, 503, Site::limitMs);
        QVERIFY(m_site->watch.lastIds() != m_lastIds); // the recording is not over yet
        QVERIFY(m_kafka->start());
        QElapsedTimer since;
        since.start();
        AWAIT_EQUAL_WITHIN(m_site->get(QStringLiteral("/readyz")).status, 200, Site::limitMs);
        QVERIFY(keptPromise(QStringLiteral("Kafka killed under recorded traffic"), since.elapsed(), 20'000));
    }
    AWAIT_EQUAL_WITHIN(m_site->watch.lastIds(), m_lastIds, playLimitMs);
    AWAIT_WITHIN(m_site->allLive(), Site::limitMs);
    AWAIT_EQUAL_WITHIN(m_site->get(QStringLiteral("/readyz")).status, 200, Site::limitMs);
    QCOMPARE(m_site->fault(), QString());
    QVERIFY(m_site->watch.liveCount() > 100);
    QVERIFY(m_site->program(QStringLiteral("all")).stop() == 0);
}

QTEST_GUILESS_MAIN(tst_RealKafka)
#include "tst_real_kafka.moc"

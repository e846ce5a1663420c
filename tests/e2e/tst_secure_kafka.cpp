// A Kafka that wants a password or a certificate: with a wrong one the program says so in one clear line and goes on
// trying, with the right one it works; who has no rights gets to work when he is given them.
#include "kafka/consumer.h"
#include "kafka/producer.h"
#include "support/await.h"
#include "support/broker_admin.h"
#include "support/fault_report.h"
#include "support/site.h"

#include <librdkafka/rdkafka.h>

#include <QDateTime>
#include <QTest>

using namespace obm::test;

namespace {

const QStringList symbols{QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT")};
const QString all = QStringLiteral("all");

enum class Listener { Scram, Certificate };

struct Access
{
    Listener listener = Listener::Scram;
    QString host = QStringLiteral("127.0.0.1");
    QString authority = QStringLiteral("ca");
    QString client = {}; // its certificate
    QString user = QStringLiteral("obmonitor");
    QString password = QStringLiteral("obmonitor-password");
};

// SCRAM as this librdkafka speaks it: login_hint.h.
QStringList brokerOptions()
{
    const QStringList secure{QStringLiteral("--secure")};
    constexpr int firstForKafka4 = 0x02060100;
    return rd_kafka_version() < firstForKafka4
               ? secure + QStringList{QStringLiteral("--release"), QStringLiteral("3.9.1")}
               : secure;
}

} // namespace

Q_DECLARE_METATYPE(Access)

class tst_SecureKafka : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void worksOnceItIsRight_data();
    void worksOnceItIsRight();
    void worksOnceItIsAllowed();
    void drainsABacklog_data();
    void drainsABacklog();

private:
    Program& run(const Access& access);
    [[nodiscard]] obm::KafkaConfig configFor(bool isSecure) const;

    std::shared_ptr<KafkaProcess> m_kafka;
    std::unique_ptr<Site> m_site;
};

void tst_SecureKafka::initTestCase()
{
    auto kafka = KafkaProcess::own(brokerOptions());
    if (!kafka)
        QSKIP(qPrintable(kafka.error()));
    m_kafka = std::move(*kafka);
    m_site = std::make_unique<Site>(symbols, QStringList{QStringLiteral("--symbols"), symbols.join(QLatin1Char(','))});
}

void tst_SecureKafka::cleanup()
{
    if (m_site)
        m_site->showOutputOnFailure();
}

void tst_SecureKafka::cleanupTestCase()
{
    m_site.reset();
    m_kafka.reset();
}

Program& tst_SecureKafka::run(const Access& access)
{
    m_site->kafka.use(m_kafka); // a topic and a group of its own
    const bool isScram = access.listener == Listener::Scram;
    const QString port =
        QString::fromStdString(isScram ? m_kafka->saslServers() : m_kafka->sslServers()).section(QLatin1Char(':'), 1);
    QStringList properties{QStringLiteral("ssl.ca.location=") + m_kafka->certificate(access.authority),
                           QStringLiteral("security.protocol=") + QLatin1String(isScram ? "SASL_SSL" : "SSL")};
    Program::Variables secrets;
    if (isScram) {
        properties << QStringLiteral("sasl.mechanism=SCRAM-SHA-512") << QStringLiteral("sasl.username=") + access.user;
        secrets[QStringLiteral("OBMONITOR_KAFKA_PROPERTIES_SASL_PASSWORD")] = access.password;
    } else if (!access.client.isEmpty()) {
        properties << QStringLiteral("ssl.certificate.location=") + m_kafka->certificate(access.client)
                   << QStringLiteral("ssl.key.location=") + m_kafka->certificate(access.client);
    }
    QStringList arguments =
        m_site->kafka.arguments() +
        QStringList{QStringLiteral("--set"), QStringLiteral("kafka.bootstrap_servers=%1:%2").arg(access.host, port)};
    for (const QString& property : properties)
        arguments << QStringLiteral("--set") << QStringLiteral("kafka.properties.") + property;
    return m_site->run(all, arguments, secrets);
}

void tst_SecureKafka::saysWhatIsWrong_data()
{
    QTest::addColumn<Access>("access");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* name, const Access& access, const char* line) {
        QTest::newRow(name) << access << QString::fromLatin1(line);
    };
    const char* const untrusted = "WARN .*_SSL .*certificate verify failed.*ssl.ca.location";
    const char* const unwanted = "WARN .*reaches no broker .*alert.*certificate";
    row("wrong password", {.password = QStringLiteral("not-the-word")}, "WARN .*_AUTHENTICATION .*invalid credentials");
    row("the broker's certificate of another authority", {.authority = QStringLiteral("other-ca")}, untrusted);
    row("the broker's certificate of another host", {.host = QStringLiteral("localhost")}, untrusted);
    row("no certificate of the client", {.listener = Listener::Certificate}, unwanted);
    row("the client's certificate of another authority",
        {.listener = Listener::Certificate, .client = QStringLiteral("other-client")}, unwanted);
}

void tst_SecureKafka::saysWhatIsWrong()
{
    QFETCH(Access, access);
    QFETCH(QString, line);
    Program& program = run(access);
    QVERIFY(program.await(line).hasMatch());
    AWAIT_EQUAL(m_site->get(QStringLiteral("/readyz")).status, 503);
    QVERIFY(program.isRunning());
    QVERIFY(!program.err().contains(access.password));
    program.kill(); // it would wait for the events that it has
}

void tst_SecureKafka::worksOnceItIsRight_data()
{
    QTest::addColumn<Access>("access");
    QTest::newRow("password") << Access{};
    QTest::newRow("certificate of the client")
        << Access{.listener = Listener::Certificate, .client = QStringLiteral("client")};
}

void tst_SecureKafka::worksOnceItIsRight()
{
    QFETCH(Access, access);
    Program& program = run(access);
    QVERIFY(m_site->awaitAllLive());
    QVERIFY(m_site->awaitCaughtUp());
    QVERIFY(program.stop() == 0);
    QCOMPARE(m_site->fault(), QString());
}

void tst_SecureKafka::worksOnceItIsAllowed()
{
    const Access guest{.user = QStringLiteral("guest"), .password = QStringLiteral("guest-password")};
    Program& program = run(guest);
    for (const char* line :
         {"ERROR .*topic .* may not be looked at, or not be made, by this user: ",
          "WARN .*producer .*AUTHORIZATION_FAILED", "WARN .*consumer (GROUP|TOPIC)_AUTHORIZATION_FAILED"})
        QVERIFY2(program.await(QString::fromLatin1(line)).hasMatch(), line);
    QVERIFY(BrokerAdmin(m_kafka->servers()).allow(guest.user.toStdString()));
    QElapsedTimer allowed;
    allowed.start();
    QVERIFY(m_site->awaitAllLive());
    QVERIFY(m_site->awaitCaughtUp());
    QVERIFY(keptPromise(QStringLiteral("no rights at first"), allowed.elapsed(), 30'000));
    AWAIT_EQUAL_WITHIN(m_site->get(QStringLiteral("/readyz")).status, 200, Site::limitMs);
    QVERIFY(program.stop() == 0);
    QCOMPARE(m_site->fault(), QString());
}

obm::KafkaConfig tst_SecureKafka::configFor(bool isSecure) const
{
    obm::KafkaConfig config;
    config.bootstrapServers = isSecure ? m_kafka->saslServers() : m_kafka->servers();
    config.topic = config.groupId = isSecure ? "secure-backlog" : "plain-backlog";
    config.autoOffsetReset = "earliest";
    config.compression = "none";
    if (isSecure)
        config.properties = {{"security.protocol", "SASL_SSL"},
                             {"ssl.ca.location", m_kafka->certificate(QStringLiteral("ca")).toStdString()},
                             {"sasl.mechanism", "SCRAM-SHA-512"},
                             {"sasl.username", "obmonitor"},
                             {"sasl.password", "obmonitor-password"}};
    return config;
}

void tst_SecureKafka::drainsABacklog_data()
{
    QTest::addColumn<bool>("isSecure");
    QTest::newRow("plain") << false;
    QTest::newRow("SASL_SSL") << true;
}

// Several times what fits into the client's queue: before 2.2 librdkafka has to be woken to go on (fetch_nudge.h), by
// credentials that are handed over again. A connection that is logged in must not mind.
void tst_SecureKafka::drainsABacklog()
{
    QFETCH(bool, isSecure);
    constexpr int messages = 12'000;
    const std::string value(10'000, 'x');
    const obm::KafkaConfig config = configFor(isSecure);
    auto producer = obm::Producer::create(config);
    QVERIFY(producer);
    for (int sent = 0; sent < messages;)
        if ((*producer)->produce("BTCUSDT", value, QDateTime::currentMSecsSinceEpoch()) == obm::ProduceResult::Queued)
            ++sent;
        else
            QVERIFY(QTest::qWaitFor([&] { return (*producer)->status().inFlight < messages / 10; }, Site::limitMs));
    QVERIFY((*producer)->flush(Site::limitMs));

    int taken = 0;
    QElapsedTimer clock;
    obm::ConsumerCallbacks callbacks;
    callbacks.onMessage = [&](const obm::ConsumedMessage&) {
        if (taken++ == 0)
            clock.start();
    };
    auto consumer = obm::Consumer::create(config, std::move(callbacks));
    QVERIFY(consumer);
    AWAIT_EQUAL_WITHIN(taken, messages, 2 * Site::limitMs);
    const double megabytes = double(messages) * double(value.size()) / 1e6;
    qInfo("backlog of %.0f MB: %.0f MB/s", megabytes, megabytes * 1e3 / double(std::max<qint64>(clock.elapsed(), 1)));
    const obm::ConsumerStatus status = (*consumer)->status();
    QCOMPARE(status.broker.timesAway, 0U);
    QVERIFY2(status.errors.empty(), status.errors.empty() ? "" : status.errors.begin()->first.c_str());
    QCOMPARE(status.rebalances, 1U);
}

QTEST_GUILESS_MAIN(tst_SecureKafka)
#include "tst_secure_kafka.moc"

// Producer and handlers as processes of their own, joined by Kafka: what lies on the topic, who keeps which book, and
// what becomes of a book when its handler ends.
#include "kafka/handles.h"
#include "support/await.h"
#include "support/seed.h"
#include "support/site.h"
#include "support/topic_reader.h"

#include <librdkafka/rdkafka.h>

#include <QJsonDocument>
#include <QSet>
#include <QStandardPaths>
#include <QTest>

#include <csignal>

using namespace obm::test;

namespace {

constexpr int partitions = 6;
// Each has an event at least once a second: who waits for a book to be live again does not wait for a quiet market.
const QStringList symbols{QStringLiteral("BTCUSDT"),  QStringLiteral("ETHUSDT"),   QStringLiteral("BNBUSDT"),
                          QStringLiteral("SOLUSDT"),  QStringLiteral("ADAUSDT"),   QStringLiteral("XRPUSDT"),
                          QStringLiteral("DOGEUSDT"), QStringLiteral("S0003USDT"), QStringLiteral("1000SATSUSDT")};

using Owners = QMap<QString, QString>; // symbol -> host:pid:epoch

QString pidOf(const QString& owner)
{
    return owner.section(QLatin1Char(':'), -2, -2);
}

qint64 idOf(const QByteArray& message)
{
    return QJsonDocument::fromJson(message).object().value(QLatin1String("u")).toInteger();
}

// The offsets a group has committed, by partition.
QMap<int, qint64> committed(const std::string& servers, const SiteKafka& kafka)
{
    constexpr int deadlineMs = 20'000;
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "bootstrap.servers", servers.c_str(), nullptr, 0);
    rd_kafka_conf_set(conf, "group.id", kafka.group().c_str(), nullptr, 0);
    const obm::ClientHandle client(rd_kafka_new(RD_KAFKA_CONSUMER, conf, nullptr, 0));
    const obm::PartitionList list(rd_kafka_topic_partition_list_new(partitions));
    rd_kafka_topic_partition_list_add_range(list.get(), kafka.topic().c_str(), 0, partitions - 1);
    rd_kafka_committed(client.get(), list.get(), deadlineMs);
    QMap<int, qint64> offsets;
    for (int i = 0; i < list->cnt; ++i)
        offsets[list->elems[i].partition] = list->elems[i].offset;
    return offsets;
}

} // namespace

class tst_Roles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void topicHoldsTheExchangesBytes();
    void anotherClientReadsTheTopic();
    void writesItsLastStateWhenStopped();
    void endsInOrderWithoutABroker();
    void twoHandlersShareTheSymbols_data();
    void twoHandlersShareTheSymbols();

private:
    void startHandler(const QString& name, const QStringList& more = {});
    Owners owners();
    QSet<QString> ownerPids();
    QString pid(const QString& name) { return QString::number(m_site->program(name).processId()); }

    std::uint64_t m_seed = seedOfRun();
    std::unique_ptr<Site> m_site;
    std::string m_kafka;
};

void tst_Roles::initTestCase()
{
    if (const QString reason = SiteKafka::whyMissing(); !reason.isEmpty())
        QSKIP(qPrintable(reason));
}

void tst_Roles::init()
{
    m_site = std::make_unique<Site>(symbols, QStringList{QStringLiteral("--symbols"), symbols.join(QLatin1Char(',')),
                                                         QStringLiteral("--seed"), QString::number(m_seed)});
    m_site->run(QStringLiteral("producer"),
                QStringList{QStringLiteral("--role"), QStringLiteral("producer")} + m_site->kafka.arguments());
    m_kafka = m_site->kafkaServers(QStringLiteral("producer"));
    QVERIFY(!m_kafka.empty());
}

void tst_Roles::cleanup()
{
    tellSeedOnFailure(m_seed);
    m_site.reset();
}

void tst_Roles::startHandler(const QString& name, const QStringList& more)
{
    m_site->run(name, QStringList{QStringLiteral("--role"), QStringLiteral("handler")} +
                          m_site->kafka.arguments(m_kafka) + more);
}

Owners tst_Roles::owners()
{
    Owners owners;
    const auto statuses = m_site->watch.statuses();
    for (auto status = statuses.begin(); status != statuses.end(); ++status)
        owners[status.key()] = status.value().value(QLatin1String("owner")).toString();
    return owners;
}

QSet<QString> tst_Roles::ownerPids()
{
    QSet<QString> pids;
    for (const QString& owner : owners())
        pids << pidOf(owner);
    return pids;
}

// Beside the producer, a plain client takes the same streams.
void tst_Roles::topicHoldsTheExchangesBytes()
{
    QStringList streams;
    for (const QString& symbol : symbols)
        streams << symbol.toLower() + QStringLiteral("@depth");
    QUrl url = m_site->exchange.restUrl();
    url.setScheme(QStringLiteral("ws"));
    url.setPath(QStringLiteral("/public/stream"));
    url.setQuery(QStringLiteral("streams=") + streams.join(QLatin1Char('/')));
    StreamClient client(url);
    AWAIT_WITHIN(client.events().size() > 100, Site::limitMs);
    const QList<ClientEvent> events = client.events();
    AWAIT(m_site->metric(QStringLiteral("obmonitor_kafka_delivered_total"), {}, QStringLiteral("producer")) > 100);

    std::vector<TopicMessage> messages;
    const auto last = events.last();
    AWAIT_WITHIN((messages = readTopic(m_kafka, partitions, m_site->kafka.topic()),
                  std::any_of(messages.begin(), messages.end(),
                              [&](const auto& m) { return m.key == last.symbol && idOf(m.value) >= last.lastId; })),
                 Site::limitMs);
    std::map<std::pair<QString, qint64>, QByteArray> byId;
    QMap<QString, QSet<int>> places;
    for (const TopicMessage& message : messages) {
        byId[{message.key, idOf(message.value)}] = message.value;
        places[message.key] << message.partition;
    }
    for (const QSet<int>& ofOneSymbol : places)
        QCOMPARE(ofOneSymbol.size(), 1);
    int compared = 0;
    for (const ClientEvent& event : events) {
        const auto found = byId.find({event.symbol, event.lastId});
        if (found == byId.end())
            continue; // before the producer's subscription
        QCOMPARE(found->second, event.data);
        ++compared;
    }
    QVERIFY(compared > 50);
}

void tst_Roles::anotherClientReadsTheTopic()
{
    constexpr int count = 100;
    const QString kcat = QStandardPaths::findExecutable(QStringLiteral("kcat"));
    if (kcat.isEmpty())
        QSKIP("kcat is not installed");
    AWAIT_WITHIN(m_site->metric(QStringLiteral("obmonitor_kafka_delivered_total"), {}, QStringLiteral("producer")) >
                     count,
                 Site::limitMs);
    QProcess client;
    client.start(kcat, {QStringLiteral("-b"), QString::fromStdString(m_kafka), QStringLiteral("-C"),
                        QStringLiteral("-t"), QString::fromStdString(m_site->kafka.topic()), QStringLiteral("-o"),
                        QStringLiteral("beginning"), QStringLiteral("-c"), QString::number(count), QStringLiteral("-q"),
                        QStringLiteral("-f"), QStringLiteral("%k\\t%s\\n")});
    QVERIFY(client.waitForFinished());
    const QList<QByteArray> lines = client.readAllStandardOutput().trimmed().split('\n');
    QVERIFY2(lines.size() == count, client.readAllStandardError().constData());
    for (const QByteArray& line : lines) {
        const QByteArray key = line.left(line.indexOf('\t'));
        const QJsonObject value = QJsonDocument::fromJson(line.mid(line.indexOf('\t') + 1)).object();
        QVERIFY2(symbols.contains(QString::fromLatin1(key)), line.constData());
        QCOMPARE(value.value(QLatin1String("e")).toString(), QStringLiteral("depthUpdate"));
        QCOMPARE(value.value(QLatin1String("s")).toString(), QString::fromLatin1(key));
    }
}

// An interval so long that nearly every update waits in the handler for its turn.
void tst_Roles::writesItsLastStateWhenStopped()
{
    const QString handler = QStringLiteral("handler");
    startHandler(handler, {QStringLiteral("--set"), QStringLiteral("redis.live_interval_ms=60000")});
    QVERIFY(m_site->awaitAllLive());
    const QMap<QString, qint64> before = m_site->watch.lastIds();
    AWAIT_WITHIN(m_site->metric(QStringLiteral("obmonitor_kafka_consumed_total"), {}, handler) > 300, Site::limitMs);
    QVERIFY(m_site->program(handler).stop() == 0);

    const QMap<int, qint64> ends = committed(m_kafka, m_site->kafka);
    QMap<QString, qint64> applied;
    for (const TopicMessage& message : readTopic(m_kafka, partitions, m_site->kafka.topic()))
        if (message.offset < ends[message.partition])
            applied[message.key] = idOf(message.value);
    QCOMPARE(m_site->watch.lastIds(), applied);
    QVERIFY(applied[symbols[0]] > before[symbols[0]]);
    QCOMPARE(m_site->watch.statuses().size(), 0);
    QCOMPARE(m_site->fault(), QString());
}

void tst_Roles::twoHandlersShareTheSymbols_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("one is stopped") << SIGTERM;
    QTest::newRow("one is killed") << SIGKILL;
}

// The other one takes its symbols over.
void tst_Roles::twoHandlersShareTheSymbols()
{
    QFETCH(int, signal);
    const QString first = QStringLiteral("handler-1");
    const QString second = QStringLiteral("handler-2");
    startHandler(first);
    QVERIFY(m_site->awaitAllLive());
    startHandler(second);
    const QSet<QString> both{pid(first), pid(second)};
    AWAIT_WITHIN(ownerPids() == both && m_site->allLive(), Site::limitMs);

    // While nothing changes hands, each book has one owner, and the one that Redis lets write.
    const Owners shared = owners();
    const auto refused = [this](const QString& name) {
        return m_site->metric(QStringLiteral("obmonitor_redis_refused_total"), QStringLiteral("not_owner"), name);
    };
    const double refusedBefore = refused(first) + refused(second);
    QVERIFY(m_site->awaitCaughtUp());
    QVERIFY(m_site->awaitCaughtUp());
    QCOMPARE(owners(), shared);
    QCOMPARE(refused(first) + refused(second), refusedBefore);
    for (const QString& symbol : symbols)
        QCOMPARE(m_site->watch.value({"HGET", "obmonitor:epoch", symbol.toStdString()}),
                 shared[symbol].section(QLatin1Char(':'), -1).toStdString());

    m_site->program(first).signal(signal);
    QCOMPARE(m_site->program(first).awaitExit(), signal == SIGTERM ? std::optional(0) : std::nullopt);
    AWAIT_WITHIN(ownerPids() == QSet<QString>{pid(second)} && m_site->allLive(), Site::limitMs);
    QVERIFY(m_site->awaitCaughtUp());
    QCOMPARE(m_site->fault(), QString());
    QCOMPARE(m_site->originFault(m_kafka), QString());
}

// The broker went with the producer: nobody answers the goodbye to the group, and the end must not wait for it.
void tst_Roles::endsInOrderWithoutABroker()
{
    if (m_site->kafka.isReal())
        return; // a real one stays
    const QString handler = QStringLiteral("handler");
    startHandler(handler);
    QVERIFY(m_site->awaitAllLive());
    m_site->program(QStringLiteral("producer")).signal(SIGTERM);
    QCOMPARE(m_site->program(QStringLiteral("producer")).awaitExit(), std::optional(0));
    m_site->program(handler).signal(SIGTERM);
    QCOMPARE(m_site->program(handler).awaitExit(), std::optional(0));
    AWAIT(m_site->watch.statuses().isEmpty());
    QCOMPARE(m_site->fault(), QString());
}

QTEST_GUILESS_MAIN(tst_Roles)
#include "tst_roles.moc"

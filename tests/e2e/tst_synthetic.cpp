// Simulated markets through the whole program, and every fault the exchange can have: no reader ever sees a wrong book,
// whatever was hit is live again, and what was not hit does not notice.
#include "support/await.h"
#include "support/fault_report.h"
#include "support/seed.h"
#include "support/site.h"
#include "support/topic_reader.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace obm::test;

namespace {

// Each has an event at least once a second: none is left out by a fault of all.
const QStringList symbols{QStringLiteral("BTCUSDT"),  QStringLiteral("ETHUSDT"),   QStringLiteral("BNBUSDT"),
                          QStringLiteral("SOLUSDT"),  QStringLiteral("ADAUSDT"),   QStringLiteral("XRPUSDT"),
                          QStringLiteral("DOGEUSDT"), QStringLiteral("S0003USDT"), QStringLiteral("1000SATSUSDT")};
const QString hitSymbol = symbols[0];

using Counts = QMap<QString, qint64>;

Counts countsOf(const QMap<QString, QJsonObject>& statuses, const char* field)
{
    Counts counts;
    for (auto status = statuses.begin(); status != statuses.end(); ++status)
        counts[status.key()] = status.value().value(QLatin1String(field)).toInteger();
    return counts;
}

Counts lastIdsOnTopic(const std::vector<TopicMessage>& messages)
{
    Counts ids;
    for (const TopicMessage& message : messages)
        ids[message.key] = QJsonDocument::fromJson(message.value).object().value(QLatin1String("u")).toInteger();
    return ids;
}

enum class Expect {
    Nothing, // nobody notices
    One,     // the symbol that was hit synchronises again, and no other
    All,     // every symbol does
    Any,     // who is hit is a matter of chance
};

} // namespace

class tst_Synthetic : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase() { m_site.reset(); }
    void healsAfterAFault_data();
    void healsAfterAFault();
    void countsGaps();
    void writesWhatKafkaHoldsToTheLast();

private:
    Counts counts(const char* field) { return countsOf(m_site->watch.statuses(), field); }
    Counts settledCounts(const char* field);

    std::uint64_t m_seed = seedOfRun();
    std::unique_ptr<Site> m_site;
};

// One program lives through all of it.
void tst_Synthetic::initTestCase()
{
    if (const QString reason = SiteKafka::whyMissing(); !reason.isEmpty())
        QSKIP(qPrintable(reason));
    m_site = std::make_unique<Site>(symbols, QStringList{QStringLiteral("--symbols"), symbols.join(QLatin1Char(',')),
                                                         QStringLiteral("--seed"), QString::number(m_seed),
                                                         QStringLiteral("--weight-limit"), QStringLiteral("1000000")});
    m_site->runAll({QStringLiteral("--set"), QStringLiteral("exchange.depth_speed=100ms"), QStringLiteral("--set"),
                    QStringLiteral("exchange.weight_per_minute=1000000")});
    QVERIFY(m_site->awaitAllLive());
    QCOMPARE(m_site->fault(), QString());
    QCOMPARE(counts("resyncs"), counts("gaps")); // neither
    QCOMPARE(m_site->metric(QStringLiteral("obmonitor_book_resyncs_total")), 0.0);
}

void tst_Synthetic::cleanup()
{
    tellSeedOnFailure(m_seed);
    if (m_site)
        m_site->showOutputOnFailure();
}

// A status is renewed once a second: those that were written after this call.
Counts tst_Synthetic::settledCounts(const char* field)
{
    const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    QMap<QString, QJsonObject> statuses;
    const bool areNew = QTest::qWaitFor(
        [&] {
            statuses = m_site->watch.statuses();
            return std::all_of(statuses.begin(), statuses.end(), [&](const QJsonObject& status) {
                return status.value(QLatin1String("updatedAt")).toString() > now;
            });
        },
        Site::limitMs);
    return areNew ? countsOf(statuses, field) : Counts();
}

// Each fault strikes a known number of times, so that a test knows when it is over.
void tst_Synthetic::healsAfterAFault_data()
{
    QTest::addColumn<QStringList>("faults"); // ONE stands for the symbol that is hit
    QTest::addColumn<int>("hits");
    QTest::addColumn<Expect>("expected");
    const auto row = [](const char* name, QStringList faults, int hits, Expect expected) {
        QTest::newRow(name) << std::move(faults) << hits << expected;
    };
    const QString drop = QStringLiteral("drop:symbol=ONE");
    const auto snapshot = [&](const char* name, const char* keys, int hits) {
        QTest::newRow(name) << QStringList{QString::fromLatin1(name) + QStringLiteral(":symbol=ONE") +
                                               QString::fromLatin1(keys),
                                           drop}
                            << hits + 1 << Expect::One;
    };
    row("drop", {drop}, 1, Expect::One);
    row("drop 2 %", {QStringLiteral("drop:p=0.02,count=12")}, 12, Expect::Any);
    row("duplicate", {QStringLiteral("duplicate:p=0.5,count=60")}, 60, Expect::Nothing);
    row("reorder", {QStringLiteral("reorder:symbol=ONE")}, 1, Expect::One);
    row("delay", {QStringLiteral("delay:p=0.2,ms=300,count=20")}, 20, Expect::Nothing);
    row("malformed", {QStringLiteral("malformed:symbol=ONE,count=3")}, 3, Expect::One);
    row("stall of one", {QStringLiteral("stall:symbol=ONE,count=10")}, 10, Expect::One);
    row("stall", {QStringLiteral("stall:count=150")}, 150, Expect::All);
    // Connected again within milliseconds, so that a symbol may have had no event meanwhile.
    row("cut", {QStringLiteral("cut")}, 1, Expect::Any);
    row("oversize", {QStringLiteral("oversize:symbol=ONE")}, 1, Expect::Any);
    row("half-open", {QStringLiteral("half-open")}, 1, Expect::All);
    snapshot("snapshot-late", ",ms=2000", 1);
    snapshot("snapshot-stale", "", 1);
    snapshot("snapshot-fail", ",count=2", 2);
    snapshot("snapshot-html", "", 1);
    snapshot("snapshot-truncated", "", 1);
    snapshot("snapshot-wrong-symbol", "", 1);
    snapshot("snapshot-empty", "", 1);
    snapshot("snapshot-crossed", "", 1);
    snapshot("http-429", ",ms=2000", 1);
}

void tst_Synthetic::healsAfterAFault()
{
    QFETCH(QStringList, faults);
    QFETCH(int, hits);
    QFETCH(Expect, expected);
    const Counts before = settledCounts("resyncs");
    QCOMPARE(before.size(), symbols.size());
    const int hitsBefore = m_site->exchange.faultHits();

    for (const QString& fault : faults)
        m_site->exchange.inject(QString(fault).replace(QLatin1String("ONE"), hitSymbol));
    const auto isHit = [&](const QString& symbol) {
        return expected == Expect::All || (expected == Expect::One && symbol == hitSymbol);
    };
    AWAIT_WITHIN(m_site->exchange.faultHits() >= hitsBefore + hits, Site::limitMs);
    QElapsedTimer since;
    since.start();
    for (const QString& symbol : symbols)
        if (isHit(symbol))
            QVERIFY2(QTest::qWaitFor([&] { return counts("resyncs")[symbol] > before[symbol]; }, Site::limitMs),
                     qPrintable(symbol));
    m_site->exchange.clearFaults();
    QVERIFY(m_site->awaitCaughtUp());
    QVERIFY(m_site->awaitAllLive());
    const bool isSilent = faults.contains(QStringLiteral("half-open")); // which is believed after 15 s, then after 30
    QVERIFY(keptPromise(QLatin1String(QTest::currentDataTag()), since.elapsed(), isSilent ? 40'000 : 15'000));
    QCOMPARE(m_site->fault(), QString());

    Counts unhit = settledCounts("resyncs");
    for (const QString& symbol : symbols)
        if (isHit(symbol) || expected == Expect::Any)
            unhit[symbol] = before[symbol];
    QCOMPARE(unhit, before);
}

void tst_Synthetic::countsGaps()
{
    const Counts gaps = settledCounts("gaps");
    QVERIFY(gaps[hitSymbol] >= 8);
    for (const QString& symbol : symbols)
        QCOMPARE(qint64(m_site->metric(QStringLiteral("obmonitor_book_gaps_total"),
                                       QStringLiteral("symbol=\"%1\"").arg(symbol))),
                 gaps[symbol]);
    // Every one of them was lost at the exchange, or garbled there.
    const auto byOrigin = [&](const QString& label) {
        return m_site->metric(QStringLiteral("obmonitor_book_gaps_by_origin_total"), label);
    };
    QCOMPARE(byOrigin(QStringLiteral("origin=\"exchange\"")),
             m_site->metric(QStringLiteral("obmonitor_book_gaps_total")));
    QCOMPARE(byOrigin({}), byOrigin(QStringLiteral("origin=\"exchange\"")));
    for (const char* reason : {"gap", "malformed"})
        QVERIFY(m_site->metric(QStringLiteral("obmonitor_book_resyncs_total"),
                               QStringLiteral("reason=\"%1\"").arg(QLatin1String(reason))) > 0);
    QVERIFY(m_site->metric(QStringLiteral("obmonitor_exchange_reconnects_total")) >= 3);
}

// The last update of a burst is not left out, however long nothing follows it.
void tst_Synthetic::writesWhatKafkaHoldsToTheLast()
{
    QVERIFY(m_site->exchange.stop() == 0);
    AWAIT_EQUAL_WITHIN(m_site->metric(QStringLiteral("obmonitor_kafka_delivered_total")),
                       m_site->metric(QStringLiteral("obmonitor_exchange_messages_total")), Site::limitMs);
    constexpr int partitions = 6;
    const Counts onTopic = lastIdsOnTopic(readTopic(m_site->kafkaServers(), partitions, m_site->kafka.topic()));
    QCOMPARE(onTopic.size(), symbols.size());
    AWAIT_EQUAL(m_site->watch.lastIds(), onTopic);
    for (const QString& symbol : symbols)
        AWAIT_EQUAL((*m_site->watch.full(symbol))[QLatin1String("lastUpdateId")].toInteger(), onTopic[symbol]);
    QCOMPARE(m_site->fault(), QString());
    QCOMPARE(m_site->originFault(m_site->kafkaServers()), QString());
    QVERIFY2(m_site->watch.liveCount() > 1'000, qPrintable(QString::number(m_site->watch.liveCount())));
}

QTEST_GUILESS_MAIN(tst_Synthetic)
#include "tst_synthetic.moc"

// The only handler of many symbols ends and is started again over a real Kafka: it goes on from the books in Redis and
// the messages that Kafka kept, and has weight for no more than one snapshot a minute.
#include "support/await.h"
#include "support/fault_report.h"
#include "support/seed.h"
#include "support/site.h"

#include <QElapsedTimer>
#include <QTest>

using namespace obm::test;

namespace {

constexpr int symbolCount = 200;
constexpr int liveAgainMs = 5'000;    // promised, from the start on
constexpr int quietLimitMs = 120'000; // one in seven symbols has an event every ten seconds, and needs it for a start
const QString handlerName = QStringLiteral("handler");

QStringList symbolNames()
{
    QStringList names;
    for (int i = 0; i < symbolCount; ++i)
        names << QStringLiteral("S%1USDT").arg(i, 4, 10, QLatin1Char('0'));
    return names;
}

QStringList weightPerMinute(int weight)
{
    return {QStringLiteral("--set"), QStringLiteral("exchange.weight_per_minute=%1").arg(weight)};
}

} // namespace

class tst_Restart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_site.reset(); }
    void goesOnWithoutASnapshot_data();
    void goesOnWithoutASnapshot();

private:
    void startHandler(int weight);
    [[nodiscard]] bool isLeftWhole();
    [[nodiscard]] bool areLiveBy(qint64 pid);

    std::uint64_t m_seed = seedOfRun();
    std::unique_ptr<Site> m_site;
};

void tst_Restart::initTestCase()
{
    if (const QString reason = SiteKafka::whyMissing(); !reason.isEmpty())
        QSKIP(qPrintable(reason));
}

void tst_Restart::init()
{
    if (m_site)
        return;
    const QString weightForAllAtOnce = QStringLiteral("10000");
    m_site = std::make_unique<Site>(symbolNames(),
                                    QStringList{QStringLiteral("--symbols"), symbolNames().join(QLatin1Char(',')),
                                                QStringLiteral("--seed"), QString::number(m_seed),
                                                QStringLiteral("--weight-limit"), weightForAllAtOnce});
    m_site->run(QStringLiteral("producer"),
                QStringList{QStringLiteral("--role"), QStringLiteral("producer")} + m_site->kafka.arguments());
    startHandler(weightForAllAtOnce.toInt());
    QVERIFY(m_site->awaitAllLive(quietLimitMs));
}

void tst_Restart::cleanup()
{
    tellSeedOnFailure(m_seed);
    if (m_site)
        m_site->showOutputOnFailure();
}

void tst_Restart::startHandler(int weight)
{
    m_site->run(handlerName, QStringList{QStringLiteral("--role"), QStringLiteral("handler"), QStringLiteral("--set"),
                                         QStringLiteral("kafka.instance_id=handler")} +
                                 m_site->kafka.arguments() + weightPerMinute(weight));
}

// Of each symbol there is a whole book to go on from.
bool tst_Restart::isLeftWhole()
{
    std::vector<std::string> words{"EXISTS"};
    for (const QString& symbol : m_site->symbols())
        words.push_back("orderbook:" + symbol.toStdString() + ":latest");
    const obm::RedisCommand command(words.begin(), words.end());
    return m_site->watch.value(command) == std::to_string(symbolCount);
}

bool tst_Restart::areLiveBy(qint64 pid)
{
    const auto statuses = m_site->watch.statuses();
    const QString owner = QStringLiteral(":%1:").arg(pid);
    return statuses.size() == symbolCount &&
           std::all_of(statuses.begin(), statuses.end(), [&](const QJsonObject& status) {
               return status.value(QLatin1String("state")).toString() == QLatin1String("live") &&
                      status.value(QLatin1String("owner")).toString().contains(owner);
           });
}

void tst_Restart::goesOnWithoutASnapshot_data()
{
    QTest::addColumn<bool>("isKilled");
    QTest::newRow("handler of 200 symbols stopped and started") << false;
    QTest::newRow("handler of 200 symbols killed and started") << true;
}

void tst_Restart::goesOnWithoutASnapshot()
{
    QFETCH(bool, isKilled);
    AWAIT_WITHIN(isLeftWhole(), Site::limitMs);
    Program& handler = m_site->program(handlerName);
    if (isKilled)
        handler.kill();
    else
        QCOMPARE(handler.stop(), std::optional(0));
    const int weightForOneAudit = 20;
    QElapsedTimer clock;
    clock.start();
    startHandler(weightForOneAudit);
    const qint64 pid = m_site->program(handlerName).processId();
    QVERIFY(QTest::qWaitFor([&] { return areLiveBy(pid); }, Site::limitMs));
    QVERIFY(keptPromise(QString::fromLatin1(QTest::currentDataTag()), clock.elapsed(), liveAgainMs));
    QVERIFY(m_site->awaitNoSnapshotNeeded(handlerName, quietLimitMs));
    QVERIFY(m_site->awaitCaughtUp());
    QCOMPARE(m_site->fault(), QString());
}

QTEST_GUILESS_MAIN(tst_Restart)
#include "tst_restart.moc"

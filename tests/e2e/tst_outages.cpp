// What the program needs goes away and comes back: it says so, goes on by itself, and no reader sees an older or a
// wrong book.
#include "support/await.h"
#include "support/fault_report.h"
#include "support/seed.h"
#include "support/site.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace obm::test;

namespace {

const QStringList symbols{QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT"), QStringLiteral("BNBUSDT"),
                          QStringLiteral("SOLUSDT"), QStringLiteral("ADAUSDT"), QStringLiteral("XRPUSDT")};

} // namespace

class tst_Outages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase() { m_site.reset(); }
    void redisFreezes();
    void redisComesBackEmpty();
    void exchangeComesBack();
    void programComesBack_data();
    void programComesBack();

private:
    bool isRightAgain() { return m_site->awaitCaughtUp() && m_site->awaitAllLive(); }
    int readiness() { return m_site->get(QStringLiteral("/readyz")).status; }
    double resyncs() { return m_site->metric(QStringLiteral("obmonitor_book_resyncs_total")); }

    std::uint64_t m_seed = seedOfRun();
    std::unique_ptr<Site> m_site;
};

void tst_Outages::initTestCase()
{
    if (const QString reason = SiteKafka::whyMissing(); !reason.isEmpty())
        QSKIP(qPrintable(reason));
    m_site = std::make_unique<Site>(symbols, QStringList{QStringLiteral("--symbols"), symbols.join(QLatin1Char(',')),
                                                         QStringLiteral("--seed"), QString::number(m_seed)});
    m_site->runAll();
    QVERIFY(m_site->awaitAllLive());
    AWAIT_EQUAL(readiness(), 200);
}

void tst_Outages::cleanup()
{
    tellSeedOnFailure(m_seed);
    if (m_site)
        m_site->showOutputOnFailure();
}

void tst_Outages::redisFreezes()
{
    const double resyncsBefore = resyncs();
    m_site->watch.pause();
    m_site->redis.freeze();
    AWAIT_EQUAL_WITHIN(readiness(), 503, Site::limitMs);
    QVERIFY(
        m_site->program(QStringLiteral("all")).await(QStringLiteral("(?i)^.*redis.*(timeout|answer).*$")).hasMatch());
    m_site->redis.thaw();
    QElapsedTimer since;
    since.start();
    m_site->watch.resume();
    QVERIFY(isRightAgain());
    QVERIFY(keptPromise(QStringLiteral("Redis frozen"), since.elapsed(), 5'000));
    AWAIT_EQUAL_WITHIN(readiness(), 200, Site::limitMs);
    QCOMPARE(resyncs(), resyncsBefore); // the books were right all the time
    QCOMPARE(m_site->fault(), QString());
}

void tst_Outages::redisComesBackEmpty()
{
    const double resyncsBefore = resyncs();
    m_site->redis.stop();
    AWAIT_EQUAL_WITHIN(readiness(), 503, Site::limitMs);
    m_site->watch.onRedisEmptied();
    m_site->redis.start();
    QElapsedTimer since;
    since.start();
    QVERIFY(isRightAgain());
    QVERIFY(keptPromise(QStringLiteral("Redis started again empty"), since.elapsed(), 5'000));
    AWAIT_EQUAL_WITHIN(readiness(), 200, Site::limitMs);
    QCOMPARE(resyncs(), resyncsBefore);
    QCOMPARE(m_site->fault(), QString());
}

void tst_Outages::exchangeComesBack()
{
    const TruthReader old = m_site->killExchange();
    m_site->exchange.restart();
    QElapsedTimer since;
    since.start();
    AWAIT_WITHIN(m_site->hasOnlyBooksSince(old), Site::limitMs);
    m_site->watch.resume();
    QVERIFY(isRightAgain());
    QVERIFY(keptPromise(QStringLiteral("exchange killed and started again"), since.elapsed(), 10'000));
    AWAIT_EQUAL_WITHIN(readiness(), 200, Site::limitMs);
    QCOMPARE(m_site->fault(), QString());
}

void tst_Outages::programComesBack_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("stopped") << SIGTERM;
    QTest::newRow("killed") << SIGKILL;
}

// Its books stay for readers, its signs of life do not; the next one goes on, and u never goes back.
void tst_Outages::programComesBack()
{
    QFETCH(int, signal);
    Program& program = m_site->program(QStringLiteral("all"));
    program.signal(signal);
    program.awaitExit();
    QVERIFY(!program.isRunning());
    constexpr int ttlMs = 5'000;
    AWAIT_EQUAL_WITHIN(m_site->watch.statuses().size(), 0, signal == SIGTERM ? 1'000 : ttlMs + 1'000);
    QCOMPARE(m_site->watch.lastIds().size(), symbols.size());
    m_site->runAll();
    QVERIFY(isRightAgain());
    QCOMPARE(m_site->fault(), QString());
}

QTEST_GUILESS_MAIN(tst_Outages)
#include "tst_outages.moc"

// Somebody writes events into the topic that continue their symbol's chain and say what the exchange never said: no id
// can tell. The audit does, and the book is right again without leaving live. One whose own id is far ahead shows
// itself: the exchange's events are all older.
#include "support/await.h"
#include "support/fault_report.h"
#include "support/foreign_producer.h"
#include "support/seed.h"
#include "support/site.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QMap>
#include <QTest>

#include <algorithm>

using namespace obm::test;

namespace {

constexpr int partitions = 6;
constexpr int auditLimitMs = 60'000; // of three symbols each is audited every ten seconds
const QStringList symbols{QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT"), QStringLiteral("XRPUSDT")};
const QString forged = QStringLiteral("ETHUSDT");
constexpr int levels = 20; // forged at once: the market itself soon moves some of them, never all

} // namespace

class tst_Audit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase() { m_site.reset(); }
    void findsAndHealsForgedLevels_data();
    void findsAndHealsForgedLevels();
    void getsBackFromAnIdFarAhead();

private:
    [[nodiscard]] QMap<QString, QString> bids(); // price -> quantity of the whole book in Redis
    [[nodiscard]] QStringList deepPrices();      // far below the best one, within what is proven
    [[nodiscard]] int countAt(const QStringList& prices, const QString& quantity); // "": no such level
    [[nodiscard]] qint64 forge(const QStringList& prices, const QString& quantity, qint64 ahead = 1); // its id
    [[nodiscard]] QString state() { return m_site->watch.statuses()[forged].value(QLatin1String("state")).toString(); }
    double audits(const char* verdict)
    {
        return m_site->metric(QStringLiteral("obmonitor_book_audits_total"), QLatin1String(verdict));
    }

    std::uint64_t m_seed = seedOfRun();
    std::unique_ptr<Site> m_site;
    std::unique_ptr<ForeignProducer> m_forger;
};

void tst_Audit::initTestCase()
{
    m_site = std::make_unique<Site>(symbols, QStringList{QStringLiteral("--symbols"), symbols.join(QLatin1Char(',')),
                                                         QStringLiteral("--seed"), QString::number(m_seed)});
    m_site->runAll({QStringLiteral("--set"), QStringLiteral("exchange.weight_per_minute=1000000")});
    QVERIFY(m_site->awaitAllLive());
    AWAIT_WITHIN(m_site->watch.full(forged), Site::limitMs);
    m_forger = std::make_unique<ForeignProducer>(m_site->kafkaServers(), partitions, m_site->kafka.topic());
}

void tst_Audit::cleanup()
{
    tellSeedOnFailure(m_seed);
    if (m_site)
        m_site->showOutputOnFailure();
}

QMap<QString, QString> tst_Audit::bids()
{
    QMap<QString, QString> bids;
    for (const QJsonValue& level : m_site->watch.full(forged).value().value(QLatin1String("bids")).toArray())
        bids[level[0].toString()] = level[1].toString();
    return bids;
}

QStringList tst_Audit::deepPrices()
{
    const QJsonArray bids = m_site->watch.full(forged).value().value(QLatin1String("bids")).toArray();
    QStringList prices;
    for (int i = 0; i < levels; ++i)
        prices << bids.at(bids.size() * 9 / 10 - i)[0].toString();
    return prices;
}

int tst_Audit::countAt(const QStringList& prices, const QString& quantity)
{
    const auto now = bids();
    return static_cast<int>(std::ranges::count(prices, quantity, [&](const QString& p) { return now.value(p); }));
}

// With the next id: should the exchange's next event be there first, it is an old one and does nothing.
qint64 tst_Audit::forge(const QStringList& prices, const QString& quantity, qint64 ahead)
{
    const qint64 last = m_site->watch.lastIds().value(forged);
    const QString now = QString::number(QDateTime::currentMSecsSinceEpoch());
    QStringList bids;
    for (const QString& price : prices)
        bids << QStringLiteral(R"(["%1","%2"])").arg(price, quantity);
    const QString event =
        QStringLiteral(R"({"e":"depthUpdate","E":%1,"T":%1,"s":"%2","U":%4,"u":%4,"pu":%3,)"
                       R"("b":[%5],"a":[]})")
            .arg(now, forged, QString::number(last), QString::number(last + ahead), bids.join(QLatin1Char(',')));
    m_forger->send(forged.toUtf8(), event.toUtf8());
    return m_forger->flush() ? last + ahead : 0;
}

void tst_Audit::findsAndHealsForgedLevels_data()
{
    QTest::addColumn<QString>("quantity"); // of levels that have another one
    QTest::newRow("levels disappear") << QStringLiteral("0");
    QTest::newRow("quantities are others") << QStringLiteral("31337");
}

void tst_Audit::findsAndHealsForgedLevels()
{
    QFETCH(QString, quantity);
    const double differentBefore = audits("different");
    AWAIT_WITHIN(audits("equal") >= 3, auditLimitMs);
    QCOMPARE(m_site->fault(), QString());
    m_site->watch.pause(); // what it would see now nobody said

    const QStringList prices = deepPrices();
    const QString wrong = quantity == QLatin1String("0") ? QString() : quantity;
    QElapsedTimer sinceForged;
    const auto isForged = [&] {
        if (!sinceForged.isValid() || sinceForged.hasExpired(2'000)) {
            if (forge(prices, quantity) == 0)
                return false;
            sinceForged.start();
        }
        return countAt(prices, wrong) > levels / 2;
    };
    AWAIT_WITHIN(isForged(), Site::limitMs);
    sinceForged.start();
    bool hasLeftLive = false;
    const auto isHealed = [&] {
        hasLeftLive = hasLeftLive || state() != QLatin1String("live");
        return countAt(prices, wrong) < levels / 2;
    };
    AWAIT_WITHIN(isHealed(), auditLimitMs);
    QVERIFY(keptPromise(QStringLiteral("forged event: ") + QLatin1String(QTest::currentDataTag()),
                        sinceForged.elapsed(), 20'000));
    QVERIFY(!hasLeftLive);
    AWAIT_WITHIN(audits("different") > differentBefore, Site::limitMs);
    QVERIFY(m_site->metric(QStringLiteral("obmonitor_book_resyncs_total"), QStringLiteral("audit")) > differentBefore);
    QCOMPARE(m_site->metric(QStringLiteral("obmonitor_book_gaps_total")), 0.0);
    m_site->watch.resume();
    QVERIFY(m_site->awaitCaughtUp());
    QVERIFY(m_site->allLive());
    QCOMPARE(m_site->fault(), QString());
}

// Its u stands in Redis, higher than all that the exchange will say: the books there begin anew.
void tst_Audit::getsBackFromAnIdFarAhead()
{
    constexpr qint64 ahead = 1'000'000'000;
    m_site->watch.pause();
    const QStringList prices = deepPrices();
    qint64 far = 0;
    const auto isForged = [&] {
        if (m_site->watch.lastIds().value(forged) < far || far == 0)
            far = forge(prices, QStringLiteral("31337"), ahead);
        return QTest::qWaitFor([&] { return m_site->watch.lastIds().value(forged) >= far; }, 1'000);
    };
    AWAIT_WITHIN(isForged(), Site::limitMs);
    QElapsedTimer sinceForged;
    sinceForged.start();
    const auto isBack = [&] {
        const qint64 live = m_site->watch.lastIds().value(forged, far);
        const auto whole = m_site->watch.full(forged);
        return live < far && whole && whole->value(QLatin1String("lastUpdateId")).toInteger() < far;
    };
    AWAIT_WITHIN(isBack(), Site::limitMs);
    QVERIFY(keptPromise(QStringLiteral("forged event far ahead"), sinceForged.elapsed(), 15'000));
    m_site->watch.resume();
    QVERIFY(m_site->awaitCaughtUp());
    QVERIFY(m_site->awaitAllLive());
    QCOMPARE(m_site->fault(), QString());
}

QTEST_GUILESS_MAIN(tst_Audit)
#include "tst_audit.moc"

// Somebody writes events into the topic that continue their symbol's chain and say what the exchange never said: no id
// can tell. The audit does, and the book is right again without leaving live.
#include "support/await.h"
#include "support/foreign_producer.h"
#include "support/seed.h"
#include "support/site.h"

#include <QJsonArray>
#include <QTest>

using namespace obm::test;

namespace {

constexpr int partitions = 6;
constexpr int auditLimitMs = 60'000; // of three symbols each is audited every ten seconds
const QStringList symbols{QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT"), QStringLiteral("XRPUSDT")};
const QString forged = QStringLiteral("ETHUSDT");

} // namespace

class tst_Audit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase() { m_site.reset(); }
    void findsAndHealsAForgedLevel_data();
    void findsAndHealsAForgedLevel();

private:
    [[nodiscard]] QJsonArray deepBid(); // far below the best ones, within what is proven
    [[nodiscard]] QString quantityAt(const QString& price);
    void forge(const QString& price, const QString& quantity);
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
    m_forger = std::make_unique<ForeignProducer>(m_site->kafkaServers(), partitions);
}

void tst_Audit::cleanup()
{
    tellSeedOnFailure(m_seed);
    if (m_site)
        m_site->showOutputOnFailure();
}

QJsonArray tst_Audit::deepBid()
{
    const QJsonArray bids = m_site->watch.full(forged).value().value(QLatin1String("bids")).toArray();
    return bids.at(bids.size() * 9 / 10).toArray();
}

QString tst_Audit::quantityAt(const QString& price)
{
    for (const QJsonValue& level : m_site->watch.full(forged).value().value(QLatin1String("bids")).toArray())
        if (level.toArray().at(0).toString() == price)
            return level.toArray().at(1).toString();
    return {};
}

// With the next id: should the exchange's next event be there first, it is an old one and does nothing.
void tst_Audit::forge(const QString& price, const QString& quantity)
{
    const QString last = QString::number(m_site->watch.lastIds().value(forged));
    const QString next = QString::number(m_site->watch.lastIds().value(forged) + 1);
    const QString now = QString::number(QDateTime::currentMSecsSinceEpoch());
    const QString event = QStringLiteral(R"({"e":"depthUpdate","E":%1,"T":%1,"s":"%2","U":%4,"u":%4,"pu":%3,)"
                                         R"("b":[["%5","%6"]],"a":[]})")
                              .arg(now, forged, last, next, price, quantity);
    m_forger->send(forged.toUtf8(), event.toUtf8());
    QVERIFY(m_forger->flush());
}

void tst_Audit::findsAndHealsAForgedLevel_data()
{
    QTest::addColumn<QString>("quantity"); // of a level that has another one
    QTest::newRow("a level disappears") << QStringLiteral("0");
    QTest::newRow("a quantity is another one") << QStringLiteral("31337");
}

void tst_Audit::findsAndHealsAForgedLevel()
{
    QFETCH(QString, quantity);
    const double differentBefore = audits("different");
    AWAIT_WITHIN(audits("equal") >= 3, auditLimitMs);
    QCOMPARE(m_site->fault(), QString());
    m_site->watch.pause(); // what it would see now nobody said

    const QString price = deepBid().at(0).toString();
    const QString wrong = quantity == QLatin1String("0") ? QString() : quantity;
    const auto isForged = [&] {
        if (quantityAt(price) != wrong)
            forge(price, quantity);
        return quantityAt(price) == wrong;
    };
    AWAIT_WITHIN(isForged(), Site::limitMs);
    AWAIT_WITHIN(audits("different") > differentBefore, auditLimitMs);
    AWAIT_WITHIN(quantityAt(price) != wrong, Site::limitMs);
    QVERIFY(m_site->metric(QStringLiteral("obmonitor_book_resyncs_total"), QStringLiteral("audit")) > differentBefore);
    QCOMPARE(m_site->metric(QStringLiteral("obmonitor_book_gaps_total")), 0.0);
    m_site->watch.resume();
    QVERIFY(m_site->awaitCaughtUp());
    QVERIFY(m_site->allLive());
    QCOMPARE(m_site->fault(), QString());
}

QTEST_GUILESS_MAIN(tst_Audit)
#include "tst_audit.moc"

// Real traffic, recorded, from the exchange's socket to Redis: every book that a reader sees is the exchange's at its
// u, and when the traffic ends the last update of each symbol is there.
#include "support/await.h"
#include "support/recorded_ids.h"
#include "support/site.h"

#include <QTest>

#include <csignal>

using namespace obm::test;

namespace {

constexpr int playLimitMs = 120'000;

} // namespace

class tst_Recordings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_site.reset(); }
    void everyBookIsTheExchanges_data();
    void everyBookIsTheExchanges();

private:
    std::unique_ptr<Site> m_site;
};

void tst_Recordings::everyBookIsTheExchanges_data()
{
    QTest::addColumn<QString>("speed");
    QTest::addColumn<int>("valuesMin");
    QTest::newRow("usdm-20240718") << QStringLiteral("25") << 200; // 480 s
    QTest::newRow("usdm-20210405") << QStringLiteral("8") << 200;  // 119 s
}

void tst_Recordings::everyBookIsTheExchanges()
{
    QFETCH(QString, speed);
    QFETCH(int, valuesMin);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    const auto recording = loadRecording(name.toStdString());
    if (!recording)
        QSKIP("OBM_RECORDINGS has no such recording");
    const QMap<QString, qint64> lastIds = lastIdsOf(*recording);

    m_site = std::make_unique<Site>(lastIds.keys(),
                                    QStringList{QStringLiteral("--recording"),
                                                qEnvironmentVariable("OBM_RECORDINGS") + QLatin1Char('/') + name,
                                                QStringLiteral("--speed"), speed});
    // The play begins with the first subscription: not before the handler reads, or it would miss most of it.
    m_site->exchange.signal(SIGSTOP);
    m_site->runAll();
    QVERIFY(m_site->program(QStringLiteral("all")).await(QStringLiteral("assigned \\d+ partitions")).hasMatch());
    m_site->exchange.signal(SIGCONT);
    AWAIT_EQUAL_WITHIN(m_site->watch.lastIds(), lastIds, playLimitMs);
    for (const QString& symbol : lastIds.keys())
        AWAIT_EQUAL((*m_site->watch.full(symbol))[QLatin1String("lastUpdateId")].toInteger(), lastIds[symbol]);

    QCOMPARE(m_site->fault(), QString());
    QCOMPARE(m_site->originFault(m_site->kafkaServers()), QString());
    QVERIFY2(m_site->watch.liveCount() > std::size_t(valuesMin),
             qPrintable(QString::number(m_site->watch.liveCount())));
    QVERIFY(m_site->watch.fulls().size() > 20);
    QVERIFY(m_site->allLive());
    QCOMPARE(m_site->metric(QStringLiteral("obmonitor_book_resyncs_total")), 0.0);
    QCOMPARE(m_site->metric(QStringLiteral("obmonitor_book_gaps_total")), 0.0);
}

QTEST_GUILESS_MAIN(tst_Recordings)
#include "tst_recordings.moc"

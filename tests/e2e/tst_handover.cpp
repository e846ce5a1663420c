// Three handlers share the symbols over a real Kafka; one after the other is stopped, killed or frozen. No reader is
// without a fresh book for longer than promised, u never goes back, and the status names who keeps the book.
#include "redis/book_scripts.h"
#include "support/fault_report.h"
#include "support/freshness.h"
#include "support/held_link.h"
#include "support/seed.h"
#include "support/site.h"

#include <QTest>

#include <csignal>

using namespace obm::test;

namespace {

constexpr int sessionTimeoutMs = 6'000;
constexpr int handOverMs = 5'000; // promised, from the moment on when the group may give the symbols to somebody
constexpr int handlerCount = 3;
// Each has an event at least once a second. On nine partitions they lie so that each of three handlers, and each of
// two, has some of them.
const QStringList symbols{QStringLiteral("BTCUSDT"),  QStringLiteral("ETHUSDT"),   QStringLiteral("BNBUSDT"),
                          QStringLiteral("SOLUSDT"),  QStringLiteral("ADAUSDT"),   QStringLiteral("XRPUSDT"),
                          QStringLiteral("DOGEUSDT"), QStringLiteral("S0003USDT"), QStringLiteral("1000SATSUSDT")};

const QStringList partitions{QStringLiteral("--set"), QStringLiteral("kafka.partitions=9")};

enum class Fault { Restart, Kill, KillAndStart };

// Of the script, for one write.
QByteArray answerOf(obm::FenceAnswer answer)
{
    return ':' + QByteArray::number(static_cast<qint64>(answer)) + "\r\n";
}

QString nameOf(int number)
{
    return QStringLiteral("handler-%1").arg(number);
}

} // namespace

class tst_Handover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void takesNewHandlersIn();
    void leavesNoBookAlone_data();
    void leavesNoBookAlone();
    void goesOnWithoutTheFrozenOne();

private:
    void start(int number, bool hasPlace, const QStringList& more = {});
    [[nodiscard]] bool startAll(bool hasPlace);
    [[nodiscard]] QSet<qint64> owners();
    [[nodiscard]] QSet<qint64> running();
    // Every book is live, and these handlers share them.
    [[nodiscard]] bool awaitSharedBy(const QSet<qint64>& pids)
    {
        return QTest::qWaitFor([&] { return m_site->allLive() && owners() == pids; }, Site::limitMs);
    }
    [[nodiscard]] bool awaitShared() { return awaitSharedBy(running()); }
    void strike(Fault fault, int number, bool hasPlace);

    std::uint64_t m_seed = seedOfRun();
    std::unique_ptr<Site> m_site;
    int m_started = 0; // handlers
};

void tst_Handover::initTestCase()
{
    if (const QString reason = SiteKafka::whyMissing(); !reason.isEmpty())
        QSKIP(qPrintable(reason));
}

void tst_Handover::init()
{
    m_started = 0;
    m_site = std::make_unique<Site>(symbols, QStringList{QStringLiteral("--symbols"), symbols.join(QLatin1Char(',')),
                                                         QStringLiteral("--seed"), QString::number(m_seed)});
    m_site->run(QStringLiteral("producer"), QStringList{QStringLiteral("--role"), QStringLiteral("producer")} +
                                                m_site->kafka.arguments() + partitions);
    QVERIFY(m_site->program(QStringLiteral("producer")).await(QStringLiteral("topic .* made with 9")).hasMatch());
}

void tst_Handover::cleanup()
{
    tellSeedOnFailure(m_seed);
    if (m_site)
        m_site->showOutputOnFailure();
    m_site.reset();
}

void tst_Handover::start(int number, bool hasPlace, const QStringList& more)
{
    QStringList arguments = QStringList{QStringLiteral("--role"), QStringLiteral("handler")};
    if (hasPlace)
        arguments << QStringLiteral("--set") << QStringLiteral("kafka.instance_id=") + nameOf(number);
    m_site->run(nameOf(number), arguments + m_site->kafka.arguments() + partitions + more);
    m_started = std::max(m_started, number + 1);
}

bool tst_Handover::startAll(bool hasPlace)
{
    for (int number = 0; number < handlerCount; ++number)
        start(number, hasPlace);
    return awaitShared();
}

QSet<qint64> tst_Handover::owners()
{
    QSet<qint64> pids;
    for (const QJsonObject& status : m_site->watch.statuses())
        pids << status.value(QLatin1String("owner")).toString().section(QLatin1Char(':'), -2, -2).toLongLong();
    return pids;
}

QSet<qint64> tst_Handover::running()
{
    QSet<qint64> pids;
    for (int number = 0; number < m_started; ++number)
        if (const Program& handler = m_site->program(nameOf(number)); handler.isRunning())
            pids << handler.processId();
    return pids;
}

void tst_Handover::takesNewHandlersIn()
{
    start(0, false);
    QVERIFY(m_site->awaitAllLive());
    Freshness freshness(m_site->watch, symbols);
    for (int number = 1; number < handlerCount; ++number) {
        start(number, false);
        QVERIFY(awaitShared());
    }
    QVERIFY(m_site->awaitCaughtUp());
    qInfo("longest without news, ms: %s", qPrintable(freshness.text()));
    QVERIFY(keptPromise(QStringLiteral("second and third handler join"), freshness.worstMs(), handOverMs));
    QCOMPARE(m_site->fault(), QString());
}

void tst_Handover::strike(Fault fault, int number, bool hasPlace)
{
    Program& handler = m_site->program(nameOf(number));
    if (fault == Fault::Restart)
        QCOMPARE(handler.stop(), std::optional(0));
    else
        handler.kill();
    if (fault != Fault::Kill)
        start(number, hasPlace);
}

void tst_Handover::leavesNoBookAlone_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<bool>("hasPlace");
    QTest::addColumn<int>("handlers"); // one after the other
    QTest::addColumn<int>("promisedMs");
    QTest::newRow("rolling restart, instance_id") << Fault::Restart << true << handlerCount << handOverMs;
    QTest::newRow("rolling restart") << Fault::Restart << false << handlerCount << sessionTimeoutMs + handOverMs;
    QTest::newRow("handler killed and started, instance_id")
        << Fault::KillAndStart << true << 1 << sessionTimeoutMs + handOverMs;
    QTest::newRow("handler killed") << Fault::Kill << false << 1 << sessionTimeoutMs + handOverMs;
}

void tst_Handover::leavesNoBookAlone()
{
    QFETCH(Fault, fault);
    QFETCH(bool, hasPlace);
    QFETCH(int, handlers);
    QFETCH(int, promisedMs);
    QVERIFY(startAll(hasPlace));
    Freshness freshness(m_site->watch, symbols);
    for (int number = 0; number < handlers; ++number) {
        strike(fault, number, hasPlace);
        QVERIFY(awaitShared());
        if (fault != Fault::Kill) // it goes on from the books that it finds in Redis
            QVERIFY(m_site->awaitNoSnapshotNeeded(nameOf(number)));
    }
    QVERIFY(m_site->awaitCaughtUp());
    qInfo("longest without news, ms: %s", qPrintable(freshness.text()));
    QVERIFY(keptPromise(QString::fromLatin1(QTest::currentDataTag()), freshness.worstMs(), promisedMs));
    QCOMPARE(m_site->fault(), QString());
}

// It believes that the books are still its own: what it wrote when it was frozen reaches Redis when others have them,
// and is refused.
void tst_Handover::goesOnWithoutTheFrozenOne()
{
    const int frozen = 0;
    HeldLink link(m_site->redis.socketPath());
    start(frozen, false, {QStringLiteral("--set"), QStringLiteral("redis.url=") + link.url()});
    for (const int number : {1, 2})
        start(number, false);
    QVERIFY(awaitShared());
    Program& handler = m_site->program(nameOf(frozen));
    const qint64 pid = handler.processId();
    Freshness freshness(m_site->watch, symbols);
    link.hold();
    QVERIFY(QTest::qWaitFor([&] { return link.holdsSomething(); }, Site::limitMs));
    handler.signal(SIGSTOP);
    QVERIFY(awaitSharedBy(running() - QSet{pid}));
    QVERIFY(m_site->awaitCaughtUp());
    link.release();
    QVERIFY(QTest::qWaitFor([&] { return !link.answer().isEmpty(); }, Site::limitMs));
    QVERIFY2(link.answer().contains(answerOf(obm::FenceAnswer::NotOwner)), link.answer().constData());
    QVERIFY2(!link.answer().contains(answerOf(obm::FenceAnswer::Written)), link.answer().constData());
    handler.signal(SIGCONT);
    QVERIFY(handler.await(QStringLiteral("^.* lost \\d+ partitions.*$")).hasMatch());
    QVERIFY(awaitShared()); // it has joined again
    QVERIFY(m_site->awaitCaughtUp());
    qInfo("longest without news, ms: %s", qPrintable(freshness.text()));
    QVERIFY(keptPromise(QStringLiteral("handler frozen and continued"), freshness.worstMs(),
                        sessionTimeoutMs + handOverMs));
    QCOMPARE(m_site->fault(), QString());
}

QTEST_GUILESS_MAIN(tst_Handover)
#include "tst_handover.moc"

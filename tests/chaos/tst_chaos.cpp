// The real processes under fire: one fault at a time, then several at once, each at a moment that the seed chooses.
// After each the books in Redis are the exchange's within the promised time; nothing else was to be seen in between.
#include "chaos/chaos_faults.h"
#include "support/await.h"
#include "support/fault_report.h"
#include "support/seed.h"

#include <QTest>

#include <random>

using namespace obm::test;

namespace {

// By its machine's name for the architecture; empty: it is not there.
QString fakeTimeLibrary()
{
    const QDir libraries(QStringLiteral("/usr/lib"));
    for (const QString& folder : libraries.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString path = libraries.filePath(folder + QStringLiteral("/faketime/libfaketimeMT.so.1"));
        if (QFile::exists(path))
            return path;
    }
    return {};
}

} // namespace

class tst_Chaos : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_site.reset(); }
    void oneFault_data();
    void oneFault();
    void severalAtOnce_data();
    void severalAtOnce();
    void clockJump_data();
    void clockJump();

private:
    int below(int end) { return std::uniform_int_distribution(0, end - 1)(m_random); }

    std::uint64_t m_seed = seedOfRun();
    std::mt19937_64 m_random{m_seed};
    std::shared_ptr<KafkaProcess> m_kafka;
    std::unique_ptr<ChaosSite> m_site;
};

void tst_Chaos::initTestCase()
{
    auto kafka = KafkaProcess::own();
    if (!kafka)
        QSKIP(qPrintable(kafka.error()));
    m_kafka = std::move(*kafka);
}

void tst_Chaos::init()
{
    if (m_site)
        return;
    m_site = std::make_unique<ChaosSite>(m_kafka, m_seed);
    QVERIFY(m_site->awaitRight());
}

// The next one begins with what this one left, unless that is broken.
void tst_Chaos::cleanup()
{
    tellSeedOnFailure(m_seed);
    if (!QTest::currentTestFailed() || !m_site)
        return;
    m_site->showOutputOnFailure();
    m_site.reset();
}

void tst_Chaos::oneFault_data()
{
    QTest::addColumn<int>("number");
    for (std::size_t number = 0; number < chaosFaults().size(); ++number)
        QTest::newRow(qPrintable(chaosFaults()[number].name)) << static_cast<int>(number);
}

void tst_Chaos::oneFault()
{
    QFETCH(int, number);
    const ChaosFault& fault = chaosFaults()[static_cast<std::size_t>(number)];
    if (fault.part == Part::Exchange)
        QVERIFY(m_site->renewProducer());
    QVERIFY(m_site->awaitWeight());
    ChaosSite::pass(below(1'000));
    const double feltBefore = fault.felt ? fault.felt(*m_site) : 0;
    fault.strike(*m_site);
    ChaosSite::pass(fault.holdMs);
    AWAIT(!fault.felt || fault.felt(*m_site) >= feltBefore + fault.feltMin); // or it is no test
    fault.heal(*m_site);
    const auto tookMs = m_site->awaitRight();
    QVERIFY2(tookMs, "the books do not come right");
    QVERIFY(keptPromise(fault.name, *tookMs, fault.promisedMs));
    QCOMPARE(m_site->fault(), QString());
}

void tst_Chaos::severalAtOnce_data()
{
    QTest::addColumn<int>("count");
    const int rounds = qEnvironmentVariableIsSet("OBM_TEST_FULL") ? 6 : 3;
    for (int round = 0; round < rounds; ++round)
        QTest::addRow("round %d", round) << 2 + round % 2;
}

// Of different parts, so that each can strike and heal by itself; their moments overlap.
void tst_Chaos::severalAtOnce()
{
    QFETCH(int, count);
    std::vector<ChaosFault> faults = chaosFaults();
    std::ranges::shuffle(faults, m_random);
    std::vector<ChaosFault> chosen;
    for (const ChaosFault& fault : faults)
        if (int(chosen.size()) < count && fault.holdMs <= 12'000 &&
            std::ranges::find(chosen, fault.part, &ChaosFault::part) == chosen.end())
            chosen.push_back(fault);
    QVERIFY(m_site->renewProducer());
    QVERIFY(m_site->awaitWeight());
    int promisedMs = 0;
    QStringList names;
    for (const ChaosFault& fault : chosen) {
        names << fault.name;
        promisedMs += fault.promisedMs;
        fault.strike(*m_site);
        ChaosSite::pass(below(2'000));
    }
    ChaosSite::pass(std::ranges::max(chosen, {}, &ChaosFault::holdMs).holdMs); // no heal reaches one that refuses
    for (const ChaosFault& fault : chosen)
        fault.heal(*m_site);
    const auto tookMs = m_site->awaitRight();
    QVERIFY2(tookMs, qPrintable(names.join(QStringLiteral(" + "))));
    QVERIFY(keptPromise(names.join(QStringLiteral(" + ")), *tookMs, promisedMs));
    QCOMPARE(m_site->fault(), QString());
}

void tst_Chaos::clockJump_data()
{
    QTest::addColumn<QString>("jump");
    QTest::newRow("clock an hour ahead") << QStringLiteral("+3600");
    QTest::newRow("clock an hour back") << QStringLiteral("-3600");
}

// The wall clock of producer and handlers, by libfaketime.
void tst_Chaos::clockJump()
{
    QFETCH(QString, jump);
    const QString library = fakeTimeLibrary();
    if (library.isEmpty())
        QSKIP("libfaketime is not there");
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("offset"));
    const auto set = [&path](const QString& offset) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(offset.toUtf8()) > 0;
    };
    QVERIFY(set(QStringLiteral("+0")));
    m_site = std::make_unique<ChaosSite>(
        m_kafka, m_seed,
        Program::Variables{{QStringLiteral("LD_PRELOAD"), library},
                           {QStringLiteral("FAKETIME_TIMESTAMP_FILE"), path},
                           {QStringLiteral("FAKETIME_CACHE_DURATION"), QStringLiteral("1")},
                           {QStringLiteral("FAKETIME_DONT_FAKE_MONOTONIC"), QStringLiteral("1")}});
    QVERIFY(m_site->awaitRight());
    QVERIFY(set(jump));
    AWAIT(m_site->isClockOff()); // or it is no test
    ChaosSite::pass(2'000);
    m_site->exchange().inject(QStringLiteral("cut")); // while it stands wrong a snapshot is needed as well
    const auto tookMs = m_site->awaitRight();
    QVERIFY2(tookMs, "the books do not come right");
    QVERIFY(keptPromise(QString::fromLatin1(QTest::currentDataTag()), *tookMs, 10'000));

    const double failedBefore = snapshotsFailed(*m_site); // set right while they wait for a 429's time to be over
    m_site->exchange().inject(QStringLiteral("http-429:for_ms=4000,ms=8000"));
    m_site->exchange().inject(QStringLiteral("drop:for_ms=1500"));
    AWAIT(snapshotsFailed(*m_site) > failedBefore);
    QVERIFY(set(QStringLiteral("+0")));
    const auto rightAfterMs = m_site->awaitRight();
    QVERIFY2(rightAfterMs, "the books do not come right when the clock does");
    QVERIFY(keptPromise(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(", set right during a 429"),
                        *rightAfterMs, 20'000));
    QCOMPARE(m_site->fault(), QString());
    m_site.reset();
}

// All single faults are rows of one function, together longer than Qt Test allows one: ctest has a limit of its own.
int main(int argc, char* argv[])
{
    qputenv("QTEST_FUNCTION_TIMEOUT", "86400000");
    const QCoreApplication application(argc, argv);
    tst_Chaos test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_chaos.moc"

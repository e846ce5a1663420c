// The whole pipeline in virtual time, thousands of times, each time with other faults: what Redis holds is never wrong,
// the exchange's limits are kept, and after the last fault everything is well again. OBM_SEED=n runs one seed again,
// OBM_SEEDS=n so many, from OBM_SEED or else from the first on.
#include "simulation/simulation.h"

#include <QLoggingCategory>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

using namespace obm::sim;

namespace {

struct Range
{
    std::uint64_t first = 1;
    std::uint64_t count = 0;
};

std::optional<std::uint64_t> numberOf(const char* variable)
{
    bool isGiven = false;
    const std::uint64_t number = qgetenv(variable).toULongLong(&isGiven);
    return isGiven ? std::optional(number) : std::nullopt;
}

Range seedsOfRun()
{
    constexpr std::uint64_t usual = 2'000;
    constexpr std::uint64_t many = 10'000;
    const auto first = numberOf("OBM_SEED");
    const std::uint64_t unasked = first ? 1 : qEnvironmentVariableIsSet("OBM_TEST_FULL") ? many : usual;
    return {first.value_or(1), numberOf("OBM_SEEDS").value_or(unasked)};
}

struct Sums
{
    std::uint64_t seeds = 0;
    std::uint64_t steps = 0;
    std::uint64_t values = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t fencedByEpoch = 0;
    std::uint64_t fencedById = 0;
    std::int64_t virtualMs = 0;
    std::int64_t longestRecoveryMs = 0;
    FaultCounts faults{};
    QStringList wrong;

    void add(std::uint64_t seed, const Outcome& outcome)
    {
        ++seeds;
        steps += outcome.steps;
        values += outcome.values;
        snapshots += outcome.snapshots;
        fencedByEpoch += outcome.fencedByEpoch;
        fencedById += outcome.fencedById;
        virtualMs += outcome.virtualMs;
        longestRecoveryMs = std::max(longestRecoveryMs, outcome.recoveryMs);
        for (std::size_t i = 0; i < faultCount; ++i)
            faults[i] += outcome.faults[i];
        if (!outcome.wrong.empty())
            wrong << QStringLiteral("OBM_SEED=%1 %2").arg(seed).arg(QString::fromStdString(outcome.wrong));
    }
};

// On all cores. Stops soon after so many failures.
Sums runAll(const Range& seeds, Defect defect = Defect::None, int failuresMax = 5)
{
    Sums sums;
    std::mutex mutex;
    std::atomic next = seeds.first;
    std::atomic failures = 0;
    const auto work = [&] {
        for (std::uint64_t seed = next++; seed < seeds.first + seeds.count && failures < failuresMax; seed = next++) {
            Simulation simulation(seed, defect);
            if (qEnvironmentVariableIsSet("OBM_TRACE"))
                simulation.listen([](const std::string& line) { qInfo().noquote() << QString::fromStdString(line); });
            const Outcome outcome = simulation.run();
            failures += !outcome.wrong.empty();
            const std::lock_guard lock(mutex);
            sums.add(seed, outcome);
        }
    };
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
        threads.emplace_back(work);
    threads.clear(); // waits
    return sums;
}

} // namespace

Q_DECLARE_METATYPE(Defect)

class TestSimulation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("obm.*=false")); }
    void staysRightAndHeals();
    void isRepeatable();
    void findsDefects_data();
    void findsDefects();
};

void TestSimulation::staysRightAndHeals()
{
    const Range seeds = seedsOfRun();
    const Sums sums = runAll(seeds);
    qInfo("%llu seeds, %.1f h of virtual time, %llu steps, %llu values checked, %llu snapshots, %llu writes fenced by "
          "epoch and %llu by u, longest recovery %.0f s",
          static_cast<unsigned long long>(sums.seeds), static_cast<double>(sums.virtualMs) / 3'600'000,
          static_cast<unsigned long long>(sums.steps), static_cast<unsigned long long>(sums.values),
          static_cast<unsigned long long>(sums.snapshots), static_cast<unsigned long long>(sums.fencedByEpoch),
          static_cast<unsigned long long>(sums.fencedById), static_cast<double>(sums.longestRecoveryMs) / 1000);
    QStringList happened;
    for (std::size_t i = 0; i < faultCount; ++i)
        happened << QStringLiteral("%1 %2").arg(toText(static_cast<Fault>(i))).arg(sums.faults[i]);
    qInfo().noquote() << happened.join(QStringLiteral(", "));
    QVERIFY2(sums.wrong.isEmpty(), qPrintable(u'\n' + sums.wrong.join(u'\n')));
    if (seeds.count < 1000)
        return;
    for (std::size_t i = 0; i < faultCount; ++i)
        QVERIFY2(sums.faults[i] > 0, toText(static_cast<Fault>(i)));
    QVERIFY(sums.fencedByEpoch > 0);
    QVERIFY(sums.fencedById > 0);
}

void TestSimulation::isRepeatable()
{
    for (std::uint64_t seed = seedsOfRun().first, end = seed + 20; seed < end; ++seed) {
        const Outcome once = Simulation(seed).run();
        const Outcome again = Simulation(seed).run();
        QCOMPARE(again.digest, once.digest);
        QCOMPARE(again.steps, once.steps);
    }
}

void TestSimulation::findsDefects_data()
{
    QTest::addColumn<Defect>("defect");
    QTest::newRow("gaps are not seen") << Defect::GapsHidden;
    QTest::newRow("a snapshot's age is not seen") << Defect::AgeOfSnapshotHidden;
    QTest::newRow("Retry-After is ignored") << Defect::RetryAfterIgnored;
    QTest::newRow("weight is not counted") << Defect::WeightIgnored;
    QTest::newRow("no fence") << Defect::FenceMissing;
    QTest::newRow("a loss of data is ignored") << Defect::DataLossIgnored;
    QTest::newRow("the offset of a book is another event's") << Defect::OffsetOfBookWrong;
}

// What is broken on purpose shows itself within a few seeds.
void TestSimulation::findsDefects()
{
    QFETCH(Defect, defect);
    const Sums sums = runAll({1, 200}, defect, 1);
    QVERIFY(!sums.wrong.isEmpty());
    qInfo().noquote() << "after" << sums.seeds << "seeds:" << sums.wrong.front().left(200);
}

// Any number of seeds may be asked for; what ctest starts has a limit of its own.
int main(int argc, char* argv[])
{
    qputenv("QTEST_FUNCTION_TIMEOUT", "86400000");
    TestSimulation test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_simulation.moc"

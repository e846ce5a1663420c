// When which snapshot is asked for, on a clock of its own: order, priorities that rise, failures, outages.
#include "exchange/snapshot_schedule.h"
#include "support/std_string.h"

#include <QTest>

using namespace obm;

namespace {

constexpr std::int64_t startMs = 1'800'000'000'000 + 10'000; // inside a minute
constexpr int weight = 20;

} // namespace

class TestSnapshotSchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_budget.emplace(1'200);
        m_schedule.emplace(*m_budget, weight, SnapshotLimits{.requestsInFlightMax = 2, .seed = 1});
    }

    void asksTheMostUrgentFirst();
    void aRetryHasTheHasteThatCameMeanwhile();
    void probesOneAtATimeInAnOutage();
    void aSickSymbolHoldsUpNobody();
    void aClockSetBackProlongsNoWait();

private:
    [[nodiscard]] std::string take(std::int64_t nowMs) { return m_schedule->take(nowMs).value_or("none"); }
    void answer(const std::string& symbol, std::int64_t nowMs)
    {
        SnapshotResult result = DepthSnapshot{};
        m_schedule->onResult(symbol, result, nowMs);
    }
    void fail(const std::string& symbol, std::int64_t nowMs)
    {
        SnapshotResult result = std::unexpected(SnapshotFailure{SnapshotFault::TimedOut, ""});
        m_schedule->onResult(symbol, result, nowMs);
    }

    std::optional<WeightBudget> m_budget;
    std::optional<SnapshotSchedule> m_schedule;
};

void TestSnapshotSchedule::asksTheMostUrgentFirst()
{
    m_schedule->request("A", 1);
    m_schedule->request("B", 5);
    m_schedule->request("C", 3);
    m_schedule->request("A", 4); // it turned out to be more active
    QCOMPARE(m_schedule->places(startMs).at("A").ahead, 1);
    QCOMPARE(take(startMs), std::string("B"));
    QCOMPARE(take(startMs), std::string("A"));
    QCOMPARE(take(startMs), std::string("none")); // two are on their way
    answer("B", startMs + 5);
    QCOMPARE(take(startMs + 5), std::string("C"));
}

void TestSnapshotSchedule::aRetryHasTheHasteThatCameMeanwhile()
{
    m_schedule->request("A", 0);
    QCOMPARE(take(startMs), std::string("A"));
    m_schedule->request("A", 9);
    fail("A", startMs + 5);
    m_schedule->request("B", 5);
    constexpr std::int64_t laterMs = startMs + 60'000;
    QCOMPARE(take(laterMs), std::string("A"));
    QCOMPARE(take(laterMs), std::string("B"));
}

void TestSnapshotSchedule::probesOneAtATimeInAnOutage()
{
    for (const char* symbol : {"A", "B", "C", "D"})
        m_schedule->request(symbol, 1);
    std::int64_t nowMs = startMs;
    for (int failure = 0; failure < 3; ++failure) {
        const std::string symbol = take(nowMs);
        QVERIFY(symbol != "none");
        fail(symbol, nowMs);
    }
    QVERIFY(m_schedule->status(nowMs).outage);
    nowMs += 120'000;
    const std::string probe = take(nowMs);
    QVERIFY(probe != "none");
    QCOMPARE(take(nowMs), std::string("none"));
    answer(probe, nowMs);
    QVERIFY(!m_schedule->status(nowMs).outage);
    QVERIFY(take(nowMs) != "none"); // whoever waited for a retry goes at once
    QVERIFY(take(nowMs) != "none");
}

// Every snapshot of SICK fails, and it is the most urgent one; each ten seconds another symbol wants its own.
void TestSnapshotSchedule::aSickSymbolHoldsUpNobody()
{
    m_schedule->request("SICK", 1'000'000);
    int asked = 0;
    std::int64_t wantedMs = 0;
    std::int64_t longestMs = 0;
    for (std::int64_t nowMs = startMs; nowMs < startMs + 600'000; nowMs += 100) {
        if (nowMs % 10'000 == 0 && wantedMs == 0) {
            m_schedule->request("WELL", 0);
            wantedMs = nowMs;
        }
        while (const auto symbol = m_schedule->take(nowMs)) {
            if (*symbol == "SICK") {
                ++asked;
                fail(*symbol, nowMs);
                m_schedule->request(*symbol, 1'000'000 + asked); // it misses more and more
            } else {
                answer(*symbol, nowMs);
                longestMs = std::max(longestMs, nowMs - std::exchange(wantedMs, 0));
            }
        }
    }
    QCOMPARE(wantedMs, 0);                                                 // it had its last one
    QVERIFY2(longestMs <= 10'000, qPrintable(QString::number(longestMs))); // one probe's back-off
    QVERIFY2(asked <= 60, qPrintable(QString::number(asked)));             // a tenth of the weight of ten minutes
}

void TestSnapshotSchedule::aClockSetBackProlongsNoWait()
{
    for (const char* symbol : {"A", "B", "C"}) {
        m_schedule->request(symbol, 1);
        QCOMPARE(take(startMs), std::string(symbol));
        fail(symbol, startMs);
    }
    QCOMPARE(take(startMs), std::string("none"));
    QVERIFY(take(startMs - 3'600'000) != "none");
}

QTEST_APPLESS_MAIN(TestSnapshotSchedule)
#include "tst_snapshot_schedule.moc"

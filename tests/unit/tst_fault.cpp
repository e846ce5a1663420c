// The fault spec of the command line, and when a fault strikes.
#include "localexchange/fault.h"
#include "localexchange/fault_plan.h"

#include <QTest>

using namespace obm;
using obm::localexchange::FaultPlan;

class TestFault : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void everyKindIsInTheHelpAndParses();
    void hitsMaxFollowsTheKind_data();
    void hitsMaxFollowsTheKind();
    void strikesOnceByDefault();
    void letsSomeThroughFirst();
    void holdsForItsTime();
    void concernsItsSymbolOnly();
    void sameSeedSameHits();
};

void TestFault::parses_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("symbol");
    QTest::addColumn<QList<int>>("numbers"); // p in thousandths, after, afterMs, durationMs, count, ms, status
    const auto row = [](const char* spec, FaultKind kind, const char* symbol, const QList<int>& numbers) {
        QTest::newRow(spec) << QString::fromLatin1(spec) << static_cast<int>(kind) << QString::fromLatin1(symbol)
                            << numbers;
    };
    row("drop", FaultKind::Drop, "", {1000, 0, 0, 0, 0, 1000, 503});
    row("drop:", FaultKind::Drop, "", {1000, 0, 0, 0, 0, 1000, 503});
    row("drop:symbol=btcusdt,p=0.02", FaultKind::Drop, "BTCUSDT", {20, 0, 0, 0, 0, 1000, 503});
    row("stall:after_ms=5000,for_ms=10000", FaultKind::Stall, "", {1000, 0, 5000, 10000, 0, 1000, 503});
    row("snapshot-fail:status=500,count=3", FaultKind::SnapshotFail, "", {1000, 0, 0, 0, 3, 1000, 500});
    row("half-open: after=7 , symbol = A ", FaultKind::HalfOpen, "A", {1000, 7, 0, 0, 0, 1000, 503});
    row("http-429:ms=2500", FaultKind::Http429, "", {1000, 0, 0, 0, 0, 2500, 503});
}

void TestFault::parses()
{
    QFETCH(QString, spec);
    QFETCH(int, kind);
    QFETCH(QString, symbol);
    QFETCH(QList<int>, numbers);
    const auto fault = parseFault(spec);
    QVERIFY2(fault, fault ? "" : qPrintable(fault.error()));
    QCOMPARE(static_cast<int>(fault->kind), kind);
    QCOMPARE(fault->symbol, symbol);
    const QList<int> actual{qRound(fault->probability * 1000),
                            fault->after,
                            fault->afterMs,
                            fault->durationMs,
                            fault->count,
                            fault->ms,
                            fault->status};
    QCOMPARE(actual, numbers);
}

void TestFault::refuses_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* spec, const char* word) {
        QTest::newRow(spec) << QString::fromLatin1(spec) << QString::fromLatin1(word);
    };
    row("", "unknown kind");
    row("dorp", "unknown kind dorp");
    row("drop:colour=red", "unknown key colour");
    row("drop:p", "key=value");
    row("drop:p=0", "p=0");
    row("drop:p=1.5", "p=1.5");
    row("drop:p=nan", "p=nan");
    row("drop:count=0", "count=0");
    row("drop:count=many", "count=many");
    row("drop:after=-1", "after=-1");
    row("drop:symbol=", "symbol=");
    row("snapshot-fail:status=200", "status=200");
}

void TestFault::refuses()
{
    QFETCH(QString, spec);
    QFETCH(QString, word);
    const auto fault = parseFault(spec);
    QVERIFY(!fault);
    QVERIFY2(fault.error().contains(word), qPrintable(fault.error()));
    QVERIFY2(fault.error().contains(QLatin1String("expected")), qPrintable(fault.error()));
    QVERIFY(!fault.error().contains(QLatin1Char('\n')));
}

void TestFault::everyKindIsInTheHelpAndParses()
{
    for (int i = 0; i < faultKindCount; ++i) {
        const auto kind = static_cast<FaultKind>(i);
        const auto fault = parseFault(toText(kind));
        QVERIFY2(fault && fault->kind == kind, qPrintable(toText(kind)));
        QVERIFY(faultHelp().contains(QLatin1String("\n  ") + toText(kind) + QLatin1Char(' ')));
    }
}

void TestFault::hitsMaxFollowsTheKind_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<int>("hitsMax");
    QTest::newRow("one message") << QStringLiteral("drop") << 1;
    QTest::newRow("a share of them") << QStringLiteral("drop:p=0.5") << 0;
    QTest::newRow("for some time") << QStringLiteral("drop:for_ms=10") << 0;
    QTest::newRow("a share, but so many") << QStringLiteral("drop:p=0.5,count=4") << 4;
    QTest::newRow("a state") << QStringLiteral("stall") << 0;
    QTest::newRow("a state, once") << QStringLiteral("refuse-connections:count=1") << 1;
}

void TestFault::hitsMaxFollowsTheKind()
{
    QFETCH(QString, spec);
    QFETCH(int, hitsMax);
    QCOMPARE(parseFault(spec)->hitsMax(), hitsMax);
}

namespace {

FaultPlan planOf(const char* spec, std::uint64_t seed = 1)
{
    FaultPlan plan(seed);
    plan.add(parseFault(QString::fromLatin1(spec)).value(), 1'000);
    return plan;
}

bool drops(FaultPlan& plan, qint64 nowMs, const char* symbol = "BTCUSDT")
{
    return plan.hit(FaultKind::Drop, QString::fromLatin1(symbol), nowMs).has_value();
}

} // namespace

void TestFault::strikesOnceByDefault()
{
    FaultPlan plan = planOf("drop");
    QVERIFY(!plan.hit(FaultKind::Duplicate, QStringLiteral("BTCUSDT"), 1'000));
    QVERIFY(drops(plan, 1'000));
    QVERIFY(!drops(plan, 1'000));
    QCOMPARE(plan.hits(), 1U);
}

void TestFault::letsSomeThroughFirst()
{
    FaultPlan plan = planOf("drop:after=2,count=2");
    QList<bool> hits;
    for (int i = 0; i < 5; ++i)
        hits << drops(plan, 1'000);
    QCOMPARE(hits, QList<bool>({false, false, true, true, false}));
}

void TestFault::holdsForItsTime()
{
    FaultPlan plan = planOf("drop:after_ms=100,for_ms=50");
    QVERIFY(!drops(plan, 1'099));
    QVERIFY(drops(plan, 1'100));
    QVERIFY(drops(plan, 1'149));
    QVERIFY(!drops(plan, 1'150));
}

void TestFault::concernsItsSymbolOnly()
{
    FaultPlan plan = planOf("drop:symbol=ETHUSDT");
    QVERIFY(!drops(plan, 1'000, "BTCUSDT"));
    QVERIFY(!drops(plan, 1'000, ""));
    QVERIFY(drops(plan, 1'000, "ETHUSDT"));
}

void TestFault::sameSeedSameHits()
{
    constexpr int messages = 10'000;
    FaultPlan first = planOf("drop:p=0.02", 42);
    FaultPlan second = planOf("drop:p=0.02", 42);
    int hits = 0;
    for (int i = 0; i < messages; ++i) {
        const bool hit = drops(first, 1'000);
        QCOMPARE(drops(second, 1'000), hit);
        hits += hit ? 1 : 0;
    }
    QVERIFY2(hits > 150 && hits < 250, qPrintable(QString::number(hits)));
}

QTEST_GUILESS_MAIN(TestFault)
#include "tst_fault.moc"

#include "exchange/backoff.h"

#include <QTest>

using obm::Backoff;
using obm::BackoffLimits;

class TestBackoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void boundDoublesUpToTheCap_data();
    void boundDoublesUpToTheCap();
    void delayStaysInItsBound();
    void delaysSpreadOverTheUpperHalf();
    void aShortOutageIsNotFollowedByALongWait();
    void seedReproducesARun();
    void resetBeginsAnew();
};

void TestBackoff::boundDoublesUpToTheCap_data()
{
    QTest::addColumn<int>("failures");
    QTest::addColumn<qint64>("boundMs");
    QTest::newRow("first") << 0 << qint64(500);
    QTest::newRow("second") << 1 << qint64(1000);
    QTest::newRow("third") << 2 << qint64(2000);
    QTest::newRow("last below the cap") << 5 << qint64(16'000);
    QTest::newRow("cap") << 6 << qint64(30'000);
    QTest::newRow("long after the cap") << 1000 << qint64(30'000);
}

void TestBackoff::boundDoublesUpToTheCap()
{
    QFETCH(int, failures);
    QFETCH(qint64, boundMs);
    Backoff backoff({.firstMs = 500, .capMs = 30'000}, 1);
    for (int i = 0; i < failures; ++i)
        std::ignore = backoff.nextDelayMs();
    QCOMPARE(qint64(backoff.boundMs()), boundMs);
    QCOMPARE(backoff.attempts(), failures);
}

void TestBackoff::delayStaysInItsBound()
{
    Backoff backoff({.firstMs = 10, .capMs = 1000}, 7);
    for (int i = 0; i < 1000; ++i) {
        const auto bound = backoff.boundMs();
        const auto delay = backoff.nextDelayMs();
        QVERIFY2(delay >= bound / 2 && delay <= bound, qPrintable(QString::number(delay)));
    }
}

// Each quarter of the upper half of the bound gets its share.
void TestBackoff::delaysSpreadOverTheUpperHalf()
{
    Backoff backoff({.firstMs = 1000, .capMs = 1000}, 3);
    int quarters[4] = {};
    for (int i = 0; i < 4000; ++i)
        ++quarters[std::min<std::int64_t>(3, (backoff.nextDelayMs() - 500) / 125)];
    for (const int count : quarters)
        QVERIFY2(count > 800 && count < 1200, qPrintable(QString::number(count)));
}

void TestBackoff::aShortOutageIsNotFollowedByALongWait()
{
    constexpr std::int64_t outageMs = 5'000;
    const BackoffLimits limits{.firstMs = 1'000, .capMs = 30'000};
    for (std::uint64_t seed = 1; seed <= 10'000; ++seed) {
        Backoff backoff(limits, seed);
        std::int64_t atMs = 0;
        while (atMs < outageMs)
            atMs += backoff.nextDelayMs();
        QVERIFY2(atMs - outageMs <= 2 * outageMs + limits.firstMs, qPrintable(QString::number(seed)));
    }
}

void TestBackoff::seedReproducesARun()
{
    Backoff one({}, 42), same({}, 42), other({}, 43);
    bool differs = false;
    for (int i = 0; i < 10; ++i) {
        const auto delay = one.nextDelayMs();
        QCOMPARE(same.nextDelayMs(), delay);
        differs |= other.nextDelayMs() != delay;
    }
    QVERIFY(differs);
}

void TestBackoff::resetBeginsAnew()
{
    Backoff backoff({.firstMs = 500, .capMs = 30'000}, 1);
    for (int i = 0; i < 5; ++i)
        std::ignore = backoff.nextDelayMs();
    backoff.reset();
    QCOMPARE(qint64(backoff.boundMs()), qint64(500));
}

QTEST_APPLESS_MAIN(TestBackoff)
#include "tst_backoff.moc"

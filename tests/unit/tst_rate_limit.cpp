#include "log/rate_limit.h"
#include "support/std_string.h"

#include <QTest>

using namespace obm;

class tst_RateLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsSomeLinesThroughInAWindow();
    void countsWhatItSuppressed();
    void beginsAWindowWithItsFirstLine();
    void keepsKeysApart();
    void sharesOneLimitAmongTooManyKeys();
};

void tst_RateLimit::letsSomeLinesThroughInAWindow()
{
    RateLimit limit(2, 1'000);
    QVERIFY(limit.allow(0));
    QVERIFY(limit.allow(999));
    QVERIFY(!limit.allow(999));
    QVERIFY(limit.allow(1'000));
    QVERIFY(limit.allow(1'000));
    QVERIFY(!limit.allow(1'999));
}

void tst_RateLimit::countsWhatItSuppressed()
{
    RateLimit limit(1, 1'000);
    QVERIFY(limit.allow(0));
    QCOMPARE(limit.suppressedNote(), std::string());
    QVERIFY(!limit.allow(1));
    QVERIFY(limit.allow(1'000));
    QCOMPARE(limit.suppressedNote(), std::string("(suppressed 1 similar line)"));
    QCOMPARE(limit.suppressedNote(), std::string());
    for (int i = 0; i < 41; ++i)
        QVERIFY(!limit.allow(1'001));
    QVERIFY(limit.allow(2'000));
    QCOMPARE(limit.suppressedNote(), std::string("(suppressed 41 similar lines)"));
}

void tst_RateLimit::beginsAWindowWithItsFirstLine()
{
    RateLimit limit(1, 1'000);
    QVERIFY(limit.allow(5'700));
    QVERIFY(!limit.allow(6'699));
    QVERIFY(limit.allow(6'700));
}

void tst_RateLimit::keepsKeysApart()
{
    RateLimitByKey limits(RateLimit(1, 1'000));
    QVERIFY(limits.of("BTCUSDT").allow(0));
    QVERIFY(!limits.of("BTCUSDT").allow(0));
    QVERIFY(limits.of("ETHUSDT").allow(0));
    QCOMPARE(limits.of("BTCUSDT").suppressedNote(), std::string("(suppressed 1 similar line)"));
    QCOMPARE(limits.of("ETHUSDT").suppressedNote(), std::string());
}

void tst_RateLimit::sharesOneLimitAmongTooManyKeys()
{
    RateLimitByKey limits(RateLimit(1, 1'000));
    for (std::size_t i = 0; i < RateLimitByKey::keysMax; ++i)
        QVERIFY(limits.of(std::to_string(i)).allow(0));
    QVERIFY(limits.of("one more").allow(0));
    QVERIFY(!limits.of("and another").allow(0));
    QVERIFY(limits.of("0").allow(1'000));
}

QTEST_GUILESS_MAIN(tst_RateLimit)
#include "tst_rate_limit.moc"

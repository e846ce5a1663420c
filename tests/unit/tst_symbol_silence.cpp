#include "exchange/symbol_silence.h"

#include <QTest>

#include <limits>

using obm::SymbolSilence;

namespace {

constexpr std::int64_t baseMs = 60'000;
constexpr std::int64_t maxMs = 3600'000;
constexpr std::int64_t renewEveryMs = 300'000;
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min() / 2;

} // namespace

class TestSymbolSilence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNamedOnce();
    void timeWithoutASubscriptionIsNoSilence();
    void nobodyIsSilentWhereAllAre();
    void aQuietSymbolIsNamedLaterEachTime();
    void aQuietSymbolThatSpeaksAfterARenewalIsStillQuiet();
    void aDeadStreamIsNamedAsSoonTheNextTime();
    void freshConnectionsThatChangeNothingBecomeRare();
    void noConnectionIsRenewedBeforeItsAnswer();
};

void TestSymbolSilence::isNamedOnce()
{
    SymbolSilence silence(baseMs, maxMs);
    QVERIFY(!silence.look(true, true, 1'000));
    QVERIFY(!silence.look(true, true, 1'000 + baseMs)); // counted from the subscription
    QVERIFY(silence.look(true, true, 1'001 + baseMs));
    QVERIFY(silence.isSilent());
    QVERIFY(!silence.look(true, true, 1'002 + baseMs));
    silence.onData(2 * baseMs);
    silence.end(false);
    QVERIFY(!silence.isSilent());
}

void TestSymbolSilence::timeWithoutASubscriptionIsNoSilence()
{
    SymbolSilence silence(baseMs, maxMs);
    silence.look(true, true, 0);
    QVERIFY(!silence.look(false, true, 2 * baseMs));
    QVERIFY(!silence.look(true, true, 3 * baseMs));
    QVERIFY(!silence.look(true, true, 4 * baseMs));
    QVERIFY(silence.look(true, true, 4 * baseMs + 1));
}

void TestSymbolSilence::nobodyIsSilentWhereAllAre()
{
    SymbolSilence silence(baseMs, maxMs);
    silence.look(true, true, 0);
    QVERIFY(!silence.look(true, false, 10 * baseMs));
    QVERIFY(silence.look(true, true, 10 * baseMs));
}

void TestSymbolSilence::aQuietSymbolIsNamedLaterEachTime()
{
    SymbolSilence silence(baseMs, maxMs);
    std::int64_t nowMs = 0;
    silence.look(true, true, nowMs);
    for (const int minutes : {1, 2, 4, 8, 16, 32, 60, 60}) {
        QVERIFY(!silence.look(true, true, nowMs + minutes * baseMs));
        QVERIFY(silence.look(true, true, nowMs + minutes * baseMs + 1));
        nowMs += minutes * baseMs + 2;
        silence.onData(nowMs);
        silence.end(false);
    }
}

// An event every 200 s, on a connection renewed whenever it may be: named after a minute, after two, then never again.
void TestSymbolSilence::aQuietSymbolThatSpeaksAfterARenewalIsStillQuiet()
{
    SymbolSilence silence(baseMs, maxMs);
    std::int64_t renewedMs = never;
    int named = 0;
    int renewals = 0;
    for (std::int64_t nowMs = 0; nowMs < 24 * maxMs; nowMs += 1'000) {
        named += silence.look(true, true, nowMs);
        if (silence.isRenewalDue(renewedMs, nowMs) && nowMs - renewedMs >= renewEveryMs) {
            renewedMs = nowMs;
            silence.onRenewal();
            ++renewals;
        }
        if (nowMs % 200'000 != 199'000)
            continue;
        silence.onData(nowMs);
        if (silence.isSilent())
            silence.end(false);
    }
    QCOMPARE(named, 2);
    QVERIFY2(renewals <= 2, qPrintable(QString::number(renewals)));
}

void TestSymbolSilence::aDeadStreamIsNamedAsSoonTheNextTime()
{
    SymbolSilence silence(baseMs, maxMs);
    silence.look(true, true, 0);
    QVERIFY(silence.look(true, true, baseMs + 1));
    QVERIFY(silence.isRenewalDue(never, baseMs + 1));
    silence.onRenewal();
    silence.onData(baseMs + 2'000);
    silence.end(true);
    QVERIFY(!silence.look(true, true, 2 * baseMs + 2'000));
    QVERIFY(silence.look(true, true, 2 * baseMs + 2'001));
}

void TestSymbolSilence::freshConnectionsThatChangeNothingBecomeRare()
{
    SymbolSilence silence(baseMs, maxMs);
    silence.look(true, true, 0);
    std::int64_t renewedMs = baseMs + 1;
    QVERIFY(silence.look(true, true, renewedMs));
    silence.onRenewal();
    for (const int minutes : {2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60}) {
        QVERIFY(!silence.isRenewalDue(renewedMs, renewedMs + minutes * baseMs));
        QVERIFY(silence.isRenewalDue(renewedMs, renewedMs + minutes * baseMs + 1));
        renewedMs += minutes * baseMs + 1;
        silence.onRenewal();
    }
}

void TestSymbolSilence::noConnectionIsRenewedBeforeItsAnswer()
{
    SymbolSilence silence(baseMs, maxMs);
    silence.look(true, true, 0);
    QVERIFY(silence.look(true, true, baseMs + 1));
    silence.look(false, true, baseMs + 2); // it was cut meanwhile
    QVERIFY(!silence.isRenewalDue(never, 2 * baseMs));
    silence.look(true, true, 3 * baseMs);
    QVERIFY(!silence.isRenewalDue(never, 4 * baseMs));
    QVERIFY(silence.isRenewalDue(never, 4 * baseMs + 1));
}

QTEST_APPLESS_MAIN(TestSymbolSilence)
#include "tst_symbol_silence.moc"

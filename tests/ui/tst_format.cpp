// Values as text: nothing is rounded away that a person needs, and prices stay as they came.
#include "ui/format/format.h"

#include <QTest>

using namespace obm;

class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_data();
    void numbers();
    void times_data();
    void times();
    void pricesKeepTheirText();
    void tellsTimes();
    void saysWhatIsNotThere();
};

void TestFormat::numbers_data()
{
    QTest::addColumn<QString>("formatted");
    QTest::addColumn<QString>("expected");
    int number = 0;
    const auto row = [&number](const QString& formatted, const char* expected) {
        QTest::addRow("%d: %s", ++number, expected) << formatted << QString::fromUtf8(expected);
    };
    row(format::count(0), "0");
    row(format::count(999), "999");
    row(format::count(1'234'567), "1,234,567");
    row(format::count(-1'234), "-1,234");
    row(format::shortCount(0), "0");
    row(format::shortCount(950), "950");
    row(format::shortCount(999.6), "1.00k");
    row(format::shortCount(12'345), "12.3k");
    row(format::shortCount(999'600), "1.00M");
    row(format::shortCount(4'560'000), "4.56M");
    row(format::shortCount(-123'000), "-123k");
    row(format::shortCount(5e15), "5,000T");
    row(format::rate(0), "0/s");
    row(format::rate(0.04), "0.0/s");
    row(format::rate(0.4), "0.4/s");
    row(format::rate(9.94), "9.9/s");
    row(format::rate(9.96), "10/s");
    row(format::rate(6'120.4), "6,120/s");
    row(format::percent(0), "0 %");
    row(format::percent(0.424), "42 %");
    row(format::percent(1), "100 %");
}

void TestFormat::numbers()
{
    QFETCH(QString, formatted);
    QTEST(formatted, "expected");
}

void TestFormat::times_data()
{
    QTest::addColumn<QString>("formatted");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const QString& formatted, const char* expected) {
        QTest::addRow("%s %s", name, expected) << formatted << QString::fromUtf8(expected);
    };
    row("latency", format::latency(0), "0 ms");
    row("latency", format::latency(0.004), "< 0.01 ms");
    row("latency", format::latency(0.084), "0.08 ms");
    row("latency", format::latency(0.996), "1.0 ms");
    row("latency", format::latency(1.23), "1.2 ms");
    row("latency", format::latency(34.4), "34 ms");
    row("latency", format::latency(999.4), "999 ms");
    row("latency", format::latency(1'440), "1.4 s");
    row("latency", format::latency(34'400), "34 s");
    row("latency", format::latency(90'000), "1 min 30 s");
    row("age", format::age(-5), "0 ms");
    row("age", format::age(120), "120 ms");
    row("age", format::age(2'490), "2.4 s");
    row("age", format::age(9'999), "9.9 s");
    row("age", format::age(34'900), "34 s");
    row("age", format::age(310'000), "5 min");
    row("age", format::age(11'520'000), "3 h 12 min");
    row("age", format::age(187'200'000), "2 d 4 h");
    row("duration", format::duration(999), "0 s");
    row("duration", format::duration(34'000), "34 s");
    row("duration", format::duration(300'000), "5 min");
    row("duration", format::duration(310'000), "5 min 10 s");
}

void TestFormat::times()
{
    QFETCH(QString, formatted);
    QTEST(formatted, "expected");
}

void TestFormat::pricesKeepTheirText()
{
    for (const char* text : {"0.10", "63947.30", "0.00000001", "92233720368.54775807", "100"})
        QCOMPARE(format::price(*Decimal::parse(text)), QString::fromLatin1(text));
}

void TestFormat::tellsTimes()
{
    const std::int64_t epochMs = 1'795'353'302'123; // 2026-11-22 13:15:02.123 UTC
    qputenv("TZ", "UTC");
    QCOMPARE(format::dateAndTime(epochMs), QStringLiteral("2026-11-22T13:15:02.123Z"));
    QCOMPARE(format::clockTime(epochMs), QStringLiteral("13:15:02"));
    QCOMPARE(format::clockTimeMs(epochMs), QStringLiteral("13:15:02.123"));
    QCOMPARE(format::since(epochMs, epochMs + 310'000), QStringLiteral("since 13:15:02 (5 min 10 s)"));
    QCOMPARE(format::since(epochMs, epochMs - 10), QStringLiteral("since 13:15:02 (0 s)"));
}

void TestFormat::saysWhatIsNotThere()
{
    QCOMPARE(format::orBlank(std::optional<double>(), format::rate), QStringLiteral("–"));
    QCOMPARE(format::orBlank(std::optional<double>(12), format::rate), QStringLiteral("12/s"));
}

QTEST_MAIN(TestFormat)
#include "tst_format.moc"

// Decimal: text in = text out, keyed by its number, and nothing else accepted.
#include "market/decimal.h"

#include "support/seed.h"

#include <QTest>

#include <array>
#include <random>

using obm::Decimal;
using obm::DecimalFault;

class TestDecimal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsText_data();
    void keepsText();
    void refuses_data();
    void refuses();
    void comparesByNumber();
    void scanStopsBehindTheNumber();
    void scansShortOnesAlike();
    void makesFromUnits();
    void makesEightDigits();
    void writesAsByHand();
};

void TestDecimal::keepsText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("units");

    QTest::newRow("zero") << QByteArray("0") << qint64(0);
    QTest::newRow("zero with a fraction") << QByteArray("0.000") << qint64(0);
    QTest::newRow("whole") << QByteArray("4435") << qint64(443'500'000'000);
    QTest::newRow("price") << QByteArray("63947.30") << qint64(6'394'730'000'000);
    QTest::newRow("quantity") << QByteArray("0.113") << qint64(11'300'000);
    QTest::newRow("trailing zero") << QByteArray("0.10") << qint64(10'000'000);
    QTest::newRow("finest tick") << QByteArray("0.00000001") << qint64(1);
    QTest::newRow("largest order seen") << QByteArray("60000000000") << qint64(6'000'000'000'000'000'000);
    QTest::newRow("largest") << QByteArray("92233720368.54775807") << std::numeric_limits<qint64>::max();
}

void TestDecimal::keepsText()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, units);

    const auto parsed = Decimal::parse(text.toStdString());
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->units(), units);
    QCOMPARE(parsed->isZero(), units == 0);
    QCOMPARE(QByteArray::fromStdString(parsed->toString()), text);
}

void TestDecimal::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isDecimal"); // one, but too large or too fine

    for (const char* text : {"",     ".",  "1.", ".5", "-1",  "+1",    "1e5",  "1e400", "NaN",      "Infinity", "00",
                             "00.1", "01", " 1", "1 ", "1,5", "1.2.3", "0x10", "1.5a",  "\xd9\xa1", "1_000"})
        QTest::newRow(qPrintable(QStringLiteral("not one: '%1'").arg(QLatin1String(text))))
            << QByteArray(text) << false;

    for (const char* text :
         {"92233720368.54775808", "92233720369", "100000000000", "1234567890123456789012345678901234567890",
          "0.000000001", "1.0000000000", "0.1234567890123456789012345678901234567890"})
        QTest::newRow(text) << QByteArray(text) << true;

    QTest::newRow("zero byte") << QByteArray("1\0002", 3) << false;
}

void TestDecimal::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isDecimal);

    const auto parsed = Decimal::parse(text.toStdString());
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error(), isDecimal ? DecimalFault::DoesNotFit : DecimalFault::NotDecimal);
}

void TestDecimal::comparesByNumber()
{
    const Decimal shortText = Decimal::parse("0.1").value();
    const Decimal longText = Decimal::parse("0.10").value();
    QVERIFY(shortText == longText);
    QVERIFY(shortText.fractionDigits() != longText.fractionDigits());
    QVERIFY(Decimal::parse("9.9").value() < Decimal::parse("10").value());
    QVERIFY(Decimal::parse("0.00000002").value() > Decimal::parse("0.00000001").value());
}

void TestDecimal::scanStopsBehindTheNumber()
{
    const std::string_view text = R"(63947.30","0.113")";
    const auto scanned = Decimal::scan(text.data(), text.data() + text.size());
    QVERIFY(scanned.has_value());
    QCOMPARE(scanned->end - text.data(), std::ptrdiff_t(8));
    QCOMPARE(scanned->value.toString(), std::string("63947.30"));
}

// Every text of up to four characters that are digits, points and others, with digits before and quotes behind.
void TestDecimal::scansShortOnesAlike()
{
    constexpr char characters[] = "017.\"\xff";
    constexpr int kinds = sizeof characters - 1;
    for (const std::string_view front : {"", "0", "12", "1.5", "12345", "0.1234"}) {
        for (int code = 0; code < kinds * kinds * kinds * kinds; ++code) {
            std::string text(front);
            for (int i = 0, rest = code; i < 4; ++i, rest /= kinds)
                text += characters[rest % kinds];
            text += "\"         "; // what scanShort() may read
            const auto scanned = Decimal::scan(text.data(), text.data() + text.size());
            Decimal value;
            const char* const end = Decimal::scanShort(text.data(), value);
            if (!end)
                continue;
            QVERIFY2(scanned.has_value(), text.c_str());
            QCOMPARE(end - text.data(), scanned->end - text.data());
            QCOMPARE(value.units(), scanned->value.units());
            QCOMPARE(value.fractionDigits(), scanned->value.fractionDigits());
        }
    }
    Decimal value;
    for (const char* const text : {"63947.30\"", "0.113\" , ", "0.000\"   ", "4435\"    ", "1234567\" "})
        QVERIFY2(Decimal::scanShort(text, value), text);
}

void TestDecimal::makesFromUnits()
{
    QCOMPARE(Decimal::fromUnits(150'000'000, 2).toString(), std::string("1.50"));
    QCOMPARE(Decimal::fromUnits(0, 3).toString(), std::string("0.000"));
    QCOMPARE(Decimal::fromUnits(700'000'000, 0).toString(), std::string("7"));
}

// Both halves of a number take the same way side by side: each value of a half, and numbers of two halves.
void TestDecimal::makesEightDigits()
{
    const auto isRight = [](std::uint32_t number) {
        std::array<char, 8> text;
        obm::writeDigitValues(text.data(), obm::digitsOf(number));
        return QByteArray(text.data(), text.size()) == QByteArray::number(number).rightJustified(8, '0');
    };
    for (std::uint32_t half = 0; half < 10'000; ++half) {
        for (const std::uint32_t number : {half, half * 10'000, half * 10'000 + 9'999, 99'990'000 + half})
            QVERIFY2(isRight(number), qPrintable(QString::number(number)));
    }
}

// Against digits written one at a time, for each count of digits before and after the point.
void TestDecimal::writesAsByHand()
{
    const auto byHand = [](std::uint64_t units, int fractionDigits) {
        std::string text;
        for (int place = 0; place < Decimal::maxFractionDigits + 1 || units > 0; ++place, units /= 10) {
            if (place == Decimal::maxFractionDigits && fractionDigits > 0)
                text.insert(text.begin(), '.');
            if (place >= Decimal::maxFractionDigits - fractionDigits)
                text.insert(text.begin(), static_cast<char>('0' + units % 10));
        }
        return text;
    };
    std::mt19937_64 random(obm::test::seedOfRun());
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    for (int i = 0; i < 100'000; ++i) {
        const int fractionDigits = i % (Decimal::maxFractionDigits + 1);
        const auto unused = obm::powersOfTen[std::size_t(Decimal::maxFractionDigits - fractionDigits)];
        const std::uint64_t any = (random() & largest) >> random() % 63;
        const std::uint64_t units = any / unused * unused;
        std::array<char, Decimal::maxTextBytes + 8> text;
        text.fill('#');
        const char* const end = Decimal::fromUnits(std::int64_t(units), fractionDigits).write(text.data());
        const bool isRight = std::string_view(text.data(), end) == byHand(units, fractionDigits) &&
                             std::string_view(text.data() + Decimal::maxTextBytes, 8) == "########";
        QVERIFY2(isRight, qPrintable(QStringLiteral("%1 units, %2 digits").arg(units).arg(fractionDigits)));
    }
}

QTEST_APPLESS_MAIN(TestDecimal)
#include "tst_decimal.moc"

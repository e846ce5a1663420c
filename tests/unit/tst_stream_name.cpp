// Names of diff-depth streams, made and recognised.
#include "market/stream_name.h"

#include <QTest>

using obm::DepthSpeed;

class TestStreamName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesNames();
    void changesAsciiLettersOnly();
    void tellsTheSymbol_data();
    void tellsTheSymbol();
};

void TestStreamName::makesNames()
{
    QCOMPARE(obm::depthStreamName("BTCUSDT", DepthSpeed::Ms100), std::string("btcusdt@depth@100ms"));
    QCOMPARE(obm::depthStreamName("BTCUSDT", DepthSpeed::Ms250), std::string("btcusdt@depth"));
    QCOMPARE(obm::depthStreamName("1000SATSUSDT", DepthSpeed::Ms500), std::string("1000satsusdt@depth@500ms"));
}

void TestStreamName::changesAsciiLettersOnly()
{
    // U+5E01 U+5B89, and a letter whose lower case is another byte
    QCOMPARE(obm::toLowerAscii("\xe5\xb8\x81\xe5\xae\x89USDT"), std::string("\xe5\xb8\x81\xe5\xae\x89usdt"));
    QCOMPARE(obm::toLowerAscii("\xc3\x84USDT_260925"), std::string("\xc3\x84usdt_260925"));
    QCOMPARE(obm::toUpperAscii("\xc3\xa4usdt"), std::string("\xc3\xa4USDT"));
    QCOMPARE(obm::toUpperAscii("@[`{azAZ09"), std::string("@[`{AZAZ09"));
}

void TestStreamName::tellsTheSymbol_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("symbol"); // empty: not diff depth

    QTest::newRow("default") << QByteArray("btcusdt@depth") << QByteArray("btcusdt");
    QTest::newRow("100 ms") << QByteArray("btcusdt@depth@100ms") << QByteArray("btcusdt");
    QTest::newRow("recorded") << QByteArray("ethusdt@depth@0ms") << QByteArray("ethusdt");
    QTest::newRow("quarterly") << QByteArray("btcusdt_260925@depth@500ms") << QByteArray("btcusdt_260925");
    QTest::newRow("not ASCII") << QByteArray("\xe5\xb8\x81usdt@depth") << QByteArray("\xe5\xb8\x81usdt");
    for (const char* other : {"btcusdt@depth5", "btcusdt@depth20@100ms", "btcusdt@rpiDepth", "btcusdt@bookTicker",
                              "btcusdt@aggTrade", "@depth", "btcusdt", "", "btcusdt@depth@", "btcusdt@depth@ms",
                              "btcusdt@depth@fastms", "btcusdt@depth@100", "btcusdt@depth@100msx", "!ticker@arr"})
        QTest::newRow(qPrintable(QStringLiteral("other: '%1'").arg(QLatin1String(other))))
            << QByteArray(other) << QByteArray();
}

void TestStreamName::tellsTheSymbol()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, symbol);

    const std::string name = stream.toStdString();
    const auto told = obm::symbolOfDepthStream(name);
    QCOMPARE(told.has_value(), !symbol.isEmpty());
    QCOMPARE(std::string(told.value_or("")), symbol.toStdString());
}

QTEST_APPLESS_MAIN(TestStreamName)
#include "tst_stream_name.moc"

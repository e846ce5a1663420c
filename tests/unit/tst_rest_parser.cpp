// The bodies of REST answers: snapshots, exchangeInfo, errors, and what is none of them.
#include "market/depth_parser.h"

#include <QTest>

using namespace obm;

namespace {

QByteArray texts(const std::vector<Level>& levels)
{
    std::string text;
    for (const Level& level : levels)
        text += level.price.toString() + ':' + level.quantity.toString() + ' ';
    return QByteArray::fromStdString(text).trimmed();
}

} // namespace

Q_DECLARE_METATYPE(obm::ParseFault)

class TestRestParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsSnapshots();
    void refusesSnapshots_data();
    void refusesSnapshots();
    void readsExchangeInfo();
    void readsExchangeErrors();

private:
    DepthParser m_parser;
};

void TestRestParser::readsSnapshots()
{
    const auto snapshot =
        m_parser.parseSnapshot(R"({"lastUpdateId":1027024,"E":1589436922972,"T":1,"bids":[["4.00000000","431"]],)"
                               R"("asks":[["4.2","12"],["5","1"]]})");
    QVERIFY(snapshot.has_value());
    QCOMPARE(snapshot->lastUpdateId, std::int64_t(1027024));
    QCOMPARE(snapshot->eventTimeMs, std::int64_t(1589436922972));
    QCOMPARE(texts(snapshot->bids), QByteArray("4.00000000:431"));
    QCOMPARE(texts(snapshot->asks), QByteArray("4.2:12 5:1"));
    QCOMPARE(m_parser.parseSnapshot(R"({"asks":[],"bids":[],"lastUpdateId":1})")->eventTimeMs, std::int64_t(0));
}

void TestRestParser::refusesSnapshots_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ParseFault>("fault");

    QTest::newRow("error body") << QByteArray(R"({"code":-1121,"msg":"Invalid symbol."})") << ParseFault::MissingField;
    QTest::newRow("no asks") << QByteArray(R"({"lastUpdateId":1,"bids":[]})") << ParseFault::MissingField;
    QTest::newRow("HTML") << QByteArray("<html></html>") << ParseFault::BadJson;
    QTest::newRow("negative id") << QByteArray(R"({"lastUpdateId":-1,"bids":[],"asks":[]})") << ParseFault::BadNumber;
    QTest::newRow("truncated") << QByteArray(R"({"lastUpdateId":1,"bids":[["1","1"],)") << ParseFault::BadJson;
    QTest::newRow("too large") << QByteArray(qsizetype(maxRestBytes) + 1, ' ') << ParseFault::TooLarge;
}

void TestRestParser::refusesSnapshots()
{
    QFETCH(QByteArray, text);
    QFETCH(ParseFault, fault);

    const auto snapshot = m_parser.parseSnapshot(text.toStdString());
    QVERIFY(!snapshot.has_value());
    QCOMPARE(toText(snapshot.error().fault), toText(fault));
}

void TestRestParser::readsExchangeInfo()
{
    const auto info = m_parser.parseExchangeInfo(
        R"({"timezone":"UTC","rateLimits":[)"
        R"({"rateLimitType":"ORDERS","interval":"MINUTE","intervalNum":1,"limit":1200},)"
        R"({"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000}],"symbols":[)"
        R"({"symbol":"BTCUSDT","contractType":"PERPETUAL","status":"TRADING","filters":[{"tickSize":"0.10"}]},)"
        R"({"status":"SETTLING","symbol":"BTCUSDT_260925","contractType":"CURRENT_QUARTER"}]})");
    QVERIFY2(info.has_value(), info ? "" : info.error().detail.c_str());
    QCOMPARE(info->weightLimitPerMinute, 6000);
    QCOMPARE(info->symbols.size(), std::size_t(2));
    QCOMPARE(info->symbols[0].symbol, std::string("BTCUSDT"));
    QCOMPARE(info->symbols[1].status, std::string("SETTLING"));
    QCOMPARE(info->symbols[1].contractType, std::string("CURRENT_QUARTER"));

    QVERIFY(!m_parser.parseExchangeInfo(R"({"symbols":[{"status":"TRADING"}]})").has_value());
    QVERIFY(!m_parser.parseExchangeInfo(R"({"symbols":{}})").has_value());
    QVERIFY(!m_parser.parseExchangeInfo("{}").has_value());
}

void TestRestParser::readsExchangeErrors()
{
    const auto error = m_parser.parseExchangeError(R"({"code":-1121,"msg":"Invalid symbol."})");
    QVERIFY(error.has_value());
    QCOMPARE(error->code, -1121);
    QCOMPARE(error->message, std::string("Invalid symbol."));
    QVERIFY(!m_parser.parseExchangeError("<html></html>").has_value());
    QVERIFY(!m_parser.parseExchangeError(R"({"msg":"no code"})").has_value());
    QVERIFY(!m_parser.parseExchangeError(R"({"code":99999999999})").has_value());
}

QTEST_APPLESS_MAIN(TestRestParser)
#include "tst_rest_parser.moc"

// What the exchange sends, and what it never should: fields in any order, unknown ones, and hostile input.
#include "market/depth_parser.h"

#include <QTest>

using namespace obm;

namespace {

const QByteArray plainUpdate =
    R"({"e":"depthUpdate","E":1721347022504,"T":1721347022500,"s":"BTCUSDT","ps":"BTCUSDT","U":11,"u":20,"pu":9,)"
    R"("b":[["63947.30","0.113"],["63900.00","0"]],"a":[["63947.40","5"]],"st":1})";

QByteArray changed(const char* from, const char* to)
{
    QByteArray text = plainUpdate;
    const auto at = text.indexOf(from);
    if (at < 0)
        qFatal("nothing to change: %s", from);
    return text.replace(at, static_cast<qsizetype>(qstrlen(from)), to);
}

QByteArray nested(int depth)
{
    return QByteArray(depth, '[') + QByteArray(depth, ']');
}

QByteArray manyLevels(std::size_t count)
{
    QByteArray levels = R"(["1","1"])";
    for (std::size_t i = 1; i < count; ++i)
        levels += R"(,["1","1"])";
    return R"({"e":"depthUpdate","E":1,"s":"A","U":1,"u":2,"pu":0,"b":[],"a":[)" + levels + "]}";
}

QByteArray texts(const std::vector<Level>& levels)
{
    std::string text;
    for (const Level& level : levels)
        text += level.price.toString() + ':' + level.quantity.toString() + ' ';
    return QByteArray::fromStdString(text).trimmed();
}

} // namespace

Q_DECLARE_METATYPE(obm::ParseFault)

class TestDepthParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsUpdates_data();
    void readsUpdates();
    void refusesUpdates_data();
    void refusesUpdates();
    void tellsTheSymbolOfABadUpdate_data();
    void tellsTheSymbolOfABadUpdate();
    void survivesEveryTruncation();
    void survivesEveryFlippedByte();
    void reusesItsOutput();
    void readsFrames_data();
    void readsFrames();
    void refusesFrames_data();
    void refusesFrames();
    void readsControlAnswers();
    void parsesPaddedTextInPlace();

private:
    DepthParser m_parser;
    DepthUpdate m_update;
};

void TestDepthParser::readsUpdates_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("as sent") << plainUpdate;
    QTest::newRow("before 2026-06") << changed(R"("ps":"BTCUSDT",)", "").replace(R"(,"st":1)", "");
    QTest::newRow("another order") << QByteArray(
        R"({"a":[["63947.40","5"]],"pu":9,"u":20,"b":[["63947.30","0.113"],["63900.00","0"]],)"
        R"("U":11,"s":"BTCUSDT","E":1721347022504,"e":"depthUpdate"})");
    QTest::newRow("unknown fields") << changed(R"("U":11)",
                                               R"("x":{"u":[1,{"b":null}],"s":"OTHER"},"y":-1.5e3,"z":false,"U":11)");
    QTest::newRow("blanks") << QByteArray(plainUpdate).replace(",", " ,\n\t").replace(":", " : ");
    QTest::newRow("escaped key and text") << changed(R"("s":"BTCUSDT")", R"("\u0073":"BTC\u0055SDT")");
    QTest::newRow("more in a level") << changed(R"("0.113"])", R"("0.113",[],{"n":1}])");
}

void TestDepthParser::readsUpdates()
{
    QFETCH(QByteArray, text);

    const auto parsed = m_parser.parseUpdate(text.toStdString(), m_update);
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().detail.c_str());
    QCOMPARE(m_update.symbol, std::string("BTCUSDT"));
    QCOMPARE(m_update.eventTimeMs, std::int64_t(1721347022504));
    QCOMPARE(m_update.firstId, std::int64_t(11));
    QCOMPARE(m_update.lastId, std::int64_t(20));
    QCOMPARE(m_update.previousLastId, std::int64_t(9));
    QCOMPARE(texts(m_update.bids), QByteArray("63947.30:0.113 63900.00:0"));
    QCOMPARE(texts(m_update.asks), QByteArray("63947.40:5"));
}

void TestDepthParser::refusesUpdates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ParseFault>("fault");

    const auto row = [](const char* name, const QByteArray& text, ParseFault fault) {
        QTest::newRow(name) << text << fault;
    };
    row("nothing", "", ParseFault::BadJson);
    row("blank", "  ", ParseFault::BadJson);
    row("HTML", "<html><body>502 Bad Gateway</body></html>", ParseFault::BadJson);
    row("an array", "[1,2]", ParseFault::WrongType);
    row("empty object", "{}", ParseFault::MissingField);
    row("truncated", plainUpdate.chopped(1), ParseFault::BadJson);
    row("text behind it", plainUpdate + "x", ParseFault::BadJson);
    row("two objects", plainUpdate + plainUpdate, ParseFault::BadJson);
    row("comma missing", changed(R"(,"u":20)", R"( "u":20)"), ParseFault::BadJson);
    row("a bracket of another kind", changed(R"("0"]])", R"("0"]})"), ParseFault::BadJson);
    row("bad literal in an unknown field", changed(R"("st":1)", R"("st":nope)"), ParseFault::BadJson);
    row("not UTF-8", changed("BTCUSDT", "BTC\xff\xfeUSDT"), ParseFault::BadJson);
    row("zero byte in a text", QByteArray(plainUpdate).replace("BTCUSDT", QByteArray("BTC\0USD", 7)),
        ParseFault::BadJson);
    row("field twice", changed(R"("U":11)", R"("U":11,"U":12)"), ParseFault::BadJson);
    row("nested deep", changed(R"("st":1)", "\"st\":" + nested(1000)), ParseFault::TooDeep);
    row("nested deeper than any stack", changed(R"("st":1)", "\"st\":" + nested(500'000)), ParseFault::TooDeep);
    row("too large", QByteArray(qsizetype(maxFrameBytes) + 1, ' '), ParseFault::TooLarge);
    row("too many levels", manyLevels(maxLevelsPerSide + 1), ParseFault::TooManyLevels);

    for (const char* field : {R"("e":"depthUpdate",)", R"("E":1721347022504,)", R"("s":"BTCUSDT",)", R"("U":11,)",
                              R"("u":20,)", R"("pu":9,)", R"("a":[["63947.40","5"]],)"})
        row(qPrintable(QStringLiteral("without %1").arg(QLatin1String(field))), changed(field, ""),
            ParseFault::MissingField);

    row("another event", changed("depthUpdate", "aggTrade"), ParseFault::WrongStream);
    row("empty symbol", changed(R"("s":"BTCUSDT")", R"("s":"")"), ParseFault::WrongType);
    row("number as symbol", changed(R"("s":"BTCUSDT")", R"("s":5)"), ParseFault::WrongType);
    row("id as text", changed(R"("u":20)", R"("u":"20")"), ParseFault::WrongType);
    row("id null", changed(R"("u":20)", R"("u":null)"), ParseFault::WrongType);
    row("id as object", changed(R"("u":20)", R"("u":{})"), ParseFault::WrongType);
    row("levels null", changed(R"("b":[["63947.30","0.113"],["63900.00","0"]])", R"("b":null)"), ParseFault::WrongType);
    row("levels as object", changed(R"("a":[["63947.40","5"]])", R"("a":{})"), ParseFault::WrongType);
    row("level as text", changed(R"(["63947.40","5"])", R"("63947.40")"), ParseFault::WrongType);
    row("price as number", changed(R"("63947.40")", "63947.40"), ParseFault::WrongType);
    row("level without quantity", changed(R"(["63947.40","5"])", R"(["63947.40"])"), ParseFault::MissingField);

    for (const char* number : {"-20", "20.0", "2e1", "1e400", "NaN", "-Infinity", "9223372036854775808", "020",
                               "1234567890123456789012345678901234567890"})
        row(qPrintable(QStringLiteral("id %1").arg(QLatin1String(number))),
            changed(R"("u":20)", "\"u\":" + QByteArray(number)), ParseFault::BadNumber);
    for (const char* number : {"", "-5", "NaN", "1e400", "5 ", "0.000000001", "99999999999999", "\\u0035",
                               "1234567890123456789012345678901234567890"})
        row(qPrintable(QStringLiteral("quantity '%1'").arg(QLatin1String(number))),
            changed(R"("5"])", "\"" + QByteArray(number) + "\"]"), ParseFault::BadNumber);

    row("U > u", changed(R"("U":11)", R"("U":21)"), ParseFault::BadSequence);
    row("pu > u", changed(R"("pu":9)", R"("pu":21)"), ParseFault::BadSequence);
    row("u months beyond pu", changed(R"("u":20)", R"("u":1000000000010)"), ParseFault::BadSequence);
    row("u the largest number", changed(R"("u":20)", R"("u":9223372036854775807)"), ParseFault::BadSequence);
}

void TestDepthParser::refusesUpdates()
{
    QFETCH(QByteArray, text);
    QFETCH(ParseFault, fault);

    const auto parsed = m_parser.parseUpdate(text.toStdString(), m_update);
    QVERIFY(!parsed.has_value());
    QCOMPARE(toText(parsed.error().fault), toText(fault));
    QVERIFY(parsed.error().detail.size() <= 64);
    // The next message is not harmed.
    QVERIFY(m_parser.parseUpdate(plainUpdate.toStdString(), m_update).has_value());
}

void TestDepthParser::tellsTheSymbolOfABadUpdate_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("symbol");

    const QByteArray told = "BTCUSDT";
    QTest::newRow("behind the bad field") << QByteArray(R"({"U":-1,"x":{"s":"OTHER"},"s" : "BTCUSDT"})") << told;
    QTest::newRow("before it") << QByteArray(R"({"s":"BTCUSDT","U":-1})") << told;
    QTest::newRow("truncated") << plainUpdate.left(150) << told;
    QTest::newRow("broken brackets") << QByteArray(R"({"b":[[}],"s":"BTCUSDT"})").replace("[[}]", "[[}]]]")
                                     << QByteArray();
    QTest::newRow("not there") << QByteArray(R"({"U":-1})") << QByteArray();
    QTest::newRow("only inside") << QByteArray(R"({"U":-1,"x":{"s":"OTHER"}})") << QByteArray();
    QTest::newRow("as a value") << QByteArray(R"({"U":-1,"x":"s","y":"BTCUSDT"})") << QByteArray();
    QTest::newRow("cut inside") << QByteArray(R"({"U":-1,"s":"BTCU)") << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestDepthParser::tellsTheSymbolOfABadUpdate()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, symbol);

    QVERIFY(!m_parser.parseUpdate(text.toStdString(), m_update).has_value());
    QCOMPARE(QByteArray::fromStdString(m_update.symbol), symbol);
}

void TestDepthParser::survivesEveryTruncation()
{
    for (qsizetype size = 0; size < plainUpdate.size(); ++size)
        QVERIFY2(!m_parser.parseUpdate(plainUpdate.left(size).toStdString(), m_update).has_value(),
                 qPrintable(QString::number(size)));
}

void TestDepthParser::survivesEveryFlippedByte()
{
    for (qsizetype at = 0; at < plainUpdate.size(); ++at) {
        for (const char byte : {'"', '{', '}', '[', ']', ',', ':', '\\', '0', '-', '\0', '\xff'}) {
            QByteArray text = plainUpdate;
            text[at] = byte;
            // Some stay valid; what counts is that the parser comes back, and sane.
            if (m_parser.parseUpdate(text.toStdString(), m_update).has_value())
                QVERIFY(m_update.firstId <= m_update.lastId && m_update.previousLastId <= m_update.lastId);
        }
    }
}

void TestDepthParser::reusesItsOutput()
{
    QVERIFY(m_parser.parseUpdate(plainUpdate.toStdString(), m_update).has_value());
    const QByteArray other = R"({"e":"depthUpdate","E":1,"s":"A","U":1,"u":2,"pu":0,"b":[],"a":[]})";
    QVERIFY(m_parser.parseUpdate(other.toStdString(), m_update).has_value());
    QCOMPARE(m_update.symbol, std::string("A"));
    QVERIFY(m_update.bids.empty() && m_update.asks.empty());
}

void TestDepthParser::readsFrames_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("data");

    const QByteArray stream = "btcusdt@depth@100ms";
    const QByteArray head = R"({"stream":"btcusdt@depth@100ms","data":)";
    QTest::newRow("as sent") << head + plainUpdate + "}" << stream << plainUpdate;
    QTest::newRow("recorded") << QByteArray(R"({"stream":"btcusdt@depth@0ms","data":{"a":[ ] }})")
                              << QByteArray("btcusdt@depth@0ms") << QByteArray(R"({"a":[ ] })");
    QTest::newRow("data first") << R"({"data":)" + plainUpdate + R"( , "stream":"btcusdt@depth@100ms"})" << stream
                                << plainUpdate;
    const QByteArray odd = "{ \"s\" :\t\"}{\\\"][\" ,\n \"b\":[ [ ] ]}";
    QTest::newRow("bytes as received") << head + " " + odd + " \n}" << stream << odd;
    QTest::newRow("unknown fields") << R"({"st":{"a":[1]},)" + head.mid(1) + plainUpdate + R"(,"n":null})" << stream
                                    << plainUpdate;
}

void TestDepthParser::readsFrames()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, data);

    const std::string received = text.toStdString();
    const auto frame = m_parser.parseFrame(received);
    QVERIFY2(frame.has_value(), frame ? "" : frame.error().detail.c_str());
    QCOMPARE(QByteArray::fromStdString(std::string(frame->stream)), stream);
    QCOMPARE(QByteArray::fromStdString(std::string(frame->data)), data);
    // A part of what was passed in: it outlives the next call.
    QVERIFY(frame->data.data() >= received.data() && frame->data.data() < received.data() + received.size());
    QVERIFY(!frame->controlId.has_value() && frame->errorMessage.empty());
}

void TestDepthParser::refusesFrames_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ParseFault>("fault");

    const auto row = [](const char* name, const QByteArray& text, ParseFault fault) {
        QTest::newRow(name) << text << fault;
    };
    row("nothing", "", ParseFault::BadJson);
    row("truncated", R"({"stream":"btcusdt@depth","data":{"e":"depthUpdate")", ParseFault::BadJson);
    row("brackets cut", R"({"stream":"btcusdt@depth","data":{"b":[[})", ParseFault::BadJson);
    row("text behind it", R"({"stream":"btcusdt@depth","data":{}} {})", ParseFault::BadJson);
    row("partial depth", R"({"stream":"btcusdt@depth20@100ms","data":)" + plainUpdate + "}", ParseFault::WrongStream);
    row("another stream", R"({"stream":"btcusdt@bookTicker","data":{}})", ParseFault::WrongStream);
    row("no data", R"({"stream":"btcusdt@depth"})", ParseFault::MissingField);
    row("no stream", R"({"data":{}})", ParseFault::MissingField);
    row("neither", R"({"x":1})", ParseFault::MissingField);
    row("data as array", R"({"stream":"btcusdt@depth","data":[]})", ParseFault::WrongType);
    row("data as text", R"({"stream":"btcusdt@depth","data":"{}"})", ParseFault::WrongType);
    row("data null", R"({"stream":"btcusdt@depth","data":null})", ParseFault::WrongType);
    row("stream as number", R"({"stream":5,"data":{}})", ParseFault::WrongType);
    row("nested deep", R"({"x":)" + nested(1000) + "}", ParseFault::TooDeep);
    row("too large", QByteArray(qsizetype(maxFrameBytes) + 1, ' '), ParseFault::TooLarge);
}

void TestDepthParser::refusesFrames()
{
    QFETCH(QByteArray, text);
    QFETCH(ParseFault, fault);

    const std::string received = text.toStdString();
    const auto frame = m_parser.parseFrame(received);
    QVERIFY(!frame.has_value());
    QCOMPARE(toText(frame.error().fault), toText(fault));
}

void TestDepthParser::readsControlAnswers()
{
    auto frame = m_parser.parseFrame(R"({"result":null,"id":7})");
    QVERIFY(frame.has_value());
    QCOMPARE(frame->controlId.value(), std::int64_t(7));
    QVERIFY(frame->stream.empty() && frame->errorMessage.empty());

    QCOMPARE(m_parser.parseFrame(R"({"id":8,"result":["btcusdt@depth"]})")->controlId.value(), std::int64_t(8));

    const std::string_view refused = R"({"error":{"code":2,"msg":"Invalid request"},"id":9})";
    frame = m_parser.parseFrame(refused);
    QVERIFY(frame.has_value());
    QCOMPARE(std::string(frame->errorMessage), std::string(R"({"code":2,"msg":"Invalid request"})"));
    QCOMPARE(frame->controlId.value(), std::int64_t(9));

    const std::string_view bare = R"({"code":3,"msg":"Invalid JSON"})";
    QCOMPARE(std::string(m_parser.parseFrame(bare)->errorMessage), std::string(bare));
    QCOMPARE(std::string(m_parser.parseFrame(R"({"e":"serverShutdown","E":1})")->event), std::string("serverShutdown"));
}

void TestDepthParser::parsesPaddedTextInPlace()
{
    std::string buffer = plainUpdate.toStdString();
    const std::size_t size = buffer.size();
    buffer.append(parserPaddingBytes, '}'); // never interpreted
    const PaddedText text(std::string_view(buffer).substr(0, size), buffer.size());
    QVERIFY(m_parser.parseUpdate(text, m_update).has_value());
    QCOMPARE(m_update.lastId, std::int64_t(20));

    const std::size_t cut = size - 1; // the brace that is missing stands in the padding
    QVERIFY(!m_parser.parseUpdate(PaddedText(std::string_view(buffer).substr(0, cut), buffer.size()), m_update));
}

QTEST_APPLESS_MAIN(TestDepthParser)
#include "tst_depth_parser.moc"

// The exchange's list of symbols: fetched until it is there, shared budget, what counts as a trading perpetual.
#include "exchange/exchange_info_client.h"
#include "localexchange/local_exchange.h"
#include "support/await.h"
#include "support/http_stub.h"

#include <QTest>

#include <memory>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int waitMs = 30'000;

ExchangeInfoLimits limits()
{
    return {.refreshMs = 0, .retry = {.firstMs = 20, .capMs = 100}, .seed = 1};
}

ExchangeConfig configOf(const QUrl& restUrl)
{
    ExchangeConfig config;
    config.restUrl = restUrl.toString().toStdString();
    return config;
}

struct Received
{
    std::vector<ExchangeInfo> infos;
    QStringList failures;

    ExchangeInfoSink sink()
    {
        return {.onInfo = [this](const ExchangeInfo& info) { infos.push_back(info); },
                .onFailure = [this](const std::string& error) { failures << QString::fromStdString(error); }};
    }
};

} // namespace

class TestExchangeListing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void selectsTradingPerpetuals();
    void readsTheLocalExchange();
    void readsAgainEachInterval();
    void asksUntilThereIsAnAnswer_data();
    void asksUntilThereIsAnAnswer();
    void waitsForTheBlockToEnd();
    void asksWhenTheExchangeComesUp();
};

void TestExchangeListing::selectsTradingPerpetuals()
{
    ExchangeInfo info;
    info.symbols = {{"ETHUSDT", "PERPETUAL", "TRADING"},
                    {"BTCUSDT", "PERPETUAL", "TRADING"},
                    {"XAUUSDT", "TRADIFI_PERPETUAL", "TRADING"},
                    {"BTCUSDT_261225", "CURRENT_QUARTER", "TRADING"},
                    {"OLDUSDT", "PERPETUAL", "SETTLING"},
                    {"NEWUSDT", "PERPETUAL", "PENDING_TRADING"},
                    {"ODDUSDT", "", "TRADING"},
                    {"", "PERPETUAL", "TRADING"},
                    {"TWO WORDS", "PERPETUAL", "TRADING"},
                    {"A/../B", "PERPETUAL", "TRADING"},
                    {"A\r\nDEL B", "PERPETUAL", "TRADING"},
                    {"\xff\xfe", "PERPETUAL", "TRADING"},
                    {std::string(4096, 'A'), "PERPETUAL", "TRADING"},
                    {"BTCUSDT", "PERPETUAL", "TRADING"}};
    QCOMPARE(tradingPerpetuals(info), (std::vector<std::string>{"BTCUSDT", "ETHUSDT", "XAUUSDT"}));
}

void TestExchangeListing::readsTheLocalExchange()
{
    LocalExchangeOptions options;
    options.symbols = {"BTCUSDT", "ETHUSDT", "SOLUSDT"};
    options.weightLimit = 6000;
    LocalExchange exchange(options);
    QVERIFY(exchange.start());
    QVERIFY(exchange.setListingStatus("SOLUSDT", "SETTLING"));
    RestClient rest(configOf(exchange.restUrl()));
    Received received;
    ExchangeInfoClient client(rest, received.sink(), limits());
    client.start();
    AWAIT_EQUAL_WITHIN(int(received.infos.size()), 1, waitMs);
    QCOMPARE(tradingPerpetuals(received.infos[0]), (std::vector<std::string>{"BTCUSDT", "ETHUSDT"}));
    QCOMPARE(rest.budget().ipLimit(), 6000);
    QCOMPARE(client.status().succeeded, quint64(1));
    QVERIFY(client.status().lastSuccessMs > 0);
}

void TestExchangeListing::readsAgainEachInterval()
{
    LocalExchange exchange(LocalExchangeOptions{});
    QVERIFY(exchange.start());
    RestClient rest(configOf(exchange.restUrl()));
    Received received;
    ExchangeInfoLimits often = limits();
    often.refreshMs = 50;
    ExchangeInfoClient client(rest, received.sink(), often);
    client.start();
    AWAIT_WITHIN(received.infos.size() >= 3, waitMs);
    client.stop();
    QVERIFY(received.failures.isEmpty());
}

void TestExchangeListing::asksUntilThereIsAnAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("named");
    QTest::newRow("server error") << HttpStub::answer(503, "busy") << "503";
    QTest::newRow("page") << HttpStub::answer(200, "<html>hello</html>") << "json";
    QTest::newRow("symbols as object") << HttpStub::answer(200, R"({"symbols":{}})") << "wrong_type";
    QTest::newRow("symbols null") << HttpStub::answer(200, R"({"symbols":null})") << "wrong_type";
    QTest::newRow("a number as name") << HttpStub::answer(200, R"({"symbols":[{"symbol":5,"status":"TRADING"}]})")
                                      << "wrong_type";
    QTest::newRow("a weight limit from nowhere")
        << HttpStub::answer(200, R"({"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE",)"
                                 R"("intervalNum":1,"limit":99999999999}],"symbols":[]})")
        << "bad_number";
    QTest::newRow("no symbols") << HttpStub::answer(200, R"({"symbols":[]})") << "symbols";
    QTest::newRow("truncated") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"symbols\":[")
                               << "closed";
    QTest::newRow("redirect") << QByteArray("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n") << "302";
}

void TestExchangeListing::asksUntilThereIsAnAnswer()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, named);
    HttpStub stub;
    stub.enqueue(answer);
    stub.enqueue(HttpStub::answer(
        200, R"({"symbols":[{"symbol":"BTCUSDT","contractType":"PERPETUAL","status":"TRADING"}],"rateLimits":[]})"));
    RestClient rest(configOf(stub.url()));
    Received received;
    ExchangeInfoClient client(rest, received.sink(), limits());
    client.start();
    AWAIT_EQUAL_WITHIN(int(received.infos.size()), 1, waitMs);
    QCOMPARE(received.failures.size(), 1);
    QVERIFY2(received.failures[0].contains(named, Qt::CaseInsensitive), qPrintable(received.failures[0]));
    QVERIFY(client.status().lastError.empty());
}

void TestExchangeListing::waitsForTheBlockToEnd()
{
    HttpStub stub;
    stub.enqueue(HttpStub::answer(429, "{}", "Retry-After: 1\r\n"));
    stub.enqueue(
        HttpStub::answer(200, R"({"symbols":[{"symbol":"A","contractType":"PERPETUAL","status":"TRADING"}]})"));
    RestClient rest(configOf(stub.url()));
    Received received;
    ExchangeInfoClient client(rest, received.sink(), limits());
    client.start();
    AWAIT_EQUAL_WITHIN(int(received.infos.size()), 1, waitMs);
    QVERIFY(stub.requestMs(1) - stub.requestMs(0) >= 950);
}

void TestExchangeListing::asksWhenTheExchangeComesUp()
{
    auto gone = std::make_unique<HttpStub>();
    const QUrl url = gone->url();
    gone.reset();
    RestClient rest(configOf(url));
    Received received;
    ExchangeInfoClient client(rest, received.sink(), limits());
    client.start();
    AWAIT_WITHIN(received.failures.size() >= 2, waitMs);
    LocalExchangeOptions options;
    options.port = quint16(url.port());
    LocalExchange exchange(options);
    QVERIFY(exchange.start());
    AWAIT_EQUAL_WITHIN(int(received.infos.size()), 1, waitMs);
}

QTEST_GUILESS_MAIN(TestExchangeListing)
#include "tst_exchange_info.moc"

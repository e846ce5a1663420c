// The snapshot queue against the local exchange and its faults: nobody is forgotten, nothing is asked above the weight.
#include "exchange/clock.h"
#include "exchange/snapshot_client.h"
#include "localexchange/local_exchange.h"
#include "support/await.h"
#include "support/http_stub.h"

#include <QTest>

#include <map>
#include <memory>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int waitMs = 30'000;

SnapshotLimits limits()
{
    return {.retry = {.firstMs = 20, .capMs = 100}, .outage = {.firstMs = 20, .capMs = 100}, .seed = 1};
}

Fault faultOf(const char* spec)
{
    return parseFault(QString::fromLatin1(spec)).value();
}

struct Outcome
{
    int requested = 0;
    int succeeded = 0;
    std::vector<SnapshotFailure> failures;
    int askedAgain = 0; // failures after which it was in the queue once more
    std::vector<DepthSnapshot> snapshots;
};

struct Setup
{
    explicit Setup(const QUrl& restUrl, int weightPerMinute = 100'000, const RestLimits& restLimits = {},
                   int snapshotLimit = 1000)
    {
        ExchangeConfig config;
        config.restUrl = restUrl.toString().toStdString();
        config.weightPerMinute = weightPerMinute;
        rest = std::make_unique<RestClient>(config, restLimits);
        rest->budget().setIpLimit(1'000'000);
        client = std::make_unique<SnapshotClient>(*rest, snapshotLimit, sink(), limits());
    }

    SnapshotSink sink()
    {
        return {.onRequested =
                    [this](const std::string& symbol) {
                        ++outcomes[symbol].requested;
                        order << QString::fromStdString(symbol);
                        requestedMs << utcMs();
                        inFlightMost = std::max(inFlightMost, client->status().inFlight);
                        onRequested();
                    },
                .onResult =
                    [this](const std::string& symbol, SnapshotResult result) {
                        Outcome& outcome = outcomes[symbol];
                        ipWeightMost = std::max(ipWeightMost, client->status().ipWeightUsed);
                        if (result) {
                            ++outcome.succeeded;
                            outcome.snapshots.push_back(std::move(*result));
                        } else {
                            requestsAtLastFailure = order.size();
                            outcome.askedAgain += client->places().contains(symbol);
                            outcome.failures.push_back(result.error());
                        }
                    }};
    }

    std::map<std::string, Outcome> outcomes;
    QStringList order;
    QList<qint64> requestedMs; // UTC, in this order
    qsizetype requestsAtLastFailure = 0;
    int inFlightMost = 0;
    int ipWeightMost = 0;
    std::function<void()> onRequested = [] {};
    std::unique_ptr<RestClient> rest;
    std::unique_ptr<SnapshotClient> client;
};

std::unique_ptr<LocalExchange> startedExchange(int symbols = 6, int weightLimit = 100'000, quint16 port = 0)
{
    LocalExchangeOptions options;
    options.port = port;
    options.symbols = syntheticSymbols(symbols);
    options.weightLimit = weightLimit;
    auto exchange = std::make_unique<LocalExchange>(options);
    if (const auto started = exchange->start(); !started)
        qFatal("%s", qPrintable(started.error()));
    return exchange;
}

const QByteArray goodSnapshot =
    HttpStub::answer(200, R"({"lastUpdateId":7,"E":1,"T":1,"bids":[["1.0","2"]],"asks":[["1.1","3"]]})");

} // namespace

class TestSnapshotClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetchesEverySymbolOnce();
    void priorityDecides();
    void retriesAfterAFailure_data();
    void retriesAfterAFailure();
    void everySymbolWaitsForRetryAfter_data();
    void everySymbolWaitsForRetryAfter();
    void unknownSymbolIsRejectedAndStopsNoOther();
    void permanentRefusals_data();
    void permanentRefusals();
    void deadServerIsProbedByOne();
    void unansweredRequestTimesOut();
    void hugeAnswerIsCutOff();
    void neverAboveTheWeight();
    void placeTellsWhoIsAhead();
    void cancelForgets();
    void hearsTheLimitThroughACancelledRequest();
    void resultMayAskAgain();
    void symbolIsPercentEncoded();
};

void TestSnapshotClient::fetchesEverySymbolOnce()
{
    const auto exchange = startedExchange(40);
    Setup setup(exchange->restUrl());
    for (const QString& symbol : exchange->symbols())
        setup.client->request(symbol.toStdString(), 0);
    AWAIT_EQUAL_WITHIN(setup.client->status().succeeded, quint64(40), waitMs);
    QCOMPARE(setup.order, exchange->symbols());
    QVERIFY(setup.inFlightMost <= limits().requestsInFlightMax);
    for (const auto& [symbol, outcome] : setup.outcomes) {
        QCOMPARE(outcome.requested, 1);
        QVERIFY(outcome.snapshots[0].lastUpdateId > 0 && !outcome.snapshots[0].bids.empty());
    }
    const SnapshotClientStatus status = setup.client->status();
    QCOMPARE(status.queued + status.inFlight, 0);
    QVERIFY(setup.ipWeightMost > 0); // a minute may be over by now, and its weight with it
}

void TestSnapshotClient::priorityDecides()
{
    const auto exchange = startedExchange();
    Setup setup(exchange->restUrl());
    setup.client->request("BTCUSDT", 0);
    setup.client->request("ETHUSDT", 0);
    setup.client->request("SOLUSDT", 5);
    AWAIT_EQUAL_WITHIN(setup.client->status().succeeded, quint64(3), waitMs);
    QCOMPARE(setup.order, QStringList({"SOLUSDT", "BTCUSDT", "ETHUSDT"}));
}

void TestSnapshotClient::retriesAfterAFailure_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<int>("kind");
    QTest::newRow("server error") << QByteArray("snapshot-fail:count=2") << int(SnapshotFault::HttpError);
    QTest::newRow("forbidden") << QByteArray("snapshot-fail:status=403,count=2") << int(SnapshotFault::HttpError);
    QTest::newRow("page") << QByteArray("snapshot-html:count=2") << int(SnapshotFault::Malformed);
    QTest::newRow("truncated") << QByteArray("snapshot-truncated:count=2") << -1;
}

void TestSnapshotClient::retriesAfterAFailure()
{
    QFETCH(QByteArray, fault);
    QFETCH(int, kind);
    const auto exchange = startedExchange();
    exchange->inject(faultOf(fault.constData()));
    Setup setup(exchange->restUrl());
    setup.client->request("BTCUSDT", 0);
    AWAIT_EQUAL_WITHIN(setup.outcomes["BTCUSDT"].succeeded, 1, waitMs);
    const Outcome& outcome = setup.outcomes["BTCUSDT"];
    QCOMPARE(int(outcome.failures.size()), 2);
    QCOMPARE(outcome.requested, 3);
    for (const SnapshotFailure& failure : outcome.failures) {
        QVERIFY(!failure.isFinal());
        QVERIFY(kind < 0 ? failure.fault == SnapshotFault::Malformed || failure.fault == SnapshotFault::Unreachable
                         : int(failure.fault) == kind);
    }
}

void TestSnapshotClient::everySymbolWaitsForRetryAfter_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<int>("kind");
    QTest::newRow("429") << QByteArray("http-429:ms=2000") << int(SnapshotFault::RateLimited);
    QTest::newRow("418") << QByteArray("http-418:ms=2000") << int(SnapshotFault::Banned);
}

void TestSnapshotClient::everySymbolWaitsForRetryAfter()
{
    QFETCH(QByteArray, fault);
    QFETCH(int, kind);
    const auto exchange = startedExchange(20);
    Setup setup(exchange->restUrl());
    exchange->inject(faultOf(fault.constData()));
    const qint64 startMs = utcMs();
    for (const QString& symbol : exchange->symbols())
        setup.client->request(symbol.toStdString(), 0);
    AWAIT_EQUAL_WITHIN(setup.client->status().succeeded, quint64(20), waitMs);
    QCOMPARE(setup.client->status().failed[std::size_t(kind)], quint64(1));
    const qint64 blockedUntilMs = setup.client->status().blockedUntilMs;
    QVERIFY(blockedUntilMs >= startMs + 2'000);
    for (qsizetype i = setup.requestsAtLastFailure; i < setup.requestedMs.size(); ++i)
        QVERIFY(setup.requestedMs[i] >= blockedUntilMs);
}

void TestSnapshotClient::unknownSymbolIsRejectedAndStopsNoOther()
{
    const auto exchange = startedExchange();
    Setup setup(exchange->restUrl());
    setup.client->request("NOSUCHUSDT", 9);
    setup.client->request("BTCUSDT", 0);
    AWAIT_EQUAL_WITHIN(setup.outcomes["BTCUSDT"].succeeded, 1, waitMs);
    AWAIT_EQUAL_WITHIN(int(setup.outcomes["NOSUCHUSDT"].failures.size()), 1, waitMs);
    const SnapshotFailure& failure = setup.outcomes["NOSUCHUSDT"].failures[0];
    QVERIFY(failure.isFinal());
    QVERIFY2(QString::fromStdString(failure.detail).contains("-1121"), failure.detail.c_str());
    QVERIFY(!setup.client->places().contains("NOSUCHUSDT"));
    QCOMPARE(setup.client->status().queued, 0);
}

void TestSnapshotClient::permanentRefusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isFinal");
    QTest::newRow("invalid symbol") << 400 << QByteArray(R"({"code":-1121,"msg":"Invalid symbol."})") << true;
    QTest::newRow("illegal characters") << 400 << QByteArray(R"({"code":-1100,"msg":"Illegal characters"})") << true;
    QTest::newRow("bad limit") << 400 << QByteArray(R"({"code":-4021,"msg":"Invalid depth limit"})") << true;
    QTest::newRow("server busy") << 400 << QByteArray(R"({"code":-1008,"msg":"Request throttled"})") << false;
    QTest::newRow("400 without a code") << 400 << QByteArray("Bad Request") << false;
    QTest::newRow("not allowed here") << 451 << QByteArray(R"({"code":0,"msg":"Service unavailable"})") << false;
}

void TestSnapshotClient::permanentRefusals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, isFinal);
    HttpStub stub;
    stub.enqueue(HttpStub::answer(status, body));
    stub.enqueue(goodSnapshot);
    Setup setup(stub.url());
    setup.client->request("BTCUSDT", 0);
    AWAIT_EQUAL_WITHIN(int(setup.outcomes["BTCUSDT"].failures.size()), 1, waitMs);
    QCOMPARE(setup.outcomes["BTCUSDT"].failures[0].isFinal(), isFinal);
    QCOMPARE(setup.outcomes["BTCUSDT"].askedAgain, isFinal ? 0 : 1);
    if (!isFinal)
        AWAIT_EQUAL_WITHIN(setup.outcomes["BTCUSDT"].succeeded, 1, waitMs);
}

// 200 symbols and a dead server: after the first failures one probe at a time goes out, with back-off.
void TestSnapshotClient::deadServerIsProbedByOne()
{
    QTcpSocket place; // keeps the port, and does not listen
    QVERIFY(place.bind(QHostAddress::LocalHost, 0, QAbstractSocket::ShareAddress));
    Setup setup(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(place.localPort())));
    const QStringList symbols = syntheticSymbols(200);
    for (const QString& symbol : symbols)
        setup.client->request(symbol.toStdString(), 0);
    AWAIT_WITHIN(setup.client->status().outage, waitMs);
    AWAIT_EQUAL_WITHIN(setup.client->status().inFlight, 0, waitMs);
    setup.inFlightMost = 0;
    const quint64 requests = setup.client->status().requests;
    AWAIT_WITHIN(setup.client->status().requests >= requests + 4, waitMs);
    QCOMPARE(setup.inFlightMost, 1);
    QVERIFY(setup.client->status().failed[std::size_t(SnapshotFault::Unreachable)] >= 4);
    const auto exchange = startedExchange(200, 100'000, place.localPort());
    AWAIT_EQUAL_WITHIN(setup.client->status().succeeded, quint64(200), waitMs);
    QVERIFY(!setup.client->status().outage);
}

void TestSnapshotClient::unansweredRequestTimesOut()
{
    HttpStub stub;
    stub.enqueue({});
    stub.enqueue(goodSnapshot);
    Setup setup(stub.url(), 100'000, {.deadlineMs = 300});
    setup.client->request("BTCUSDT", 0);
    AWAIT_EQUAL_WITHIN(setup.outcomes["BTCUSDT"].succeeded, 1, waitMs);
    QCOMPARE(setup.outcomes["BTCUSDT"].failures[0].fault, SnapshotFault::TimedOut);
}

void TestSnapshotClient::hugeAnswerIsCutOff()
{
    HttpStub stub;
    stub.enqueue(HttpStub::answer(200, QByteArray(200'000, ' ')));
    stub.enqueue(goodSnapshot);
    Setup setup(stub.url(), 100'000, {.bodyBytesMax = 100'000});
    setup.client->request("BTCUSDT", 0);
    AWAIT_EQUAL_WITHIN(setup.outcomes["BTCUSDT"].succeeded, 1, waitMs);
    QCOMPARE(setup.outcomes["BTCUSDT"].failures[0].fault, SnapshotFault::TooLarge);
}

// More symbols than a minute has weight for: the budget goes out, the rest waits with a place and a time. More than one
// budget only when the test happens to cross into the next minute.
void TestSnapshotClient::neverAboveTheWeight()
{
    const auto exchange = startedExchange(20);
    Setup setup(exchange->restUrl(), 100);
    const qint64 startMinute = utcMs() / minuteMs;
    for (const QString& symbol : exchange->symbols())
        setup.client->request(symbol.toStdString(), 0);
    AWAIT_WITHIN(setup.client->status().succeeded >= 5 && setup.client->status().inFlight == 0, waitMs);
    const SnapshotClientStatus status = setup.client->status();
    QVERIFY(status.ownWeightUsed <= 100);
    QVERIFY(status.ipWeightUsed <= 100);
    QVERIFY(status.requests <= quint64(5 * (utcMs() / minuteMs - startMinute + 1)));
    QCOMPARE(status.queued, 20 - int(status.requests));
    const QueuePlace place = setup.client->places().at(exchange->symbols().last().toStdString());
    QCOMPARE(place.ahead, status.queued - 1);
    QVERIFY2(place.secondsToGo > 0 && place.secondsToGo <= 4 * 60, qPrintable(QString::number(place.secondsToGo)));
}

void TestSnapshotClient::placeTellsWhoIsAhead()
{
    HttpStub stub;
    stub.enqueue({});
    Setup setup(stub.url());
    for (const char* symbol : {"A", "B", "C", "D", "E", "F"})
        setup.client->request(symbol, 0);
    QVERIFY(!setup.client->places().at("A").inFlight);
    AWAIT_EQUAL_WITHIN(setup.client->status().inFlight, 4, waitMs);
    QVERIFY(setup.client->places().at("A").inFlight);
    QCOMPARE(setup.client->places().at("E").ahead, 0);
    QCOMPARE(setup.client->places().at("F").ahead, 1);
    QVERIFY(!setup.client->places().contains("G"));
}

void TestSnapshotClient::cancelForgets()
{
    HttpStub stub;
    stub.enqueue({});
    Setup setup(stub.url());
    for (const char* symbol : {"A", "B", "C", "D", "E"})
        setup.client->request(symbol, 0);
    AWAIT_EQUAL_WITHIN(setup.client->status().inFlight, 4, waitMs);
    setup.client->cancel("A");
    QVERIFY(!setup.client->places().contains("A"));
    AWAIT_WITHIN(setup.client->places().at("E").inFlight, waitMs);
    setup.client->cancel("nobody");
    for (const char* symbol : {"B", "C", "D", "E"})
        setup.client->cancel(symbol);
    QCOMPARE(setup.client->status().inFlight, 0);
    QVERIFY(setup.outcomes["A"].failures.empty());
    QCOMPARE(setup.rest->budget().ownUsed(utcMs()), 100); // it was sent: it counts
}

void TestSnapshotClient::hearsTheLimitThroughACancelledRequest()
{
    HttpStub stub;
    stub.enqueue(HttpStub::answer(429, "{}", "Retry-After: 60\r\n"));
    Setup setup(stub.url());
    setup.onRequested = [&] { setup.client->cancel("A"); };
    setup.client->request("A", 0);
    AWAIT_WITHIN(setup.rest->budget().blockedUntilMs() && setup.outcomes["A"].failures.empty(), waitMs);
}

void TestSnapshotClient::resultMayAskAgain()
{
    const auto exchange = startedExchange();
    ExchangeConfig config;
    config.restUrl = exchange->restUrl().toString().toStdString();
    RestClient rest(config);
    int results = 0;
    std::unique_ptr<SnapshotClient> client;
    const SnapshotSink sink{.onRequested = {}, .onResult = [&](const std::string& symbol, const SnapshotResult&) {
                                if (++results < 3)
                                    client->request(symbol, 0);
                            }};
    client = std::make_unique<SnapshotClient>(rest, 1000, sink, limits());
    client->request("BTCUSDT", 0);
    AWAIT_EQUAL_WITHIN(results, 3, waitMs);
    QVERIFY(!client->places().contains("BTCUSDT"));
}

void TestSnapshotClient::symbolIsPercentEncoded()
{
    HttpStub stub;
    stub.enqueue(goodSnapshot);
    Setup setup(stub.url(), 100'000, {}, 100);
    const std::string symbol = "\u5e01\u5b89&=+USDT";
    setup.client->request(symbol, 0);
    AWAIT_EQUAL_WITHIN(setup.outcomes[symbol].succeeded, 1, waitMs);
    QVERIFY2(stub.request(0).startsWith("GET /fapi/v1/depth?symbol=%E5%B8%81%E5%AE%89%26%3D%2BUSDT&limit=100 "),
             stub.request(0).constData());
}

QTEST_GUILESS_MAIN(TestSnapshotClient)
#include "tst_snapshot_client.moc"

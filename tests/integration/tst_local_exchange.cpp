// The local exchange's protocol, seen by a plain client: paths, names, control messages, limits, REST and its weights.
#include "localexchange/local_exchange.h"
#include "support/await.h"
#include "support/exchange_client.h"

#include <QTest>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int waitMs = 20'000;
constexpr int quietMs = 600; // more than two base streams' intervals

QUrl pathOf(const LocalExchange& exchange, const QString& path)
{
    QUrl url(QStringLiteral("ws://127.0.0.1:%1").arg(exchange.wsUrl().port()));
    return url.resolved(QUrl(path));
}

} // namespace

class TestLocalExchange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void deliversOnItsPaths_data();
    void deliversOnItsPaths();
    void isSilentElsewhere_data();
    void isSilentElsewhere();
    void eventHasEveryField();
    void answersControlMessages();
    void answersPings();
    void unsubscribeEndsAStream();
    void closesOverTheStreamLimit();
    void closesOverTheMessageLimit();
    void depthHasEveryLimit_data();
    void depthHasEveryLimit();
    void refusesBadRequests_data();
    void refusesBadRequests();
    void refusesOverTheWeightLimit();
    void exchangeInfoListsTheMarkets();
    void listingStatusEndsAStream();
    void portTakenIsAnError();
    void keepsHttpConnectionsAlive();

private:
    std::unique_ptr<LocalExchange> m_exchange;
};

void TestLocalExchange::init()
{
    LocalExchangeOptions options;
    options.symbols = QStringList{QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT"), QStringLiteral("1000SATSUSDT")};
    m_exchange = std::make_unique<LocalExchange>(options);
    const auto started = m_exchange->start();
    QVERIFY2(started, started ? "" : qPrintable(started.error()));
}

void TestLocalExchange::cleanup()
{
    m_exchange.reset();
}

void TestLocalExchange::deliversOnItsPaths_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QStringList>("subscribe");
    QTest::addColumn<QStringList>("streams"); // empty string: raw
    const QString btc = QStringLiteral("btcusdt@depth");
    const QString eth = QStringLiteral("ethusdt@depth@100ms");
    QTest::newRow("combined by query") << QStringLiteral("/public/stream?streams=") + btc + QLatin1Char('/') + eth
                                       << QStringList() << QStringList{btc, eth};
    QTest::newRow("combined, percent-encoded")
        << QStringLiteral("/public/stream?streams=btcusdt%40depth") << QStringList() << QStringList{btc};
    QTest::newRow("combined by SUBSCRIBE")
        << QStringLiteral("/public/stream") << QStringList{btc, eth} << QStringList{btc, eth};
    QTest::newRow("500 ms") << QStringLiteral("/public/stream?streams=btcusdt@depth@500ms") << QStringList()
                            << QStringList{QStringLiteral("btcusdt@depth@500ms")};
    QTest::newRow("raw by path") << QStringLiteral("/public/ws/") + btc << QStringList() << QStringList{QString()};
    QTest::newRow("raw by SUBSCRIBE") << QStringLiteral("/public/ws") << QStringList{eth} << QStringList{QString()};
}

void TestLocalExchange::deliversOnItsPaths()
{
    QFETCH(QString, path);
    QFETCH(QStringList, subscribe);
    QFETCH(QStringList, streams);
    StreamClient client(pathOf(*m_exchange, path));
    AWAIT_WITHIN(client.isConnected(), waitMs);
    if (!subscribe.isEmpty())
        client.request(QStringLiteral("SUBSCRIBE"), subscribe, 1);
    for (const QString& stream : streams) {
        const auto came = [&] {
            return std::any_of(client.events().begin(), client.events().end(),
                               [&](const ClientEvent& event) { return event.stream == stream; });
        };
        AWAIT_WITHIN(came(), waitMs);
    }
}

void TestLocalExchange::isSilentElsewhere_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("stream");
    const auto row = [](const char* name, const char* path, const char* stream) {
        QTest::newRow(name) << QString::fromLatin1(path) << QString::fromLatin1(stream);
    };
    row("unrouted path", "/stream", "btcusdt@depth");
    row("market path", "/market/stream", "btcusdt@depth");
    row("no path", "/", "btcusdt@depth");
    row("upper case", "/public/stream", "BTCUSDT@depth");
    row("250 ms by name", "/public/stream", "btcusdt@depth@250ms");
    row("unknown symbol", "/public/stream", "nosuchusdt@depth");
    row("another stream", "/public/stream", "btcusdt@bookTicker");
}

// It acknowledges all the same. The 100 ms stream of another client tells that time has passed.
void TestLocalExchange::isSilentElsewhere()
{
    QFETCH(QString, path);
    QFETCH(QString, stream);
    StreamClient watch(pathOf(*m_exchange, QStringLiteral("/public/ws/btcusdt@depth@100ms")));
    StreamClient client(pathOf(*m_exchange, path));
    AWAIT_WITHIN(client.isConnected() && watch.events().size() > 2, waitMs);
    client.request(QStringLiteral("SUBSCRIBE"), {stream}, 7);
    AWAIT_EQUAL_WITHIN(client.answers().size(), 1, waitMs);
    QCOMPARE(client.answers().front(),
             (QJsonObject{{QStringLiteral("result"), QJsonValue()}, {QStringLiteral("id"), 7}}));
    const qint64 since = watch.events().back().eventTimeMs;
    AWAIT_WITHIN(watch.events().back().eventTimeMs > since + quietMs, waitMs);
    QVERIFY(client.events().isEmpty());
    QVERIFY(!client.isClosed());
}

void TestLocalExchange::eventHasEveryField()
{
    StreamClient client(pathOf(*m_exchange, QStringLiteral("/public/stream?streams=btcusdt@depth")));
    AWAIT_WITHIN(client.events().size() > 1, waitMs);
    const QByteArray data = client.events().back().data;
    const QList<QByteArray> order{"{\"e\":\"depthUpdate\",\"E\":",
                                  ",\"T\":",
                                  ",\"s\":\"BTCUSDT\"",
                                  ",\"ps\":\"BTCUSDT\"",
                                  ",\"U\":",
                                  ",\"u\":",
                                  ",\"pu\":",
                                  ",\"b\":[[\"",
                                  ",\"a\":[",
                                  ",\"st\":1}"};
    qsizetype at = 0;
    for (const QByteArray& field : order) {
        const qsizetype found = data.indexOf(field, at);
        QVERIFY2(found >= at, field.constData());
        at = found;
    }
    QVERIFY(client.events().back().lastId > 10'000'000'000'000);
}

void TestLocalExchange::answersControlMessages()
{
    StreamClient client(m_exchange->wsUrl());
    AWAIT_WITHIN(client.isConnected(), waitMs);
    client.request(QStringLiteral("SUBSCRIBE"), {QStringLiteral("btcusdt@depth"), QStringLiteral("x@depth")}, 1);
    client.request(QStringLiteral("UNSUBSCRIBE"), {QStringLiteral("btcusdt@depth")}, 2);
    client.request(QStringLiteral("LIST_SUBSCRIPTIONS"), {}, 3);
    client.request(QStringLiteral("GUESS"), {}, 4);
    client.sendText(QStringLiteral("no json"));
    AWAIT_EQUAL_WITHIN(client.answers().size(), 5, waitMs);
    const QList<QJsonObject>& answers = client.answers();
    QVERIFY(answers[0].value(QLatin1String("result")).isNull());
    QCOMPARE(answers[1].value(QLatin1String("id")).toInt(), 2);
    QCOMPARE(answers[2].value(QLatin1String("result")).toArray(), QJsonArray{QStringLiteral("x@depth")});
    QCOMPARE(answers[3].value(QLatin1String("id")).toInt(), 4);
    QCOMPARE(answers[3].value(QLatin1String("error"))[QLatin1String("code")].toInt(), 2);
    QCOMPARE(answers[4].value(QLatin1String("error"))[QLatin1String("code")].toInt(), 3);
}

void TestLocalExchange::answersPings()
{
    StreamClient client(m_exchange->wsUrl());
    AWAIT_WITHIN(client.isConnected(), waitMs);
    client.ping();
    AWAIT_EQUAL_WITHIN(client.pongs(), 1, waitMs);
}

void TestLocalExchange::unsubscribeEndsAStream()
{
    const QString btc = QStringLiteral("btcusdt@depth@100ms");
    const QString eth = QStringLiteral("ethusdt@depth@100ms");
    StreamClient client(pathOf(*m_exchange, QStringLiteral("/public/stream?streams=%1/%2").arg(btc, eth)));
    AWAIT_WITHIN(!client.eventsOf(QStringLiteral("BTCUSDT")).isEmpty(), waitMs);
    client.request(QStringLiteral("UNSUBSCRIBE"), {btc}, 1);
    AWAIT_EQUAL_WITHIN(client.answers().size(), 1, waitMs);
    client.clear();
    AWAIT_WITHIN(client.eventsOf(QStringLiteral("ETHUSDT")).size() > 4, waitMs);
    QVERIFY(client.eventsOf(QStringLiteral("BTCUSDT")).isEmpty());
}

void TestLocalExchange::closesOverTheStreamLimit()
{
    constexpr int streamsMax = 1'024;
    StreamClient client(m_exchange->wsUrl());
    AWAIT_WITHIN(client.isConnected(), waitMs);
    QStringList names;
    for (int i = 0; i < streamsMax; ++i)
        names << QStringLiteral("s%1@depth").arg(i);
    client.request(QStringLiteral("SUBSCRIBE"), names, 1);
    AWAIT_EQUAL_WITHIN(client.answers().size(), 1, waitMs);
    QVERIFY(!client.isClosed());
    client.request(QStringLiteral("SUBSCRIBE"), {QStringLiteral("btcusdt@depth")}, 2);
    AWAIT_WITHIN(client.isClosed(), waitMs);
    QCOMPARE(client.closeCode(), 1008);
}

void TestLocalExchange::closesOverTheMessageLimit()
{
    StreamClient client(m_exchange->wsUrl());
    AWAIT_WITHIN(client.isConnected(), waitMs);
    for (int i = 0; i < 11; ++i)
        client.request(QStringLiteral("LIST_SUBSCRIPTIONS"), {}, i);
    AWAIT_WITHIN(client.isClosed(), waitMs);
    QCOMPARE(client.closeCode(), 1008);
}

void TestLocalExchange::depthHasEveryLimit_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("levels");
    QTest::addColumn<int>("weight");
    const auto row = [](const char* query, int levels, int weight) {
        QTest::newRow(query) << QString::fromLatin1(query) << levels << weight;
    };
    row("symbol=BTCUSDT&limit=5", 5, 2);
    row("symbol=BTCUSDT&limit=10", 10, 2);
    row("symbol=BTCUSDT&limit=20", 20, 2);
    row("symbol=BTCUSDT&limit=50", 50, 2);
    row("symbol=BTCUSDT&limit=100", 100, 5);
    row("symbol=BTCUSDT&limit=500", 500, 10);
    row("symbol=BTCUSDT", 500, 10);
    row("symbol=BTCUSDT&limit=1000", 1000, 20);
    row("symbol=1000SATSUSDT&limit=1000", 1000, 20);
}

void TestLocalExchange::depthHasEveryLimit()
{
    QFETCH(QString, query);
    QFETCH(int, levels);
    QFETCH(int, weight);
    RestClient rest(m_exchange->restUrl());
    const RestReply reply = rest.get(QStringLiteral("/fapi/v1/depth?") + query);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.usedWeight.toInt(), weight);
    const QJsonObject json = reply.json();
    QVERIFY(json.value(QLatin1String("lastUpdateId")).toInteger() > 0);
    QVERIFY(json.value(QLatin1String("E")).toInteger() > 0);
    QVERIFY(json.value(QLatin1String("T")).toInteger() > 0);
    QCOMPARE(json.value(QLatin1String("bids")).toArray().size(), levels);
    QCOMPARE(json.value(QLatin1String("asks")).toArray().size(), levels);
}

void TestLocalExchange::refusesBadRequests_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code"); // 0: no JSON
    const auto row = [](const char* path, int status, int code) {
        QTest::newRow(path) << QString::fromLatin1(path) << status << code;
    };
    row("/fapi/v1/depth?symbol=NOSUCHUSDT&limit=5", 400, -1121);
    row("/fapi/v1/depth?symbol=btcusdt&limit=5", 400, -1121);
    row("/fapi/v1/depth?limit=5", 400, -1102);
    row("/fapi/v1/depth?symbol=BTCUSDT&limit=7", 400, -4021);
    row("/fapi/v1/depth?symbol=BTCUSDT&limit=many", 400, -4021);
    row("/fapi/v9/depth?symbol=BTCUSDT", 404, 0);
    row("/", 404, 0);
}

void TestLocalExchange::refusesBadRequests()
{
    QFETCH(QString, path);
    QFETCH(int, status);
    QFETCH(int, code);
    RestClient rest(m_exchange->restUrl());
    const RestReply reply = rest.get(path);
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.json().value(QLatin1String("code")).toInt(), code);
    QVERIFY(!reply.usedWeight.isEmpty());
}

// Whatever minute it is: 20 + 20 passes 30 within one of them, and the ban follows for one that goes on.
void TestLocalExchange::refusesOverTheWeightLimit()
{
    LocalExchangeOptions options;
    options.weightLimit = 30;
    LocalExchange exchange(options);
    QVERIFY(exchange.start());
    RestClient rest(exchange.restUrl());
    RestReply reply;
    QList<int> statuses;
    for (int i = 0; i < 40 && reply.status != 418; ++i) {
        reply = rest.depth(QStringLiteral("BTCUSDT"), 1000);
        if (statuses.isEmpty() || statuses.back() != reply.status)
            statuses << reply.status;
        if (reply.status == 429)
            QVERIFY(reply.retryAfter.toInt() >= 1 && reply.retryAfter.toInt() <= 60);
    }
    QCOMPARE(statuses.mid(statuses.size() - 3), QList<int>({200, 429, 418}));
    QCOMPARE(reply.json().value(QLatin1String("code")).toInt(), -1003);
    QVERIFY(reply.retryAfter.toInt() > 60);
}

void TestLocalExchange::exchangeInfoListsTheMarkets()
{
    RestClient rest(m_exchange->restUrl());
    const RestReply reply = rest.get(QStringLiteral("/fapi/v1/exchangeInfo"));
    QCOMPARE(reply.usedWeight.toInt(), 1);
    const QJsonObject json = reply.json();
    QCOMPARE(json.value(QLatin1String("rateLimits"))[0][QLatin1String("limit")].toInt(), 2400);
    const QJsonArray symbols = json.value(QLatin1String("symbols")).toArray();
    QCOMPARE(symbols.size(), 3);
    QCOMPARE(symbols[2][QLatin1String("symbol")].toString(), QStringLiteral("1000SATSUSDT"));
    QCOMPARE(symbols[2][QLatin1String("status")].toString(), QStringLiteral("TRADING"));
    QCOMPARE(symbols[2][QLatin1String("contractType")].toString(), QStringLiteral("PERPETUAL"));
    QCOMPARE(symbols[2][QLatin1String("filters")][0][QLatin1String("tickSize")].toString(),
             QStringLiteral("0.00000001"));
}

void TestLocalExchange::listingStatusEndsAStream()
{
    StreamClient client(
        pathOf(*m_exchange, QStringLiteral("/public/stream?streams=btcusdt@depth@100ms/ethusdt@depth@100ms")));
    AWAIT_WITHIN(!client.eventsOf(QStringLiteral("BTCUSDT")).isEmpty(), waitMs);
    QVERIFY(!m_exchange->setListingStatus(QStringLiteral("NOSUCHUSDT"), QStringLiteral("SETTLING")));
    QVERIFY(m_exchange->setListingStatus(QStringLiteral("BTCUSDT"), QStringLiteral("SETTLING")));
    const qsizetype eth = client.eventsOf(QStringLiteral("ETHUSDT")).size();
    AWAIT_WITHIN(client.eventsOf(QStringLiteral("ETHUSDT")).size() > eth + 1, waitMs);
    client.clear();
    AWAIT_WITHIN(client.eventsOf(QStringLiteral("ETHUSDT")).size() > 4, waitMs);
    QVERIFY(client.eventsOf(QStringLiteral("BTCUSDT")).isEmpty());
}

void TestLocalExchange::portTakenIsAnError()
{
    LocalExchangeOptions options;
    options.port = static_cast<quint16>(m_exchange->wsUrl().port());
    LocalExchange second(options);
    const auto started = second.start();
    QVERIFY(!started);
    QVERIFY2(started.error().contains(QString::number(options.port)), qPrintable(started.error()));
}

void TestLocalExchange::keepsHttpConnectionsAlive()
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(m_exchange->restUrl().port()));
    AWAIT_EQUAL_WITHIN(socket.state(), QAbstractSocket::ConnectedState, waitMs);
    const QByteArray request = "GET /fapi/v1/ping HTTP/1.1\r\nHost: x\r\n\r\n";
    socket.write(request.left(10)); // in two pieces, then two requests at once
    QVERIFY(socket.flush());
    socket.write(request.mid(10) + request);
    QByteArray received;
    AWAIT_WITHIN((received += socket.readAll(), received.count("HTTP/1.1 200 OK") == 2), waitMs);
    socket.write(QByteArray(20'000, 'x'));
    AWAIT_WITHIN((received += socket.readAll(), received.contains("HTTP/1.1 431")), waitMs);
    AWAIT_EQUAL_WITHIN(socket.state(), QAbstractSocket::UnconnectedState, waitMs);
}

QTEST_GUILESS_MAIN(TestLocalExchange)
#include "tst_local_exchange.moc"

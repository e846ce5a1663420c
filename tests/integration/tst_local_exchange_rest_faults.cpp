// Each fault of the local exchange's REST side spoils the answer it says, once, and no other.
#include "localexchange/local_exchange.h"
#include "support/await.h"
#include "support/exchange_client.h"

#include <QElapsedTimer>
#include <QTest>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int waitMs = 30'000;
const QString btc = QStringLiteral("BTCUSDT");
const QString eth = QStringLiteral("ETHUSDT");

Fault faultOf(const char* spec)
{
    return parseFault(QString::fromLatin1(spec)).value();
}

} // namespace

class TestLocalExchangeRestFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void spoilsSnapshots_data();
    void spoilsSnapshots();
    void snapshotLateIsLate();
    void snapshotStaleIsOfThen();
    void snapshotWrongSymbolIsAnothers();
    void snapshotCrossedHasItsSidesExchanged();
    void refusesRequests_data();
    void refusesRequests();

private:
    std::unique_ptr<LocalExchange> m_exchange;
};

void TestLocalExchangeRestFaults::init()
{
    LocalExchangeOptions options;
    options.symbols = QStringList{btc, eth};
    m_exchange = std::make_unique<LocalExchange>(options);
    QVERIFY(m_exchange->start());
}

void TestLocalExchangeRestFaults::cleanup()
{
    m_exchange.reset();
}

void TestLocalExchangeRestFaults::spoilsSnapshots_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isJson");
    QTest::addColumn<int>("levels");
    const auto row = [](const char* spec, int status, bool isJson, int levels) {
        QTest::newRow(spec) << QString::fromLatin1(spec) << status << isJson << levels;
    };
    row("snapshot-fail", 503, true, 0);
    row("snapshot-fail:status=500,symbol=BTCUSDT", 500, true, 0);
    row("snapshot-html", 200, false, 0);
    row("snapshot-truncated", 200, false, 0);
    row("snapshot-empty", 200, true, 0);
    row("snapshot-one-sided", 200, true, 0);
    row("snapshot-unsorted", 200, true, 6);
    row("snapshot-ahead", 200, true, 5);
    row("snapshot-malformed", 200, true, 1);
    row("snapshot-fail:symbol=ETHUSDT", 200, true, 5);
}

void TestLocalExchangeRestFaults::spoilsSnapshots()
{
    QFETCH(QString, spec);
    QFETCH(int, status);
    QFETCH(bool, isJson);
    QFETCH(int, levels);
    m_exchange->inject(parseFault(spec).value());
    RestClient rest(m_exchange->restUrl());
    const RestReply spoiled = rest.depth(btc, 5);
    QCOMPARE(spoiled.status, status);
    QCOMPARE(!spoiled.json().isEmpty(), isJson);
    QCOMPARE(spoiled.json().value(QLatin1String("bids")).toArray().size(), levels);
    QVERIFY(!spoiled.usedWeight.isEmpty());
    QCOMPARE(rest.depth(btc, 5).json().value(QLatin1String("bids")).toArray().size(), 5);
}

void TestLocalExchangeRestFaults::snapshotLateIsLate()
{
    m_exchange->inject(faultOf("snapshot-late:ms=700"));
    RestClient rest(m_exchange->restUrl());
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(rest.depth(btc, 5).status, 200);
    QVERIFY(clock.elapsed() >= 650);
}

void TestLocalExchangeRestFaults::snapshotStaleIsOfThen()
{
    QUrl url = m_exchange->wsUrl();
    url.setQuery(QStringLiteral("streams=btcusdt@depth@100ms"));
    StreamClient client(url);
    AWAIT_WITHIN(!client.events().isEmpty(), waitMs);
    m_exchange->inject(faultOf("snapshot-stale:symbol=BTCUSDT"));
    const qsizetype then = client.events().size();
    AWAIT_WITHIN(client.events().size() > then + 3, waitMs);
    const qint64 now = client.events().back().lastId;
    RestClient rest(m_exchange->restUrl());
    QVERIFY(rest.depth(btc, 1000).json().value(QLatin1String("lastUpdateId")).toInteger() < now);
    QVERIFY(rest.depth(btc, 1000).json().value(QLatin1String("lastUpdateId")).toInteger() >= now);
}

void TestLocalExchangeRestFaults::snapshotWrongSymbolIsAnothers()
{
    RestClient rest(m_exchange->restUrl());
    const auto bids = [&](const QString& symbol) {
        return rest.depth(symbol, 5).json().value(QLatin1String("bids")).toArray();
    };
    const QJsonArray ethBids = bids(eth); // nobody subscribed: the markets stand still
    m_exchange->inject(faultOf("snapshot-wrong-symbol:symbol=BTCUSDT"));
    QCOMPARE(bids(btc), ethBids);
    QVERIFY(bids(btc) != ethBids);
}

void TestLocalExchangeRestFaults::snapshotCrossedHasItsSidesExchanged()
{
    RestClient rest(m_exchange->restUrl());
    const QJsonObject whole = rest.depth(btc, 5).json();
    m_exchange->inject(faultOf("snapshot-crossed"));
    const QJsonObject crossed = rest.depth(btc, 5).json();
    QCOMPARE(crossed.value(QLatin1String("bids")), whole.value(QLatin1String("asks")));
    QCOMPARE(crossed.value(QLatin1String("asks")), whole.value(QLatin1String("bids")));
}

void TestLocalExchangeRestFaults::refusesRequests_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::newRow("429") << QStringLiteral("http-429:ms=2500") << 429 << QByteArray("3");
    QTest::newRow("418") << QStringLiteral("http-418:ms=120000") << 418 << QByteArray("120");
}

void TestLocalExchangeRestFaults::refusesRequests()
{
    QFETCH(QString, spec);
    QFETCH(int, status);
    QFETCH(QByteArray, retryAfter);
    m_exchange->inject(parseFault(spec).value());
    RestClient rest(m_exchange->restUrl());
    const RestReply reply = rest.get(QStringLiteral("/fapi/v1/exchangeInfo"));
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.retryAfter, retryAfter);
    QCOMPARE(reply.json().value(QLatin1String("code")).toInt(), -1003);
    QCOMPARE(rest.get(QStringLiteral("/fapi/v1/exchangeInfo")).status, 200);
}

QTEST_GUILESS_MAIN(TestLocalExchangeRestFaults)
#include "tst_local_exchange_rest_faults.moc"

// Each fault of the local exchange does what it says to what is sent, and nothing to the truth.
#include "localexchange/local_exchange.h"
#include "support/await.h"
#include "support/exchange_client.h"
#include "support/truth.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTemporaryDir>
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

// How each event follows the one before it.
struct ChainCount
{
    int follows = 0;
    int repeats = 0; // u not higher
    int gaps = 0;    // pu higher than the u before
};

ChainCount countChain(const QList<ClientEvent>& events)
{
    ChainCount count;
    for (qsizetype i = 1; i < events.size(); ++i) {
        if (events[i].lastId <= events[i - 1].lastId)
            ++count.repeats;
        else if (events[i].previousLastId > events[i - 1].lastId)
            ++count.gaps;
        else
            ++count.follows;
    }
    return count;
}

} // namespace

class TestLocalExchangeFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void dropMakesAGap();
    void duplicateRepeats();
    void reorderSwapsTwo();
    void delayKeepsTheOrder();
    void malformedReplacesAMessage();
    void oversizePassesTheFrameLimit();
    void stallOfASymbolSparesTheOthers();
    void stallOfAllAnswersPings();
    void cutEndsTheConnections();
    void cutOfASymbolSparesOtherConnections();
    void cutWaitsForItsMessages();
    void halfOpenSaysNothingAnyMore();
    void serverShutdownIsAnEventAndAnEnd();
    void refusesConnectionsForSomeTime();
    void silentAckSendsNoData();
    void refuseSubscribeCarriesOutNothing();
    void noAnswerCarriesItOutAllTheSame();
    void truthDoesNotKnowFaults();
    void controlPathDoesWhatTheMethodsDo();

private:
    QUrl url(const QString& streams) const;
    std::unique_ptr<StreamClient> watch();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LocalExchange> m_exchange;
};

void TestLocalExchangeFaults::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    LocalExchangeOptions options;
    options.symbols = QStringList{btc, eth};
    options.truthFile = m_folder->filePath(QStringLiteral("truth.ndjson"));
    m_exchange = std::make_unique<LocalExchange>(options);
    QVERIFY(m_exchange->start());
}

void TestLocalExchangeFaults::cleanup()
{
    m_exchange.reset();
}

QUrl TestLocalExchangeFaults::url(const QString& streams) const
{
    QUrl url = m_exchange->wsUrl();
    url.setQuery(QStringLiteral("streams=") + streams);
    return url;
}

// A client of both symbols that has had events of both.
std::unique_ptr<StreamClient> TestLocalExchangeFaults::watch()
{
    auto client = std::make_unique<StreamClient>(url(QStringLiteral("btcusdt@depth@100ms/ethusdt@depth@100ms")));
    [&] { AWAIT_WITHIN(!client->eventsOf(btc).isEmpty() && !client->eventsOf(eth).isEmpty(), waitMs); }();
    return client;
}

void TestLocalExchangeFaults::dropMakesAGap()
{
    const auto client = watch();
    m_exchange->inject(faultOf("drop:symbol=BTCUSDT,count=2"));
    AWAIT_EQUAL_WITHIN(countChain(client->eventsOf(btc)).gaps, 1, waitMs);
    QCOMPARE(countChain(client->eventsOf(eth)).gaps, 0);
}

void TestLocalExchangeFaults::duplicateRepeats()
{
    const auto client = watch();
    m_exchange->inject(faultOf("duplicate:symbol=BTCUSDT"));
    AWAIT_EQUAL_WITHIN(countChain(client->eventsOf(btc)).repeats, 1, waitMs);
    QCOMPARE(countChain(client->eventsOf(btc)).gaps, 0);
}

void TestLocalExchangeFaults::reorderSwapsTwo()
{
    const auto client = watch();
    m_exchange->inject(faultOf("reorder:symbol=BTCUSDT"));
    AWAIT_EQUAL_WITHIN(countChain(client->eventsOf(btc)).repeats, 1, waitMs);
    const qsizetype so = client->eventsOf(btc).size();
    AWAIT_WITHIN(client->eventsOf(btc).size() > so + 3, waitMs);
    QList<ClientEvent> sorted = client->eventsOf(btc);
    std::ranges::sort(sorted, {}, &ClientEvent::lastId);
    QCOMPARE(countChain(sorted).follows, sorted.size() - 1); // nothing is missing
}

void TestLocalExchangeFaults::delayKeepsTheOrder()
{
    const auto client = watch();
    QElapsedTimer clock;
    clock.start();
    const qsizetype before = client->eventsOf(btc).size();
    m_exchange->inject(faultOf("delay:symbol=BTCUSDT,ms=1500"));
    AWAIT_WITHIN(client->eventsOf(btc).size() > before + 10, waitMs);
    QVERIFY(clock.elapsed() >= 1'400);
    QCOMPARE(countChain(client->eventsOf(btc)).follows, client->eventsOf(btc).size() - 1);
}

void TestLocalExchangeFaults::malformedReplacesAMessage()
{
    const auto client = watch();
    m_exchange->inject(faultOf("malformed:symbol=BTCUSDT,count=3"));
    const auto malformed = [&] {
        return std::ranges::count_if(client->eventsOf(btc), [](const ClientEvent& event) {
            return event.firstId == 0 || event.data.contains("NaN");
        });
    };
    AWAIT_EQUAL_WITHIN(malformed(), 3, waitMs);
}

void TestLocalExchangeFaults::oversizePassesTheFrameLimit()
{
    constexpr int limit = 4 * 1024 * 1024;
    const auto client = watch();
    m_exchange->inject(faultOf("oversize"));
    AWAIT_WITHIN(client->maxFrameChars() > limit, waitMs);
}

void TestLocalExchangeFaults::stallOfASymbolSparesTheOthers()
{
    const auto client = watch();
    m_exchange->inject(faultOf("stall:symbol=BTCUSDT"));
    const qsizetype so = client->eventsOf(eth).size();
    AWAIT_WITHIN(client->eventsOf(eth).size() > so + 1, waitMs); // what was under way is here
    client->clear();
    AWAIT_WITHIN(client->eventsOf(eth).size() > 6, waitMs);
    QVERIFY(client->eventsOf(btc).isEmpty());
    m_exchange->clearFaults();
    AWAIT_WITHIN(!client->eventsOf(btc).isEmpty(), waitMs);
}

void TestLocalExchangeFaults::stallOfAllAnswersPings()
{
    const auto client = watch();
    m_exchange->inject(faultOf("stall:for_ms=1000"));
    client->ping();
    AWAIT_EQUAL_WITHIN(client->pongs(), 1, waitMs);
    client->clear();
    AWAIT_WITHIN(!client->events().isEmpty(), waitMs);
    QVERIFY(!client->isClosed());
}

void TestLocalExchangeFaults::cutEndsTheConnections()
{
    const auto first = watch();
    const auto second = watch();
    m_exchange->inject(faultOf("cut"));
    AWAIT_WITHIN(first->isClosed() && second->isClosed(), waitMs);
    const auto third = watch(); // once is once
    QVERIFY(!third->isClosed());
}

void TestLocalExchangeFaults::cutOfASymbolSparesOtherConnections()
{
    const auto both = watch();
    StreamClient other(url(QStringLiteral("ethusdt@depth@100ms")));
    AWAIT_WITHIN(!other.events().isEmpty(), waitMs);
    m_exchange->inject(faultOf("cut:symbol=BTCUSDT"));
    AWAIT_WITHIN(both->isClosed(), waitMs);
    other.clear();
    AWAIT_WITHIN(other.events().size() > 3, waitMs);
    QVERIFY(!other.isClosed());
}

void TestLocalExchangeFaults::cutWaitsForItsMessages()
{
    m_exchange->inject(faultOf("cut:symbol=BTCUSDT,after=5"));
    StreamClient client(url(QStringLiteral("btcusdt@depth@100ms")));
    AWAIT_WITHIN(client.isClosed(), waitMs);
    QVERIFY(client.events().size() <= 5);
}

void TestLocalExchangeFaults::halfOpenSaysNothingAnyMore()
{
    const auto client = watch();
    m_exchange->inject(faultOf("half-open"));
    const auto after = watch(); // a new connection is served
    client->clear();
    client->ping();
    after->clear();
    AWAIT_WITHIN(after->events().size() > 10, waitMs);
    QVERIFY(client->events().isEmpty());
    QCOMPARE(client->pongs(), 0);
    QVERIFY(!client->isClosed());
}

void TestLocalExchangeFaults::serverShutdownIsAnEventAndAnEnd()
{
    const auto client = watch();
    m_exchange->inject(faultOf("server-shutdown"));
    AWAIT_EQUAL_WITHIN(client->answers().size(), 1, waitMs);
    QCOMPARE(client->answers().front().value(QLatin1String("e")).toString(), QStringLiteral("serverShutdown"));
    QVERIFY(!client->isClosed());
    AWAIT_WITHIN(client->isClosed(), waitMs);
}

void TestLocalExchangeFaults::refusesConnectionsForSomeTime()
{
    m_exchange->inject(faultOf("refuse-connections:count=2"));
    StreamClient first(m_exchange->wsUrl());
    AWAIT_WITHIN(first.isClosed(), waitMs);
    QVERIFY(!first.isConnected());
    StreamClient second(m_exchange->wsUrl());
    AWAIT_WITHIN(second.isClosed(), waitMs);
    StreamClient third(m_exchange->wsUrl());
    AWAIT_WITHIN(third.isConnected(), waitMs);
}

void TestLocalExchangeFaults::silentAckSendsNoData()
{
    const auto witness = watch();
    m_exchange->inject(faultOf("silent-ack:count=1"));
    StreamClient client(m_exchange->wsUrl());
    AWAIT_WITHIN(client.isConnected(), waitMs);
    client.request(QStringLiteral("SUBSCRIBE"), {QStringLiteral("btcusdt@depth@100ms")}, 1);
    AWAIT_EQUAL_WITHIN(client.answers().size(), 1, waitMs);
    witness->clear();
    AWAIT_WITHIN(witness->events().size() > 8, waitMs);
    QVERIFY(client.events().isEmpty());
}

void TestLocalExchangeFaults::refuseSubscribeCarriesOutNothing()
{
    const auto witness = watch();
    m_exchange->inject(faultOf("refuse-subscribe:symbol=BTCUSDT"));
    StreamClient client(m_exchange->wsUrl());
    AWAIT_WITHIN(client.isConnected(), waitMs);
    const QStringList streams{QStringLiteral("ethusdt@depth@100ms"), QStringLiteral("btcusdt@depth@100ms")};
    client.request(QStringLiteral("SUBSCRIBE"), streams, 9);
    AWAIT_EQUAL_WITHIN(client.answers().size(), 1, waitMs);
    QCOMPARE(client.answers().front().value(QLatin1String("error"))[QLatin1String("code")].toInt(), 2);
    QCOMPARE(client.answers().front().value(QLatin1String("id")).toInt(), 9);
    witness->clear();
    AWAIT_WITHIN(witness->events().size() > 8, waitMs);
    QVERIFY(client.events().isEmpty());
    client.request(QStringLiteral("SUBSCRIBE"), streams, 10);
    AWAIT_WITHIN(!client.eventsOf(btc).isEmpty() && !client.eventsOf(eth).isEmpty(), waitMs);
}

void TestLocalExchangeFaults::noAnswerCarriesItOutAllTheSame()
{
    m_exchange->inject(faultOf("no-answer"));
    StreamClient client(m_exchange->wsUrl());
    AWAIT_WITHIN(client.isConnected(), waitMs);
    client.request(QStringLiteral("SUBSCRIBE"), {QStringLiteral("btcusdt@depth@100ms")}, 1);
    AWAIT_WITHIN(client.events().size() > 2, waitMs);
    QVERIFY(client.answers().isEmpty());
}

// A dropped event's u is in the truth; the next one's pu names it.
void TestLocalExchangeFaults::truthDoesNotKnowFaults()
{
    const auto client = watch();
    m_exchange->inject(faultOf("drop:symbol=BTCUSDT"));
    AWAIT_EQUAL_WITHIN(countChain(client->eventsOf(btc)).gaps, 1, waitMs);
    m_exchange->flushTruth();
    TruthReader truth;
    QVERIFY(truth.load(m_folder->filePath(QStringLiteral("truth.ndjson"))));
    for (const ClientEvent& event : client->eventsOf(btc).mid(1)) {
        QVERIFY(truth.topAt(btc, event.lastId));
        QVERIFY(truth.topAt(btc, event.previousLastId));
    }
}

void TestLocalExchangeFaults::controlPathDoesWhatTheMethodsDo()
{
    const auto client = watch();
    RestClient rest(m_exchange->restUrl());
    QCOMPARE(rest.get(QStringLiteral("/control/fault?spec=nonsense")).status, 400);
    QCOMPARE(rest.get(QStringLiteral("/control/fault?spec=drop:symbol%3DBTCUSDT")).status, 200);
    AWAIT_EQUAL_WITHIN(countChain(client->eventsOf(btc)).gaps, 1, waitMs);
    const QJsonObject state = rest.get(QStringLiteral("/control/state")).json();
    QCOMPARE(state.value(QLatin1String("connections")).toInt(), 1);
    QCOMPARE(state.value(QLatin1String("faultHits")).toInt(), 1);
    QCOMPARE(rest.get(QStringLiteral("/control/fault?clear=1")).status, 200);
    QCOMPARE(rest.get(QStringLiteral("/control/listing?symbol=ETHUSDT&status=SETTLING")).status, 200);
    QCOMPARE(rest.get(QStringLiteral("/control/listing?symbol=NOSUCH&status=SETTLING")).status, 404);
    const QJsonObject truth = rest.get(QStringLiteral("/control/truth?symbol=BTCUSDT")).json();
    QCOMPARE(truth.value(QLatin1String("b")).toArray().size(), 10);
    QVERIFY(truth.value(QLatin1String("u")).toInteger() > 0);
    QCOMPARE(rest.get(QStringLiteral("/control/sync")).status, 200);
    QCOMPARE(rest.get(QStringLiteral("/control/other")).status, 404);
}

QTEST_GUILESS_MAIN(TestLocalExchangeFaults)
#include "tst_local_exchange_faults.moc"

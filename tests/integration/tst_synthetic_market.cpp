// The synthetic markets: what a client sees of them looks like a market, and a seed reproduces it.
#include "localexchange/local_exchange.h"
#include "support/await.h"
#include "support/exchange_client.h"
#include "support/truth.h"

#include <QTest>

#include <climits>
#include <map>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int waitMs = 60'000;

QUrl streamsUrl(const LocalExchange& exchange, const QString& suffix)
{
    QStringList names;
    for (const QString& symbol : exchange.symbols())
        names << symbol.toLower() + suffix;
    QUrl url = exchange.wsUrl();
    url.setQuery(QStringLiteral("streams=") + names.join(QLatin1Char('/')));
    return url;
}

} // namespace

class TestSyntheticMarket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void eachSpeedIsItsOwnChain();
    void seedReproducesTheMarket();
    void idsGoOnRisingAfterARestart();
    void looksLikeAMarket();
    void quietSymbolIsQuiet();
    void busyMarketsChangeInEveryInterval();
    void standsStillAtItsLastEvents();

private:
    void start(LocalExchangeOptions options);
    std::map<QString, QJsonObject> snapshots(int limit = 1000);

    std::unique_ptr<LocalExchange> m_exchange;
};

void TestSyntheticMarket::cleanup()
{
    m_exchange.reset();
}

void TestSyntheticMarket::start(LocalExchangeOptions options)
{
    options.weightLimit = 1'000'000;
    m_exchange = std::make_unique<LocalExchange>(options);
    const auto started = m_exchange->start();
    QVERIFY2(started, started ? "" : qPrintable(started.error()));
}

std::map<QString, QJsonObject> TestSyntheticMarket::snapshots(int limit)
{
    RestClient rest(m_exchange->restUrl());
    std::map<QString, QJsonObject> answers;
    for (const QString& symbol : m_exchange->symbols())
        answers[symbol] = rest.depth(symbol, limit).json();
    return answers;
}

void TestSyntheticMarket::eachSpeedIsItsOwnChain()
{
    LocalExchangeOptions options;
    options.symbols = QStringList{QStringLiteral("BTCUSDT")};
    start(options);
    StreamClient fast(streamsUrl(*m_exchange, QStringLiteral("@depth@100ms")));
    StreamClient normal(streamsUrl(*m_exchange, QStringLiteral("@depth")));
    StreamClient slow(streamsUrl(*m_exchange, QStringLiteral("@depth@500ms")));
    AWAIT_WITHIN(slow.events().size() >= 4, waitMs);

    for (const StreamClient* client : {&fast, &normal, &slow}) {
        const QList<ClientEvent>& events = client->events();
        for (qsizetype i = 1; i < events.size(); ++i) {
            QCOMPARE(events[i].previousLastId, events[i - 1].lastId);
            QVERIFY(events[i].firstId > events[i].previousLastId + 1); // the spot rule never holds
            QVERIFY(events[i].lastId >= events[i].firstId);
        }
    }
    QVERIFY(fast.events().size() > 3 * slow.events().size());
    QVERIFY(normal.events().size() > slow.events().size());
}

void TestSyntheticMarket::seedReproducesTheMarket()
{
    constexpr int eventCount = 12;
    const auto play = [this](quint64 seed) {
        LocalExchangeOptions options;
        options.symbols = QStringList{QStringLiteral("SOLUSDT")};
        options.seed = seed;
        start(options);
        StreamClient client(streamsUrl(*m_exchange, QStringLiteral("@depth@100ms")));
        [&] { AWAIT_WITHIN(client.events().size() >= eventCount, waitMs); }();
        QList<QPair<QJsonArray, QJsonArray>> changes;
        for (const ClientEvent& event : client.events().mid(0, eventCount))
            changes.append({event.bids, event.asks});
        return changes;
    };
    const auto first = play(5);
    QCOMPARE(play(5), first);
    QVERIFY(play(6) != first);
}

void TestSyntheticMarket::idsGoOnRisingAfterARestart()
{
    LocalExchangeOptions options;
    start(options);
    StreamClient client(streamsUrl(*m_exchange, QStringLiteral("@depth@100ms")));
    AWAIT_WITHIN(client.events().size() > 60, waitMs);
    const auto before = snapshots(5);
    start(options);
    for (const auto& [symbol, book] : snapshots(5)) {
        const QString id = QStringLiteral("lastUpdateId");
        QVERIFY(book.value(id).toInteger() > before.at(symbol).value(id).toInteger());
    }
}

void TestSyntheticMarket::looksLikeAMarket()
{
    LocalExchangeOptions options;
    options.symbols = QStringList{QStringLiteral("BTCUSDT")};
    start(options);
    StreamClient client(streamsUrl(*m_exchange, QStringLiteral("@depth")));
    AWAIT_WITHIN(client.events().size() >= 12, waitMs);
    qint64 levels = 0;
    int removals = 0;
    for (const ClientEvent& event : client.events()) {
        levels += event.bids.size() + event.asks.size();
        for (const auto& [price, quantity] : toTextLevels(event.bids))
            removals += quantity == QLatin1String("0.000") ? 1 : 0;
    }
    const qint64 average = levels / client.events().size();
    QVERIFY2(average >= 10 && average <= 120, qPrintable(QString::number(average)));
    QVERIFY(removals > 0);

    const QJsonObject book = snapshots().at(QStringLiteral("BTCUSDT"));
    const TextLevels bids = toTextLevels(book.value(QLatin1String("bids")).toArray());
    const TextLevels asks = toTextLevels(book.value(QLatin1String("asks")).toArray());
    QCOMPARE(bids.size(), std::size_t{1000});
    QCOMPARE(asks.size(), std::size_t{1000});
    QVERIFY(bids.front().first.toDouble() < asks.front().first.toDouble());
    QVERIFY(asks.front().first.toDouble() - bids.front().first.toDouble() < 5.0);
    for (std::size_t i = 1; i < bids.size(); ++i) {
        QVERIFY(bids[i].first.toDouble() < bids[i - 1].first.toDouble());
        QVERIFY(asks[i].first.toDouble() > asks[i - 1].first.toDouble());
    }
}

// Of 60 generated markets some push nothing while others push many times.
void TestSyntheticMarket::quietSymbolIsQuiet()
{
    LocalExchangeOptions options;
    options.symbols = syntheticSymbols(67).mid(7);
    start(options);
    StreamClient client(streamsUrl(*m_exchange, QStringLiteral("@depth@100ms")));
    const auto mostEvents = [&] {
        std::map<QString, int> counts;
        for (const ClientEvent& event : client.events())
            ++counts[event.symbol];
        int most = 0;
        for (const auto& [symbol, count] : counts)
            most = std::max(most, count);
        return std::pair(most, static_cast<qsizetype>(counts.size()));
    };
    AWAIT_WITHIN(mostEvents().first > 12, waitMs);
    QVERIFY(mostEvents().second < options.symbols.size());
}

// Over the same time all have sent the same number, those that are quiet otherwise included.
void TestSyntheticMarket::busyMarketsChangeInEveryInterval()
{
    LocalExchangeOptions options;
    options.symbols = syntheticSymbols(60);
    options.busy = true;
    start(options);
    StreamClient client(streamsUrl(*m_exchange, QStringLiteral("@depth@100ms")));
    const auto counts = [&] {
        std::map<QString, int> bySymbol;
        for (const QString& symbol : m_exchange->symbols())
            bySymbol[symbol] = 0;
        for (const ClientEvent& event : client.events())
            ++bySymbol[event.symbol];
        return bySymbol;
    };
    AWAIT_WITHIN(client.events().size() > 1'000, waitMs);
    int least = INT_MAX;
    int most = 0;
    for (const auto& [symbol, count] : counts()) {
        least = std::min(least, count);
        most = std::max(most, count);
    }
    QVERIFY2(most - least <= 1, qPrintable(QStringLiteral("%1 to %2").arg(least).arg(most)));
}

void TestSyntheticMarket::standsStillAtItsLastEvents()
{
    LocalExchangeOptions options;
    start(options);
    StreamClient client(streamsUrl(*m_exchange, QStringLiteral("@depth@500ms")));
    AWAIT_WITHIN(client.events().size() > 12, waitMs);
    QCOMPARE(RestClient(m_exchange->restUrl()).get(QStringLiteral("/control/still")).status, 200);
    const auto books = snapshots(5);
    const auto isAt = [&](const QString& symbol, qint64 id) {
        const QList<ClientEvent> events = client.eventsOf(symbol);
        return !events.isEmpty() && events.last().lastId == id;
    };
    for (const auto& [symbol, book] : books)
        AWAIT_WITHIN(isAt(symbol, book.value(QLatin1String("lastUpdateId")).toInteger()), waitMs);
    for (const auto& [symbol, book] : snapshots(5))
        QCOMPARE(book.value(QLatin1String("lastUpdateId")), books.at(symbol).value(QLatin1String("lastUpdateId")));
}

QTEST_GUILESS_MAIN(TestSyntheticMarket)
#include "tst_synthetic_market.moc"

// What a depth inspector is made of: reasons in words, chart, samples of spread and imbalance, axes, latencies.
#include "support/make_depth.h"
#include "ui/inspector/axis.h"
#include "ui/inspector/depth_chart.h"
#include "ui/inspector/hop_latencies.h"
#include "ui/inspector/redis_panel.h"
#include "ui/inspector/spread_history.h"

#include <QTest>

using namespace obm;
using namespace obm::test;

class InspectorPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhyRedisIsBlank_data();
    void saysWhyRedisIsBlank();
    void chartTellsPriceAndSum();
    void spreadIsSampled();
    void ticksAreRound();
    void hopsAreMeasured();
};

void InspectorPartsTest::saysWhyRedisIsBlank_data()
{
    QTest::addColumn<std::shared_ptr<RedisBook>>("book");
    QTest::addColumn<QString>("noLocalBook");
    QTest::addColumn<QString>("verdict");
    const auto filled = std::make_shared<RedisBook>();
    filled->isCompared = true;
    auto unknown = std::make_shared<RedisBook>(*filled);
    unknown->isCompared = false;
    auto away = std::make_shared<RedisBook>();
    away->error = "Redis is away: connection refused";
    QTest::newRow("not read") << std::shared_ptr<RedisBook>() << QString() << QStringLiteral("not read yet");
    QTest::newRow("away") << away << QString() << QStringLiteral("Redis is away: connection refused");
    QTest::newRow("viewer") << filled << QStringLiteral("books are kept elsewhere")
                            << QStringLiteral("nothing to compare with: books are kept elsewhere");
    QTest::newRow("u not known") << unknown << QString()
                                 << QStringLiteral("not compared: the local book of this u is not known (any more)");
}

void InspectorPartsTest::saysWhyRedisIsBlank()
{
    QFETCH(std::shared_ptr<RedisBook>, book);
    QFETCH(QString, noLocalBook);
    QTEST(verdictOf(book.get(), noLocalBook), "verdict");
}

void InspectorPartsTest::chartTellsPriceAndSum()
{
    DepthChart chart(makeTheme(true, false));
    chart.resize(800, 300);
    QCOMPARE(chart.wordsAt(100), QString());
    LadderSide bids(BookSide::Bid);
    LadderSide asks(BookSide::Ask);
    bids.assign(levels({{"99", "1"}, {"90", "2"}, {"80", "4"}}), LadderUnits::Base);
    asks.assign(levels({{"101", "8"}, {"120", "16"}}), LadderUnits::Base);
    chart.setSides(bids, asks, LadderUnits::Base);
    const auto contains = [&](const QString& text) {
        for (int x = 0; x < chart.width(); ++x) {
            if (chart.wordsAt(x).contains(text))
                return true;
        }
        return false;
    };
    QVERIFY(contains(QStringLiteral("85: 3 on the bids, 15.")));
    QVERIFY(contains(QStringLiteral("110: 8 on the asks, 10.")));
    QVERIFY(!contains(QStringLiteral("100: ")));
}

void InspectorPartsTest::spreadIsSampled()
{
    BookView book;
    book.state = SyncState::Live;
    book.bids = levels({{"99", "3"}});
    book.asks = levels({{"101", "1"}});
    SpreadHistory history;
    QVERIFY(history.add(book, 1000));
    QVERIFY(!history.add(book, 1000 + SpreadHistory::stepMs - 1));
    QVERIFY(history.add(book, 1000 + SpreadHistory::stepMs));
    QCOMPARE(history.points().back().spreadBasisPoints, 200.0);
    QCOMPARE(history.points().back().imbalance, 0.5);
    book.state = SyncState::Buffering;
    QVERIFY(!history.add(book, 100'000));
    book.state = SyncState::Live;
    QVERIFY(history.add(book, 1001 + SpreadHistory::keptMs));
    QCOMPARE(history.points().size(), 2u); // the oldest has gone
}

void InspectorPartsTest::ticksAreRound()
{
    QCOMPARE(roundTicks(0, 10, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
    QCOMPARE(roundTicks(63, 97, 4), (std::vector<double>{70, 80, 90}));
    QVERIFY(roundTicks(1, 1, 4).empty());
    QVERIFY(roundTicks(2, 1, 4).empty());
}

void InspectorPartsTest::hopsAreMeasured()
{
    HopMeter meter;
    QVERIFY(!meter.latencies().bookMs);
    BookView book;
    book.lastId = 7;
    book.eventTimeMs = 1000;
    book.receivedMs = 1030;
    book.appliedMs = 1036;
    book.bookHopUs = 500;
    meter.seeBook(book);
    QCOMPARE(meter.latencies().exchangeMs, 30.0);
    QCOMPARE(meter.latencies().kafkaMs, 5.5);
    QCOMPARE(meter.latencies().bookMs, 0.5);
    meter.seeStore({.symbol = "BTCUSDT", .writes = 1, .lastId = 6, .lastWriteEpochMs = 1040}); // of an event not seen
    QVERIFY(!meter.latencies().redisMs);
    meter.seeStore({.symbol = "BTCUSDT", .writes = 2, .lastId = 7, .lastWriteEpochMs = 1040});
    QCOMPARE(meter.latencies().redisMs, 4.0);
}

QTEST_MAIN(InspectorPartsTest)
#include "tst_inspector_parts.moc"

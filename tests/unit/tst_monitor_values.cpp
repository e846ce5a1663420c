// The small values of the monitor: series, latencies of the last seconds, durations, and what Redis holds.
#include "monitor/duration_text.h"
#include "monitor/latency_window.h"
#include "monitor/redis_field.h"
#include "monitor/time_series.h"
#include "pipeline/book_board.h"
#include "support/std_string.h"

#include <QtTest>

using namespace obm;

class TestMonitorValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysDurations_data();
    void saysDurations();
    void seriesKeepTheLastOfASecondAndTheHighestOfTen();
    void seriesAreBoundedInTime();
    void latenciesAreOfTheLastSeconds();
    void readsTheLiveField_data();
    void readsTheLiveField();
    void readsTheStatusKey();
    void findsRowsThatDiffer();
    void boardKeepsTheNewestTops();
};

void TestMonitorValues::saysDurations_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<std::string>("text");
    QTest::newRow("below zero") << qint64(-5) << std::string("0.0 s");
    QTest::newRow("tenths") << qint64(430) << std::string("0.4 s");
    QTest::newRow("seconds") << qint64(3'999) << std::string("3 s");
    QTest::newRow("minutes") << qint64(125'000) << std::string("2 min 5 s");
    QTest::newRow("hours") << qint64(11'400'000) << std::string("3 h 10 min");
}

void TestMonitorValues::saysDurations()
{
    QFETCH(qint64, ms);
    QTEST(durationText(ms), "text");
}

void TestMonitorValues::seriesKeepTheLastOfASecondAndTheHighestOfTen()
{
    TimeSeries series;
    series.add(1'000'000, 5);
    series.add(1'000'250, 9);
    series.add(1'000'500, 7);
    series.add(1'003'000, 1);
    const auto fine = series.points(Window::FiveMinutes);
    QCOMPARE(fine.size(), std::size_t(2)); // and a hole between them
    QCOMPARE(fine[0].value, 7.0);
    QCOMPARE(fine[1].epochMs, std::int64_t(1'003'000));
    const auto coarse = series.points(Window::OneHour);
    QCOMPARE(coarse.size(), std::size_t(1));
    QCOMPARE(coarse[0].value, 9.0);
    series.add(900'000, 3); // a clock that was set back is waited for
    QCOMPARE(series.points(Window::FiveMinutes).size(), std::size_t(2));
}

void TestMonitorValues::seriesAreBoundedInTime()
{
    TimeSeries series;
    for (std::int64_t second = 0; second < 5'000; ++second)
        series.add(second * 1'000, 1);
    QCOMPARE(series.points(Window::FiveMinutes).size(), TimeSeries::fineMax);
    QCOMPARE(series.points(Window::OneHour).size(), TimeSeries::coarseMax);
    series.add(6'000'000, 1); // everything before is too old
    QCOMPARE(series.points(Window::FiveMinutes).size(), std::size_t(1));
}

void TestMonitorValues::latenciesAreOfTheLastSeconds()
{
    LatencyHistogram total;
    total.record(900'000);
    LatencyWindow window;
    window.sample(total, 0);
    QVERIFY(!window.recent());
    total.record(2'000);
    window.sample(total, 250);
    QVERIFY(window.recent()->p99Ms < 2.1);
    for (int second = 1; second < 10; ++second)
        window.sample(total, second * 1'000);
    QVERIFY(!window.recent());
    window.sample({}, 10'000); // its owner began anew
    QVERIFY(!window.recent());
}

void TestMonitorValues::readsTheLiveField_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<bool>("isBook");
    QTest::newRow("book") << std::string(R"({"s":"A","b":[["1.10","2"]],"a":[],"u":4984028370730})") << true;
    QTest::newRow("no u") << std::string(R"({"s":"A","b":[],"a":[]})") << false;
    QTest::newRow("u is a text") << std::string(R"({"b":[],"a":[],"u":"7"})") << false;
    QTest::newRow("no sides") << std::string(R"({"u":7})") << false;
    QTest::newRow("no JSON") << std::string("hello") << false;
    QTest::newRow("nothing") << std::string() << false;
}

void TestMonitorValues::readsTheLiveField()
{
    QFETCH(std::string, json);
    QFETCH(bool, isBook);
    const auto field = parseLiveField(json);
    QCOMPARE(field.has_value(), isBook);
    if (!field)
        return;
    QCOMPARE(field->lastId, std::int64_t(4984028370730));
    QVERIFY(field->bids == (std::vector<TextLevel>{{"1.10", "2"}}));
}

void TestMonitorValues::readsTheStatusKey()
{
    const auto status = parseStatusField(R"({"state":"live","u":7,"ageMs":12,"gaps":0,"resyncs":1,"owner":"h:1:2",)"
                                         R"("updatedAt":"1970-01-01T00:00:02.500Z"})");
    QVERIFY(status);
    QCOMPARE(status->state, std::string("live"));
    QCOMPARE(status->owner, std::string("h:1:2"));
    QCOMPARE(status->lastId, std::int64_t(7));
    QCOMPARE(status->ageMs, std::int64_t(12));
    QCOMPARE(status->updatedAtMs, std::int64_t(2'500));
    QVERIFY(!parseStatusField("[]"));
}

void TestMonitorValues::findsRowsThatDiffer()
{
    const LiveField local{.lastId = 7, .bids = {{"2", "1"}, {"1", "5"}}, .asks = {{"3", "1"}}};
    RedisBook redis;
    redis.bids = {{"2", "1"}, {"1", "4"}};
    QCOMPARE(differingRows(local, redis).size(), std::size_t(2));
    const DifferingRow bid = differingRows(local, redis)[0];
    QVERIFY(bid.isBid && bid.row == 1);
    QVERIFY(bid.local == (TextLevel{"1", "5"}) && bid.redis == (TextLevel{"1", "4"}));
    const DifferingRow ask = differingRows(local, redis)[1];
    QVERIFY(!ask.isBid && ask.row == 0 && ask.redis == TextLevel());
    redis.bids = local.bids;
    redis.asks = local.asks;
    QVERIFY(differingRows(local, redis).empty());
}

void TestMonitorValues::boardKeepsTheNewestTops()
{
    BookBoard board;
    const auto keep = [&](std::int64_t lastId) {
        BookText text;
        text.symbol = "BTCUSDT";
        text.lastId = lastId;
        text.json = std::to_string(lastId);
        board.keepTop(text);
    };
    keep(1);
    QVERIFY(!board.top("BTCUSDT", 1)); // nobody looks
    board.watch({{"BTCUSDT", 10}});
    const auto kept = static_cast<std::int64_t>(BookBoard::topsKept);
    for (std::int64_t id = 1; id <= kept + 1; ++id)
        keep(id);
    QVERIFY(!board.top("BTCUSDT", 1));
    QCOMPARE(board.top("BTCUSDT", 2)->json, std::string("2"));
    QVERIFY(board.top("BTCUSDT", kept + 1));
    board.watch({});
    QVERIFY(!board.top("BTCUSDT", 2));
}

QTEST_GUILESS_MAIN(TestMonitorValues)
#include "tst_monitor_values.moc"

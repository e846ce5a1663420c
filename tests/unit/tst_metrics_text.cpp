// The metrics of another process: read strictly, and turned into what its own window would show of it.
#include "pipeline/pipeline_metrics.h"
#include "support/make_status.h"
#include "support/std_string.h"
#include "viewer/metrics_text.h"
#include "viewer/told_histogram.h"
#include "viewer/told_status.h"

#include <prometheus/text_serializer.h>

#include <QTest>

#include <cmath>

using namespace obm;
using obm::test::StageStatuses;

namespace {

std::vector<MetricSample> toldBy(const PipelineStatus& status)
{
    return parseMetrics(prometheus::TextSerializer().Serialize(metricsOf(status))).value();
}

} // namespace

class TestMetricsText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsSamples();
    void refuses_data();
    void refuses();
    void countsOnlyCounts();
    void tellsOfTheFeed();
    void tellsOfTheBooks();
    void tellsOfTheStore();
    void knowsWhatIsNotTold();
    void spreadsABucketSoThatNothingFalls();
};

void TestMetricsText::readsSamples()
{
    const auto samples = parseMetrics("# HELP a b\n# TYPE a counter\na 1\nb{} 2.5 123\n\n"
                                      "c{x=\"q\\\"u\\\\o\\nte\",y=\"2\",} +Inf\nd{le=\"+Inf\"} NaN\ne -1e3");
    QVERIFY2(samples, samples ? "" : samples.error().c_str());
    QCOMPARE(samples->size(), std::size_t(5));
    QCOMPARE(metricOr(*samples, "a"), 1.0);
    QCOMPARE(metricOr(*samples, "b"), 2.5);
    QCOMPARE(*(*samples)[2].label("x"), std::string("q\"u\\o\nte"));
    QVERIFY(std::isinf(metricOr(*samples, "c", 0, {"y", "2"})));
    QVERIFY(std::isnan((*samples)[3].value));
    QCOMPARE(metricOr(*samples, "e"), -1000.0);
    QCOMPARE(metricOr(*samples, "c", 7, {"y", "3"}), 7.0);
    QCOMPARE(metricOr(*samples, "absent", -1), -1.0);
    QVERIFY(!(*samples)[0].label("x"));
}

void TestMetricsText::refuses_data()
{
    QTest::addColumn<QString>("line");
    for (const char* line : {"a",           "a ",        "a x",         "1a 1",           "a 1 x",
                             "a 1 2 3",     "a{ 1",      "a{x} 1",      "a{x=1} 1",       "a{x=\"} 1",
                             "a{x=\"",      "a{x=\"1\"", "a{x=\"1\" 1", "a{x=\"\\t\"} 1", "a{x=\"1\",x=\"2\"} 1",
                             "a{x=\"1\"}1", "<html>",    "a  1",        " a 1",           "a 1\r"})
        QTest::newRow(line) << QString::fromLatin1(line);
}

void TestMetricsText::refuses()
{
    QFETCH(QString, line);
    const auto samples = parseMetrics("good 1\n" + line.toStdString() + "\n");
    QVERIFY(!samples);
    QCOMPARE(samples.error(), std::string("line 2 is no metric"));
}

void TestMetricsText::countsOnlyCounts()
{
    QCOMPARE(countOf(3.0), std::uint64_t(3));
    QCOMPARE(countOf(-1.0), std::uint64_t(0));
    QCOMPARE(countOf(std::nan("")), std::uint64_t(0));
    QVERIFY(countOf(INFINITY) < std::uint64_t(1) << 60);
}

void TestMetricsText::tellsOfTheFeed()
{
    StageStatuses made;
    made.feed.stream.counters.messages = 1234;
    made.feed.stream.connections.resize(2);
    made.feed.stream.connections[1].number = 2;
    made.feed.stream.connections[1].state = StreamState::Subscribing;
    made.feed.producer.delivered = 1200;
    made.feed.producer.queueFull = 3;
    made.feed.producer.inFlight = 9;
    made.feed.producer.ackLatency.record(5'000);
    const ToldStatus told = toldStatus(toldBy(made.all()));
    QVERIFY(told.hasFeed);
    QCOMPARE(told.feed.stream.counters.messages, std::uint64_t(1234));
    QCOMPARE(told.feed.stream.connections.size(), std::size_t(2));
    QVERIFY(told.feed.stream.connections[0].state == StreamState::Delivering);
    QVERIFY(told.feed.stream.connections[1].state == StreamState::Subscribing);
    QCOMPARE(told.feed.stream.connections[1].number, 2);
    QVERIFY(told.feed.producer.broker.isUp());
    QCOMPARE(told.feed.producer.delivered, std::uint64_t(1200));
    QCOMPARE(told.feed.producer.queueFull, std::uint64_t(3));
    QCOMPARE(told.feed.producer.inFlight, std::int64_t(9));
    QCOMPARE(told.feed.producer.ackLatency.count(), std::uint64_t(1));
}

void TestMetricsText::tellsOfTheBooks()
{
    StageStatuses made;
    made.book.set.books[0].events = 55;
    made.book.set.books[0].lastAudit = {.compared = 2'000, .equal = 1'999};
    made.book.set.books[0].auditAgeMs = 61'500;
    made.book.snapshots.ownWeightUsed = 40;
    made.book.snapshots.weightPerMinute = 1200;
    made.book.snapshots.ipWeightUsed = 90;
    made.book.snapshots.ipWeightLimit = 2400;
    made.book.snapshots.failed[static_cast<std::size_t>(SnapshotFault::Banned)] = 2;
    for (int us = 1; us <= 1000; ++us)
        made.book.set.counters.kafkaHop.record(us * 10);
    const ToldStatus told = toldStatus(toldBy(made.all()));
    const BookRow& row = told.books.at("BTCUSDT");
    QCOMPARE(row.events, std::uint64_t(55));
    QCOMPARE(row.lastAudit->match(), 9'995);
    QCOMPARE(row.auditAgeMs, std::int64_t(61'500));
    QCOMPARE(told.book.snapshots.ownWeightUsed, 40);
    QCOMPARE(told.book.snapshots.weightPerMinute, 1200);
    QCOMPARE(told.book.snapshots.ipWeightUsed, 90);
    QCOMPARE(told.book.snapshots.ipWeightLimit, 2400);
    QCOMPARE(told.book.snapshots.failed[static_cast<std::size_t>(SnapshotFault::Banned)], std::uint64_t(2));
    const LatencyHistogram& hop = told.book.set.counters.kafkaHop;
    QCOMPARE(hop.count(), std::uint64_t(1000));
    QVERIFY2(std::abs(hop.p50() - 5'000) < 1'000, std::to_string(hop.p50()).c_str());
    QVERIFY2(std::abs(hop.p99() - 9'900) < 3'000, std::to_string(hop.p99()).c_str()); // its bucket ends at 12.8 ms
}

void TestMetricsText::tellsOfTheStore()
{
    StageStatuses made;
    made.store.redis.writes[0] = {.written = 77, .notOwner = 2};
    made.store.redis.writes[1] = {.written = 7, .notOwner = 1};
    made.store.rows = {{.symbol = "BTCUSDT", .writes = 70}};
    const ToldStatus told = toldStatus(toldBy(made.all()));
    QCOMPARE(told.store.redis.writes[0].written, std::uint64_t(77));
    QCOMPARE(told.store.redis.writes[1].written, std::uint64_t(7));
    QCOMPARE(told.store.redis.writes[0].notOwner, std::uint64_t(3));
    QCOMPARE(told.store.rows.size(), std::size_t(1));
    QCOMPARE(told.store.rows[0].symbol, std::string("BTCUSDT"));
    QCOMPARE(told.store.rows[0].writes, std::uint64_t(70));
}

void TestMetricsText::knowsWhatIsNotTold()
{
    QVERIFY(!toldStatus(toldBy(StageStatuses().handler())).hasFeed);
    const ToldStatus none = toldStatus({});
    QVERIFY(!none.hasFeed);
    QCOMPARE(none.book.set.counters.kafkaHop.count(), std::uint64_t(0));
    QCOMPARE(toldHistogram(parseMetrics("a_count 5\n").value(), "a").count(), std::uint64_t(0)); // nobody says how late
}

void TestMetricsText::spreadsABucketSoThatNothingFalls()
{
    LatencyHistogram before;
    for (std::uint64_t count = 1; count < 100; ++count) {
        LatencyHistogram now;
        now.recordWithin(100, 200, count);
        QCOMPARE(now.count(), count);
        QCOMPARE(now.since(before).count(), std::uint64_t(1));
        QVERIFY(now.maxUs() <= 200);
        before = now;
    }
}

QTEST_GUILESS_MAIN(TestMetricsText)
#include "tst_metrics_text.moc"

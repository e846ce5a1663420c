// Against the sorted list of the same values; and the rate and the metric families beside it.
#include "metrics/latency_histogram.h"
#include "metrics/metric_family.h"
#include "metrics/rate.h"
#include "support/std_string.h"

#include <prometheus/text_serializer.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

using namespace obm;

namespace {

using Values = std::vector<std::int64_t>;
using Draw = std::function<std::int64_t(std::mt19937_64&)>;

constexpr double relativeError = 1.0 / (1 << LatencyHistogram::linearBits);

LatencyHistogram histogramOf(const Values& values)
{
    LatencyHistogram histogram;
    for (const std::int64_t value : values)
        histogram.record(value);
    return histogram;
}

std::int64_t exactQuantile(Values values, double quantile)
{
    std::ranges::sort(values);
    const auto rank = static_cast<std::size_t>(std::ceil(quantile * static_cast<double>(values.size())));
    return values[std::max<std::size_t>(rank, 1) - 1];
}

} // namespace

Q_DECLARE_METATYPE(Draw)

class tst_LatencyHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNothingAtFirst();
    void followsTheSortedValues_data();
    void followsTheSortedValues();
    void holdsEdgesExactly();
    void keepsTheExtremes();
    void mergesAsIfRecordedTogether();
    void tellsWhatCameSince();
    void tellsPrometheusExactCounts();
    void countsEventsPerSecond();
    void startsTheRateAnewWithItsCounter();
    void makesFamilies();
};

void tst_LatencyHistogram::isNothingAtFirst()
{
    const LatencyHistogram histogram;
    QCOMPARE(histogram.count(), std::uint64_t{0});
    QCOMPARE(histogram.p50(), std::int64_t{0});
    QCOMPARE(histogram.p999(), std::int64_t{0});
    QCOMPARE(histogram.maxUs(), std::int64_t{0});
}

void tst_LatencyHistogram::followsTheSortedValues_data()
{
    QTest::addColumn<Draw>("draw");
    QTest::newRow("one value") << Draw([](std::mt19937_64&) { return 777; });
    QTest::newRow("few microseconds") << Draw(
        [](std::mt19937_64& random) { return std::uniform_int_distribution<std::int64_t>(0, 70)(random); });
    QTest::newRow("even") << Draw(
        [](std::mt19937_64& random) { return std::uniform_int_distribution<std::int64_t>(0, 60'000'000)(random); });
    QTest::newRow("long tail") << Draw([](std::mt19937_64& random) {
        return static_cast<std::int64_t>(std::lognormal_distribution<double>(6.0, 2.0)(random));
    });
}

void tst_LatencyHistogram::followsTheSortedValues()
{
    QFETCH(Draw, draw);
    const auto seed = std::random_device()();
    std::mt19937_64 random(seed);
    Values values(20'000);
    std::ranges::generate(values, [&] { return draw(random); });
    const LatencyHistogram histogram = histogramOf(values);
    for (const double quantile : {0.0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1.0}) {
        const std::int64_t exact = exactQuantile(values, quantile);
        const std::int64_t told = histogram.quantileUs(quantile);
        const auto most = static_cast<std::int64_t>(static_cast<double>(exact) * (1.0 + relativeError)) + 1;
        QVERIFY2(
            told >= exact && told <= most,
            qPrintable(QStringLiteral("seed %1, quantile %2: %3 for %4").arg(seed).arg(quantile).arg(told).arg(exact)));
    }
    QCOMPARE(histogram.quantileUs(1.0), *std::ranges::max_element(values));
}

void tst_LatencyHistogram::holdsEdgesExactly()
{
    // A value on a bound of Prometheus belongs below it (le), the next one does not.
    for (int i = 0; i < 20; ++i) {
        const std::int64_t bound = std::int64_t{100} << i;
        const LatencyHistogram histogram = histogramOf({bound, bound + 1});
        QCOMPARE(histogram.countUpTo(bound), std::uint64_t{1});
        QCOMPARE(histogram.countUpTo(bound * 2), std::uint64_t{2});
        QCOMPARE(histogram.countUpTo(bound / 2), std::uint64_t{0});
    }
}

void tst_LatencyHistogram::keepsTheExtremes()
{
    const std::int64_t hour = 3'600'000'000;
    const LatencyHistogram histogram = histogramOf({-5, 0, 1, hour, INT64_MAX / 4});
    QCOMPARE(histogram.count(), std::uint64_t{5});
    QCOMPARE(histogram.countUpTo(1), std::uint64_t{3});
    QCOMPARE(histogram.sumUs(), 1 + hour + INT64_MAX / 4);
    QCOMPARE(histogram.maxUs(), INT64_MAX / 4);
    QCOMPARE(histogram.p999(), INT64_MAX / 4);
}

void tst_LatencyHistogram::mergesAsIfRecordedTogether()
{
    Values all;
    LatencyHistogram merged;
    for (const Values& part : {Values{5, 900, 70'000}, Values{}, Values{1, 1, 1, 2'000'000}}) {
        merged.merge(histogramOf(part));
        all.insert(all.end(), part.begin(), part.end());
    }
    const LatencyHistogram together = histogramOf(all);
    QCOMPARE(merged.count(), together.count());
    QCOMPARE(merged.sumUs(), together.sumUs());
    QCOMPARE(merged.maxUs(), together.maxUs());
    for (const double quantile : {0.1, 0.5, 0.9, 1.0})
        QCOMPARE(merged.quantileUs(quantile), together.quantileUs(quantile));
}

void tst_LatencyHistogram::tellsWhatCameSince()
{
    const LatencyHistogram earlier = histogramOf({5, 900'000, 70});
    LatencyHistogram now = earlier;
    const Values later = {40, 2'000, 2'000, 31'000};
    for (const std::int64_t value : later)
        now.record(value);
    const LatencyHistogram recent = now.since(earlier);
    QCOMPARE(recent.count(), std::uint64_t(4));
    QCOMPARE(recent.sumUs(), std::int64_t(35'040));
    QCOMPARE(recent.p50(), histogramOf(later).p50());
    QVERIFY(recent.maxUs() >= 31'000);
    QVERIFY(static_cast<double>(recent.maxUs()) <= 31'000 * (1 + relativeError));
    QCOMPARE(now.since(now).count(), std::uint64_t(0));
    QCOMPARE(now.since(now).p99(), std::int64_t(0));
    QCOMPARE(earlier.since(now).count(), earlier.count()); // its owner began anew
}

void tst_LatencyHistogram::tellsPrometheusExactCounts()
{
    const Values values = {50, 100, 101, 51'200, 51'201, 52'428'800, 90'000'000};
    const auto metric = toPrometheus(histogramOf(values));
    QCOMPARE(metric.histogram.sample_count, std::uint64_t{7});
    QVERIFY(qFuzzyCompare(metric.histogram.sample_sum, 142.531452));
    for (const auto& bucket : metric.histogram.bucket) {
        const auto below = std::ranges::count_if(
            values, [&](std::int64_t us) { return static_cast<double>(us) <= bucket.upper_bound * 1e6 + 0.5; });
        QCOMPARE(bucket.cumulative_count, static_cast<std::uint64_t>(below));
    }
    QCOMPARE(metric.histogram.bucket.front().upper_bound, 0.0001);
    QCOMPARE(metric.histogram.bucket.back().upper_bound, 52.4288);
}

void tst_LatencyHistogram::countsEventsPerSecond()
{
    Rate rate(2'000);
    QCOMPARE(rate.perSecond(), 0.0);
    rate.sample(100, 10'000);
    QCOMPARE(rate.perSecond(), 0.0);
    rate.sample(150, 10'500);
    QCOMPARE(rate.perSecond(), 100.0);
    for (int second = 11; second < 20; ++second)
        rate.sample(150, second * 1'000); // nothing happens any more
    QCOMPARE(rate.perSecond(), 0.0);
}

void tst_LatencyHistogram::startsTheRateAnewWithItsCounter()
{
    Rate rate;
    rate.sample(1'000, 0);
    rate.sample(2'000, 1'000);
    rate.sample(10, 2'000);
    QCOMPARE(rate.perSecond(), 0.0);
    rate.sample(30, 3'000);
    QCOMPARE(rate.perSecond(), 20.0);
    for (std::uint64_t i = 1; i <= Rate::samplesMax * 2; ++i) // more samples than it keeps, within the window
        rate.sample(30 + i, static_cast<std::int64_t>(3'000 + i));
    QCOMPARE(rate.perSecond(), 1'000.0);
}

void tst_LatencyHistogram::makesFamilies()
{
    auto gaps = counterFamily("obmonitor_book_gaps_total", "Breaks of the id chain");
    add(gaps, {{"symbol", "BTCUSDT"}}, 3);
    auto used = gaugeFamily("obmonitor_rest_used_weight", "In this minute");
    add(used, {}, 41);
    auto latency = histogramFamily("obmonitor_latency_seconds", "Of each hop");
    add(latency, {{"hop", "book"}}, histogramOf({150}));
    const std::string text = prometheus::TextSerializer().Serialize({gaps, used, latency});
    QVERIFY(
        text.contains("# TYPE obmonitor_book_gaps_total counter\nobmonitor_book_gaps_total{symbol=\"BTCUSDT\"} 3\n"));
    QVERIFY(text.contains("# TYPE obmonitor_rest_used_weight gauge\nobmonitor_rest_used_weight 41\n"));
    QVERIFY(text.contains("obmonitor_latency_seconds_bucket{hop=\"book\",le=\"0.0001\"} 0\n"));
    QVERIFY(text.contains("obmonitor_latency_seconds_bucket{hop=\"book\",le=\"0.0002\"} 1\n"));
    QVERIFY(text.contains("obmonitor_latency_seconds_bucket{hop=\"book\",le=\"+Inf\"} 1\n"));
}

QTEST_GUILESS_MAIN(tst_LatencyHistogram)
#include "tst_latency_histogram.moc"

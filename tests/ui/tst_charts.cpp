// The charts: what is drawn and what is a hole, the values of a moment under the pointer, axes that can be read, and
// nothing done while nobody looks.
#include "support/make_rows.h"
#include "ui/chart/chart_data.h"
#include "ui/chart/charts_panel.h"
#include "ui/chart/series_chart.h"

#include <QLabel>
#include <QLineSeries>
#include <QMainWindow>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <initializer_list>

using namespace obm;
using namespace obm::test;

namespace {

std::vector<SeriesPoint> pointsAt(std::initializer_list<int> seconds)
{
    std::vector<SeriesPoint> points;
    for (const int second : seconds)
        points.push_back({second * 1'000LL, static_cast<double>(second)});
    return points;
}

TimeSeries& of(SeriesSet& series, SeriesId id)
{
    return series[static_cast<std::size_t>(id)];
}

// Two minutes until now of 100 received a second and a latency of 2 and 9 ms, with a hole of 20 s in the rates.
SeriesSet someSeries()
{
    SeriesSet series;
    for (std::int64_t at = rowsNowMs - 120'000; at <= rowsNowMs; at += 1'000) {
        const bool isHole = at > rowsNowMs - 60'000 && at <= rowsNowMs - 40'000;
        if (!isHole)
            of(series, SeriesId::ReceivedPerSecond).add(at, at < rowsNowMs - 60'000 ? 100 : 300);
        of(series, SeriesId::LatencyP50Ms).add(at, 2);
        of(series, SeriesId::LatencyP99Ms).add(at, 9);
        of(series, SeriesId::LagMessages).add(at, 12'345);
    }
    return series;
}

struct ShownCharts
{
    SeriesSet series = someSeries();
    StageRows stages = stageRows();
    ChartsPanel panel;

    ShownCharts()
    {
        panel.setTheme(makeTheme(true, false));
        panel.resize(1'200, 400);
        panel.show();
        (void)QTest::qWaitForWindowExposed(&panel); // laid out anew for its size
        refresh(rowsNowMs);
    }
    void refresh(std::int64_t nowMs) { panel.refresh(series, stages, nowMs); }
    [[nodiscard]] SeriesChart* chart(const char* name) const
    {
        return panel.findChild<SeriesChart*>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString moment() const { return panel.findChild<QLabel*>(QStringLiteral("chartMoment"))->text(); }
    // At a share of the plot's width.
    void pointAt(const char* name, double share) const
    {
        const SeriesChart* at = chart(name);
        const QRectF plot = at->chart()->plotArea();
        QTest::mouseMove(at->viewport(), QPointF(plot.left() + plot.width() * share, plot.center().y()).toPoint());
    }
};

} // namespace

class TestCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void cutsASeriesAtItsHoles();
    void findsTheValueOfAMoment();
    void hasAxesOfRoundValues_data();
    void hasAxesOfRoundValues();
    void hasTimesThatDoNotOverlap_data();
    void hasTimesThatDoNotOverlap();
    void drawsAHoleAsAHole();
    void showsTheValuesUnderThePointer();
    void movesTheMomentByKeys();
    void showsFiveMinutesOrAnHour();
    void saysWhyItIsBlank();
    void followsTheTheme();
    void restsWhileNobodyLooks();
};

void TestCharts::cutsASeriesAtItsHoles()
{
    const auto stretches = stretchesOf(pointsAt({1, 2, 3, 5, 8, 9}), 1'000);
    QCOMPARE(stretches.size(), std::size_t(3));
    QCOMPARE(stretches[0].size(), 3);
    QCOMPARE(stretches[1], (QList<QPointF>{{5'000, 5}, {6'000, 5}})); // alone, and seen all the same
    QCOMPARE(stretches[2].size(), 2);
    QVERIFY(stretchesOf({}, 1'000).empty());
    // The highest of ten seconds may lie at the beginning of one step and at the end of the next one.
    QCOMPARE(stretchesOf({{10'100, 1}, {29'900, 2}, {30'100, 1}}, 10'000).size(), std::size_t(1));
}

void TestCharts::findsTheValueOfAMoment()
{
    const std::vector<SeriesPoint> points = pointsAt({10, 11, 20});
    QCOMPARE(valueAt(points, 10'400, 1'000), std::optional(10.0));
    QCOMPARE(valueAt(points, 10'600, 1'000), std::optional(11.0));
    QCOMPARE(valueAt(points, 9'100, 1'000), std::optional(10.0));
    QCOMPARE(valueAt(points, 20'900, 1'000), std::optional(20.0));
    QCOMPARE(valueAt(points, 15'000, 1'000), std::optional<double>()); // a hole
    QCOMPARE(valueAt(points, 22'000, 1'000), std::optional<double>());
    QCOMPARE(valueAt({}, 1'000, 1'000), std::optional<double>());
}

void TestCharts::hasAxesOfRoundValues_data()
{
    QTest::addColumn<double>("highest");
    QTest::addColumn<int>("lines");
    QTest::addColumn<bool>("isWhole");
    QTest::addColumn<double>("most");
    QTest::addColumn<double>("step");
    QTest::newRow("nothing, in counts") << 0.0 << 3 << true << 1.0 << 1.0;
    QTest::newRow("nothing, in ms") << 0.0 << 3 << false << 0.0005 << 0.0005;
    QTest::newRow("one") << 1.0 << 3 << true << 1.0 << 1.0;
    QTest::newRow("on a line") << 300.0 << 3 << true << 300.0 << 100.0;
    QTest::newRow("above a line") << 301.0 << 3 << true << 400.0 << 200.0;
    QTest::newRow("below one") << 0.7 << 3 << false << 1.0 << 0.5;
    QTest::newRow("millions") << 1'200'000.0 << 2 << true << 2'000'000.0 << 1'000'000.0;
}

void TestCharts::hasAxesOfRoundValues()
{
    QFETCH(double, highest);
    QFETCH(int, lines);
    QFETCH(bool, isWhole);
    const ValueAxis axis = valueAxis(highest, lines, isWhole);
    QTEST(axis.most, "most");
    QTEST(axis.step, "step");
}

void TestCharts::hasTimesThatDoNotOverlap_data()
{
    QTest::addColumn<int>("minutes");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<int>("apartMinutes");
    QTest::newRow("5 min, wide") << 5 << 9 << 1;
    QTest::newRow("5 min") << 5 << 3 << 2;
    QTest::newRow("5 min, narrow") << 5 << 1 << 5;
    QTest::newRow("1 h, wide") << 60 << 12 << 5;
    QTest::newRow("1 h") << 60 << 5 << 15;
    QTest::newRow("1 h, narrow") << 60 << 1 << 60;
}

void TestCharts::hasTimesThatDoNotOverlap()
{
    QFETCH(int, minutes);
    QFETCH(int, wanted);
    QFETCH(int, apartMinutes);
    const auto ticks = timeTicks(rowsNowMs - minutes * 60'000LL, rowsNowMs, wanted);
    QVERIFY(!ticks.empty() && ticks.size() <= static_cast<std::size_t>(wanted) + 1);
    for (const std::int64_t tick : ticks) {
        QVERIFY(tick % (apartMinutes * 60'000LL) == 0);
        QVERIFY(tick >= rowsNowMs - minutes * 60'000LL && tick <= rowsNowMs);
    }
}

void TestCharts::drawsAHoleAsAHole()
{
    ShownCharts shown;
    QList<qsizetype> sizes;
    for (const QAbstractSeries* series : shown.chart("ratesChart")->chart()->series())
        sizes << qobject_cast<const QLineSeries*>(series)->count();
    QCOMPARE(sizes, (QList<qsizetype>{61, 40}));
    // The hole leaves the window, and with it the second line.
    shown.refresh(rowsNowMs + 245'000);
    sizes.clear();
    for (const QAbstractSeries* series : shown.chart("ratesChart")->chart()->series())
        sizes << qobject_cast<const QLineSeries*>(series)->count();
    QCOMPARE(sizes, (QList<qsizetype>{40, 0}));
}

void TestCharts::showsTheValuesUnderThePointer()
{
    ShownCharts shown;
    QCOMPARE(shown.moment(), QStringLiteral("values of now"));
    QVERIFY2(shown.panel.text().contains(QStringLiteral("Rates at 13:15:02: received 300/s, to Kafka –")),
             qPrintable(shown.panel.text()));
    shown.pointAt("latencyChart", 0.7); // 90 s ago, beside the hole
    QVERIFY2(shown.moment().startsWith(QStringLiteral("values of 13:13:3")), qPrintable(shown.moment()));
    QVERIFY(shown.chart("latencyChart")->words().endsWith(QStringLiteral(": p50 2.0 ms, p99 9.0 ms")));
    QVERIFY(shown.chart("ratesChart")->words().contains(QStringLiteral("received 100/s"))); // one moment for all
    QVERIFY(shown.chart("lagChart")->words().endsWith(QStringLiteral(": 12,345")));
    shown.pointAt("latencyChart", 0.83); // in the hole of the rates
    QVERIFY(shown.chart("ratesChart")->words().contains(QStringLiteral("received –")));
    const QImage hovered = shown.panel.grab().toImage();
    shown.pointAt("latencyChart", 1.02); // beside the plot
    QCOMPARE(shown.moment(), QStringLiteral("values of now"));
    QVERIFY(hovered != shown.panel.grab().toImage());
}

void TestCharts::movesTheMomentByKeys()
{
    ShownCharts shown;
    QTest::keyClick(&shown.panel, Qt::Key_Left);
    QCOMPARE(shown.moment(), QStringLiteral("values of 13:14:57"));
    QTest::keyClick(&shown.panel, Qt::Key_Left);
    QTest::keyClick(&shown.panel, Qt::Key_Right);
    QCOMPARE(shown.moment(), QStringLiteral("values of 13:14:57"));
    QTest::keyClick(&shown.panel, Qt::Key_Right);
    QCOMPARE(shown.moment(), QStringLiteral("values of now"));
    QTest::keyClick(&shown.panel, Qt::Key_Left);
    QTest::keyClick(&shown.panel, Qt::Key_Escape);
    QCOMPARE(shown.moment(), QStringLiteral("values of now"));
}

void TestCharts::showsFiveMinutesOrAnHour()
{
    ShownCharts shown;
    const auto points = [&] {
        return qobject_cast<const QLineSeries*>(shown.chart("lagChart")->chart()->series().front())->count();
    };
    QCOMPARE(points(), 121);
    QTest::mouseClick(shown.panel.findChild<QToolButton*>(QStringLiteral("oneHour")), Qt::LeftButton);
    QCOMPARE(shown.panel.shownWindow(), Window::OneHour);
    shown.refresh(rowsNowMs);
    QVERIFY2(points() <= 13, qPrintable(QString::number(points())));
    QTest::mouseClick(shown.panel.findChild<QToolButton*>(QStringLiteral("fiveMinutes")), Qt::LeftButton);
    shown.refresh(rowsNowMs);
    QCOMPARE(points(), 121);
}

void TestCharts::saysWhyItIsBlank()
{
    ShownCharts shown;
    QCOMPARE(shown.chart("weightChart")->words(), QStringLiteral("REST weight: nothing measured in this time yet"));
    shown.stages[static_cast<std::size_t>(Stage::Books)].blank = "obm-book has not begun";
    shown.refresh(rowsNowMs + 1'000);
    QCOMPARE(shown.chart("weightChart")->words(), QStringLiteral("REST weight: obm-book has not begun"));
}

void TestCharts::followsTheTheme()
{
    ShownCharts shown;
    for (const bool dark : {false, true}) {
        const Theme theme = makeTheme(dark, false);
        shown.panel.setTheme(theme);
        const auto* line = qobject_cast<const QLineSeries*>(shown.chart("ratesChart")->chart()->series().front());
        QCOMPARE(line->pen().color(), theme.series[0]);
        QCOMPARE(shown.chart("ratesChart")->grab().toImage().pixelColor(1, 1), theme.panel);
    }
    // Two lines of a chart differ by more than their colour.
    const auto lines = shown.chart("latencyChart")->chart()->series();
    QVERIFY(qobject_cast<const QLineSeries*>(lines[0])->pen().style() !=
            qobject_cast<const QLineSeries*>(lines[1])->pen().style());
}

void TestCharts::restsWhileNobodyLooks()
{
    ShownCharts shown;
    const QString before = shown.panel.text();
    shown.refresh(rowsNowMs + 100); // the same second
    QCOMPARE(shown.panel.text(), before);
    shown.panel.hide();
    shown.refresh(rowsNowMs + 10'000);
    QCOMPARE(shown.panel.text(), before);
    shown.panel.show();
    shown.refresh(rowsNowMs + 10'000);
    QVERIFY(shown.panel.text() != before);
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"

// The metrics that others' dashboards and alarms name: all there, with their labels and the values of the status.
#include "pipeline/pipeline_metrics.h"
#include "support/make_status.h"
#include "support/std_string.h"

#include <prometheus/text_serializer.h>

#include <QRegularExpression>
#include <QtTest>

#include <set>

using namespace obm;
using namespace obm::test;

class TestPipelineMetrics : public QObject
{
    Q_OBJECT

    static QString textOf(const PipelineStatus& status)
    {
        return QString::fromStdString(prometheus::TextSerializer().Serialize(metricsOf(status)));
    }
    static StageStatuses busy();

private Q_SLOTS:
    void namesWhatTheContractNames_data();
    void namesWhatTheContractNames();
    void keepsToItsNamingRule();
    void leavesOutWhatTheRoleHasNot();
    void survivesAProcessThatHasNotBegun();
};

StageStatuses TestPipelineMetrics::busy()
{
    StageStatuses busy;
    busy.feed.stream.counters.messages = 11;
    busy.feed.stream.counters.gaps = 4;
    busy.feed.producer.delivered = 12;
    busy.book.set.books[0].counters.gaps = 2;
    busy.book.set.counters.resyncsByReason[std::size_t(SyncReason::Gap)] = 3;
    busy.book.set.books[0].lastAudit = {.compared = 2'000, .equal = 1'500, .missing = 500};
    busy.book.set.books[0].auditAgeMs = 1'500;
    busy.book.set.counters.auditsByVerdict[std::size_t(AuditVerdict::Different)] = 4;
    busy.book.set.counters.gapsByOrigin[std::size_t(GapOrigin::Producer)] = 2;
    busy.book.snapshots.ipWeightUsed = 140;
    busy.book.snapshotPlaces["ETHUSDT"] = {.ahead = 3, .secondsToGo = 61};
    busy.book.set.counters.exchangeHop.record(1'000);
    busy.book.set.counters.kafkaHop.record(1'000);
    busy.book.set.counters.bookHop.record(1'000);
    busy.store.redisHop.record(1'000);
    busy.store.redis.writes[std::size_t(BookKey::Live)].written = 21;
    busy.store.redis.writes[std::size_t(BookKey::Full)].olderUpdate = 1;
    return busy;
}

void TestPipelineMetrics::namesWhatTheContractNames_data()
{
    QTest::addColumn<QString>("line");
    for (const char* line : {"obmonitor_exchange_messages_total 11",
                             "obmonitor_kafka_delivered_total 12",
                             R"(obmonitor_kafka_consumer_lag_messages{partition="3"} 7)",
                             R"(obmonitor_kafka_consumer_lag_seconds{partition="3"} 0.25)",
                             R"(obmonitor_book_state{symbol="BTCUSDT",state="live"} 1)",
                             R"(obmonitor_book_state{symbol="BTCUSDT",state="waiting"} 0)",
                             R"(obmonitor_book_state{symbol="BTCUSDT",state="buffering"} 0)",
                             R"(obmonitor_book_state{symbol="BTCUSDT",state="bridging"} 0)",
                             R"(obmonitor_book_state{symbol="BTCUSDT",state="rejected"} 0)",
                             R"(obmonitor_book_gaps_total{symbol="BTCUSDT"} 2)",
                             R"(obmonitor_book_resyncs_total{reason="gap"} 3)",
                             R"(obmonitor_book_audits_total{verdict="different"} 4)",
                             R"(obmonitor_book_audit_match_ratio{symbol="BTCUSDT"} 0.75)",
                             R"(obmonitor_book_audit_faults{symbol="BTCUSDT",kind="missing"} 500)",
                             R"(obmonitor_book_audit_age_seconds{symbol="BTCUSDT"} 1.5)",
                             R"(obmonitor_rest_snapshot_turn_seconds{symbol="ETHUSDT"} 61)",
                             "obmonitor_exchange_gaps_total 4",
                             R"(obmonitor_book_gaps_by_origin_total{origin="exchange"} 0)",
                             R"(obmonitor_book_gaps_by_origin_total{origin="producer"} 2)",
                             R"(obmonitor_redis_writes_total{key="live"} 21)",
                             R"(obmonitor_redis_refused_total{key="full",reason="older_update"} 1)",
                             "obmonitor_rest_used_weight 140",
                             R"(obmonitor_latency_seconds_count{hop="exchange"} 1)",
                             R"(obmonitor_latency_seconds_count{hop="kafka"} 1)",
                             R"(obmonitor_latency_seconds_count{hop="book"} 1)",
                             R"(obmonitor_latency_seconds_count{hop="redis"} 1)",
                             R"(obmonitor_latency_seconds_bucket{hop="redis",le="+Inf"} 1)",
                             "# TYPE obmonitor_latency_seconds histogram",
                             "# TYPE obmonitor_exchange_messages_total counter",
                             "# TYPE obmonitor_book_state gauge"})
        QTest::newRow(line) << QString::fromLatin1(line);
}

void TestPipelineMetrics::namesWhatTheContractNames()
{
    QFETCH(QString, line);
    const QString text = textOf(busy().all());
    QVERIFY2(text.split(QLatin1Char('\n')).contains(line), qPrintable(text));
}

void TestPipelineMetrics::keepsToItsNamingRule()
{
    static const QRegularExpression rule(
        QStringLiteral("^obmonitor_(exchange|kafka|book|redis|rest|latency)_[a-z_]+$"));
    std::set<std::string> seen;
    for (const prometheus::MetricFamily& family : metricsOf(busy().all())) {
        QVERIFY2(rule.match(QString::fromStdString(family.name)).hasMatch(), family.name.c_str());
        QVERIFY2(seen.insert(family.name).second, family.name.c_str()); // twice is no valid answer
        QVERIFY2(!family.help.empty(), family.name.c_str());
        QCOMPARE(family.name.ends_with("_total"), family.type == prometheus::MetricType::Counter);
    }
}

void TestPipelineMetrics::leavesOutWhatTheRoleHasNot()
{
    const QString producer = textOf(busy().producer());
    QVERIFY(producer.contains(QStringLiteral("obmonitor_kafka_delivered_total")));
    QVERIFY(!producer.contains(QStringLiteral("obmonitor_book_")));
    QVERIFY(!producer.contains(QStringLiteral("obmonitor_redis_")));
    const QString handler = textOf(busy().handler());
    QVERIFY(!handler.contains(QStringLiteral("obmonitor_exchange_")));
    QVERIFY(handler.contains(QStringLiteral("obmonitor_redis_up 1")));
}

void TestPipelineMetrics::survivesAProcessThatHasNotBegun()
{
    QVERIFY(!textOf({}).contains(QStringLiteral("hop=")));
}

QTEST_GUILESS_MAIN(TestPipelineMetrics)
#include "tst_pipeline_metrics.moc"

// The pure parts of what the Kafka side tells about itself: lag, the state of the link, the statistics.
#include "kafka/broker_link.h"
#include "kafka/client_stats.h"
#include "kafka/lag.h"
#include "kafka/login_hint.h"

#include <QtTest/QtTest>

using obm::BrokerLink;
using obm::BrokerState;

class TestKafkaStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lag_data();
    void lag();
    void linkChangesAreToldOnce();
    void attemptsWithoutAConnectionAreAway();
    void readsStatistics();
    void readsDamagedStatistics();
    void tellsALoginThatCannotWork();
};

void TestKafkaStatus::lag_data()
{
    QTest::addColumn<qint64>("next");
    QTest::addColumn<qint64>("end");
    QTest::addColumn<qint64>("lastTimestampMs");
    QTest::addColumn<qint64>("messages");
    QTest::addColumn<qint64>("ms");

    const auto row = [](const char* name, qint64 next, qint64 end, qint64 last, qint64 messages, qint64 ms) {
        QTest::newRow(name) << next << end << last << messages << ms;
    };
    row("at the end", 10, 10, 900, 0, 0);
    row("behind", 7, 10, 900, 3, 100);
    row("nothing handed over yet", -1, 10, -1, 0, 0);
    row("end unknown", 7, -1001, 900, 0, 0);
    row("behind, without a time", 7, 10, -1, 3, 0);
    row("ahead of the last answer", 12, 10, 900, 0, 0);
    row("a clock in the future", 7, 10, 2'000, 3, 0);
}

void TestKafkaStatus::lag()
{
    QFETCH(qint64, next);
    QFETCH(qint64, end);
    QFETCH(qint64, lastTimestampMs);
    const obm::Lag lag = obm::lagOf({.nextOffset = next, .endOffset = end, .lastTimestampMs = lastTimestampMs}, 1'000);
    QTEST(qint64{lag.messages}, "messages");
    QTEST(qint64{lag.ms}, "ms");
}

void TestKafkaStatus::linkChangesAreToldOnce()
{
    BrokerLink link(100);
    QCOMPARE(link.status().state, BrokerState::Connecting);
    QVERIFY(!link.noteBrokers(0, 0, 150)); // idle connections are closed: no news
    QVERIFY(link.noteBrokers(1, 0, 200));
    QVERIFY(!link.noteBrokers(3, 1, 300));
    QCOMPARE(link.status().sinceMs, 200);
    QVERIFY(link.noteAllDown(400));
    QVERIFY(!link.noteAllDown(500));
    QCOMPARE(link.status().state, BrokerState::Away);
    QCOMPARE(link.status().sinceMs, 400);
    QVERIFY(link.noteTraffic(600));
    QCOMPARE(link.status().timesAway, 1U);
    QVERIFY(link.status().isUp());
}

// librdkafka does not always say that the last broker has gone.
void TestKafkaStatus::attemptsWithoutAConnectionAreAway()
{
    BrokerLink link(0);
    QVERIFY(link.noteTraffic(0));
    int second = 1;
    const auto statistic = [&](int up, int tried) { return link.noteBrokers(up, tried, 1'000 * second++); };
    for (int round = 0; round < 3; ++round) // each reconnect begins the count anew
        for (const int up : {0, 0, 1})
            QVERIFY(!statistic(up, 2 - up));
    for (const int tried : {1, 1, 0, 1, 1}) // so does a connection that nobody needs
        QVERIFY(!statistic(0, tried));
    QVERIFY(statistic(0, 1));
    QCOMPARE(link.status().state, BrokerState::Away);
    QVERIFY(!statistic(0, 1));
    QVERIFY(statistic(1, 0));
    QVERIFY(link.status().isUp());
}

void TestKafkaStatus::readsStatistics()
{
    const obm::ClientStats stats = obm::parseClientStats(R"({"msg_cnt":3,"msg_size":420,"brokers":{
        "a:1/1":{"source":"learned","state":"UP"},"a:1/b":{"source":"configured","state":"DOWN"},
        "b:1/2":{"source":"learned","state":"APIVERSION_QUERY"},"GroupCoordinator":{"source":"logical","state":"INIT"},
        "c:1/3":{"source":"learned","state":"UPDATE"},":0/internal":{"source":"internal","state":"UP"}},
        "cgrp":{"state":"up","join_state":"steady"}})");
    QCOMPARE(stats.brokersUp, 2);
    QCOMPARE(stats.brokersTried, 2);
    QCOMPARE(stats.queuedMessages, 3);
    QCOMPARE(stats.queuedBytes, 420);
    QCOMPARE(stats.memberState, std::string("steady"));
}

void TestKafkaStatus::readsDamagedStatistics()
{
    for (const char* json : {"", "{", "[]", "{\"brokers\":[1,2]}", "{\"brokers\":{\"x\":7},\"cgrp\":\"no\"}"})
        QCOMPARE(obm::parseClientStats(json).brokersUp + obm::parseClientStats(json).brokersTried, 0);
}

void TestKafkaStatus::tellsALoginThatCannotWork()
{
    constexpr int debian12 = 0x020002ff;
    constexpr int fixed = 0x020601ff;
    obm::KafkaConfig config;
    QCOMPARE(obm::loginHint(config, debian12), std::string());
    config.properties["sasl.mechanism"] = "PLAIN";
    QCOMPARE(obm::loginHint(config, debian12), std::string());
    config.properties["sasl.mechanism"] = "SCRAM-SHA-512";
    QVERIFY(obm::loginHint(config, debian12).find("librdkafka 2.0.2 cannot log in to Kafka 4") != std::string::npos);
    QCOMPARE(obm::loginHint(config, fixed), std::string());
}

QTEST_GUILESS_MAIN(TestKafkaStatus)
#include "tst_kafka_status.moc"

// Keys go to the partition that the Java client gives them: against values of Kafka's own test of murmur2, and against
// librdkafka's partitioner, which places what obmonitor produces.
#include "kafka/partitioner.h"

#include <librdkafka/rdkafka.h>

#include <QtTest/QtTest>

#include <random>

class TestPartitioner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashesAsJava_data();
    void hashesAsJava();
    void placesAsLibrdkafka();
    void placesWithinTheCount();
};

void TestPartitioner::hashesAsJava_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<qint64>("hash"); // signed, as Java prints it

    QTest::newRow("21") << QByteArray("21") << qint64{-973932308};
    QTest::newRow("foobar") << QByteArray("foobar") << qint64{-790332482};
    QTest::newRow("a-little-bit-long-string") << QByteArray("a-little-bit-long-string") << qint64{-985981536};
    QTest::newRow("a-little-bit-longer-string") << QByteArray("a-little-bit-longer-string") << qint64{-1486304829};
    QTest::newRow("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8")
        << QByteArray("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8") << qint64{-58897971};
    QTest::newRow("abc") << QByteArray("abc") << qint64{479470107};
}

void TestPartitioner::hashesAsJava()
{
    QFETCH(QByteArray, key);
    QFETCH(qint64, hash);
    QCOMPARE(qint64{static_cast<std::int32_t>(obm::murmur2(key.toStdString()))}, hash);
}

void TestPartitioner::placesAsLibrdkafka()
{
    constexpr std::uint32_t seed = 20240718;
    std::mt19937 random(seed);
    for (int i = 0; i < 2'000; ++i) {
        std::string key(random() % 40, ' ');
        for (char& byte : key)
            byte = static_cast<char>(random());
        const int count = 1 + static_cast<int>(random() % 64);
        const int expected = rd_kafka_msg_partitioner_murmur2(nullptr, key.data(), key.size(), count, nullptr, nullptr);
        QVERIFY2(obm::partitionOf(key, count) == expected, qPrintable(QString("seed %1, key %2").arg(seed).arg(i)));
    }
}

void TestPartitioner::placesWithinTheCount()
{
    for (const char* symbol : {"BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT", "ADAUSDT", "XRPUSDT"}) {
        QCOMPARE(obm::partitionOf(symbol, 1), 0);
        QVERIFY(obm::partitionOf(symbol, 6) >= 0 && obm::partitionOf(symbol, 6) < 6);
    }
}

QTEST_GUILESS_MAIN(TestPartitioner)
#include "tst_partitioner.moc"

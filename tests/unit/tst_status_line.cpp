// The pipeline in one line: what a person at a terminal has to see.
#include "app/status_line.h"
#include "support/make_status.h"
#include "support/std_string.h"

#include <QtTest>

using namespace obm;
using namespace obm::test;

class TestStatusLine : public QObject
{
    Q_OBJECT

    static std::string line(const PipelineStatus& status) { return StatusLine(Config{}).update(status, takenMs); }

private Q_SLOTS:
    void saysThatAllIsWell();
    void measuresRates();
    void saysSimulated();
    void countsBooksByState();
    void namesWhatIsBroken();
    void showsWhatTheRoleHas();
};

void TestStatusLine::saysThatAllIsWell()
{
    StageStatuses well;
    well.store.redisHop.record(1'000);
    well.book.snapshots.ownWeightUsed = 20;
    well.book.snapshots.weightPerMinute = 1200;
    QCOMPARE(line(well.all()),
             std::string("1/1 live | exchange 0/s | kafka 0/s lag 7 (250 ms) | redis 0/s p99 1.0 ms | weight 20/1200"));
}

void TestStatusLine::measuresRates()
{
    StageStatuses statuses;
    StatusLine reader{Config{}};
    reader.update(statuses.all(), takenMs);
    statuses.feed.stream.counters.messages = 2'000;
    statuses.book.consumer.messages = 1'000;
    for (BookKeyCounters& counters : statuses.store.redis.writes)
        counters.written = 100;
    const std::string text = reader.update(statuses.all(), takenMs + 2'000);
    QVERIFY2(text.find("exchange 1000/s") != std::string::npos, text.c_str());
    QVERIFY2(text.find("kafka 500/s") != std::string::npos, text.c_str());
    QVERIFY2(text.find("redis 150/s") != std::string::npos, text.c_str());
}

void TestStatusLine::saysSimulated()
{
    Config config;
    config.simulated = true;
    QVERIFY(StatusLine(config).update({}, takenMs).starts_with("SIMULATED"));
}

void TestStatusLine::countsBooksByState()
{
    StageStatuses statuses;
    statuses.book.set.books = {bookRow("A", SyncState::Live), bookRow("B", SyncState::Buffering),
                               bookRow("C", SyncState::Bridging), bookRow("D", SyncState::Waiting),
                               bookRow("E", SyncState::Rejected)};
    QVERIFY(line(statuses.all()).starts_with("1/5 live, 2 syncing, 1 without events, 1 rejected | "));
}

void TestStatusLine::namesWhatIsBroken()
{
    StageStatuses broken;
    broken.feed.stream.alarm = "no data";
    broken.feed.producer.queueFull = 4;
    broken.feed.producer.failedTotal = 1;
    broken.feed.producer.broker.state = BrokerState::Away;
    broken.book.consumer.broker.state = BrokerState::Away;
    broken.store.redis.error = RedisError{RedisErrorKind::ReadOnly, "READONLY"};
    const std::string text = line(broken.all());
    for (const char* part :
         {"exchange 0/s ALARM", "kafka in AWAY", "5 lost", "| kafka AWAY 0/s", "| redis read_only |"})
        QVERIFY2(text.find(part) != std::string::npos, (text + " lacks " + part).c_str());
    broken.store.redis.error.reset();
    broken.store.redis.connected = false;
    QVERIFY(line(broken.all()).find("redis connecting") != std::string::npos);
}

void TestStatusLine::showsWhatTheRoleHas()
{
    QCOMPARE(line(StageStatuses().producer()), std::string("exchange 0/s"));
    QVERIFY(line(StageStatuses().handler()).find("exchange") == std::string::npos);
    QCOMPARE(line({}), std::string());
}

QTEST_GUILESS_MAIN(TestStatusLine)
#include "tst_status_line.moc"

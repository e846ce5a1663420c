// The stages of a pipeline that is looked at from outside: what is not known has a reason, and nothing looks alive that
// nobody keeps.
#include "monitor/monitor.h"
#include "support/make_status.h"
#include "support/std_string.h"

#include <QtTest>

using namespace obm;
using namespace obm::test;

namespace {

using Break = void (*)(ConsumerStatus&);

constexpr std::int64_t epochNow = 1'700'000'000'000;

const StageRow& rowOf(const Monitor& monitor, Stage stage)
{
    return monitor.stages()[static_cast<std::size_t>(stage)];
}

} // namespace

class TestMonitorOutside : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void says_data();
    void says();
    void saysWhatIsWrongWithTheGroup_data();
    void saysWhatIsWrongWithTheGroup();
};

void TestMonitorOutside::says_data()
{
    QTest::addColumn<OutsideView>("outside");
    QTest::addColumn<Stage>("stage");
    QTest::addColumn<Condition>("condition");
    QTest::addColumn<std::string>("words");
    OutsideView all;
    all.owners = {"a:1:7"};
    OutsideView untold = all;
    untold.noCounters = "no metrics: refused";
    OutsideView some = all;
    some.withoutBook = {"A", "B", "C", "D"};
    OutsideView none;
    none.withoutBook = {"BTCUSDT"};
    OutsideView blind = none;
    blind.noBooks = "Redis cannot be read: refused";
    const auto add = [](const char* name, const OutsideView& outside, Stage stage, Condition condition,
                        const char* words) {
        QTest::newRow(name) << outside << stage << condition << std::string(words);
    };
    add("books", all, Stage::Books, Condition::Good, "1 of 1 live");
    add("Kafka", all, Stage::KafkaOut, Condition::Good, "1 partition, by what the group commits");
    add("no such stage", all, Stage::Exchange, Condition::Off, "its metrics know no such stage");
    add("no metrics", untold, Stage::Exchange, Condition::Off, "no metrics: refused");
    add("Redis without metrics", untold, Stage::Redis, Condition::Good, "answers");
    add("some are kept", some, Stage::Books, Condition::Degraded, "1 of 1 live; nobody keeps A, B, C and 1 more");
    add("none is kept", none, Stage::Books, Condition::Bad, "nobody keeps BTCUSDT");
    add("nobody writes", none, Stage::Redis, Condition::Degraded, "answers, but nobody writes");
    add("Redis away", blind, Stage::Books, Condition::Bad, "Redis cannot be read: refused");
    add("nothing there", OutsideView(), Stage::Books, Condition::Starting, "Redis holds no book");
}

void TestMonitorOutside::says()
{
    QFETCH(OutsideView, outside);
    QFETCH(Stage, stage);
    QFETCH(Condition, condition);
    StageStatuses statuses;
    statuses.book.consumer.messages = 9;
    statuses.store.redis.writes[0].written = 9;
    PipelineStatus status = statuses.seenFromOutside(outside);
    status.feed.reset();
    Config config;
    config.pipeline.role = Role::Viewer;
    Monitor monitor(config);
    monitor.update(status, takenMs, epochNow);
    QTEST(rowOf(monitor, stage).words, "words");
    QCOMPARE(toText(rowOf(monitor, stage).condition), toText(condition));
    QVERIFY(rowOf(monitor, stage).latency || !rowOf(monitor, stage).blank.empty());
    QCOMPARE(rowOf(monitor, Stage::Redis).perSecond.has_value(), outside.noCounters.empty());
    QVERIFY(rowOf(monitor, Stage::KafkaOut).perSecond.has_value()); // the commits tell it
}

void TestMonitorOutside::saysWhatIsWrongWithTheGroup_data()
{
    QTest::addColumn<Break>("change");
    QTest::addColumn<Condition>("condition");
    QTest::addColumn<std::string>("words");
    const auto add = [](const char* name, Break change, Condition condition, const char* words) {
        QTest::newRow(name) << change << condition << std::string(words);
    };
    add(
        "away",
        [](ConsumerStatus& group) {
            group.broker = {BrokerState::Away, epochNow - 3'000, 1};
            group.lastError = KafkaError{.code = -195, .name = "_TRANSPORT", .text = "refused"};
            group.partitions.clear();
        },
        Condition::Bad, "no broker for 3 s: refused");
    add(
        "no topic",
        [](ConsumerStatus& group) {
            group.lastError = KafkaError{.code = 3, .name = "UNKNOWN_TOPIC_OR_PART", .text = "there is no topic x"};
            group.partitions.clear();
        },
        Condition::Bad, "there is no topic x");
    add(
        "nothing committed", [](ConsumerStatus& group) { group.messages = 0; }, Condition::Starting,
        "the group has committed nothing yet");
    add(
        "behind", [](ConsumerStatus& group) { group.partitions[0].lagMs = 12'000; }, Condition::Degraded,
        "7 messages behind, 12 s");
}

void TestMonitorOutside::saysWhatIsWrongWithTheGroup()
{
    QFETCH(Break, change);
    QFETCH(Condition, condition);
    StageStatuses statuses;
    statuses.book.consumer.messages = 9;
    change(statuses.book.consumer);
    Config config;
    config.pipeline.role = Role::Viewer;
    Monitor monitor(config);
    monitor.update(statuses.seenFromOutside({.owners = {"a:1:7"}}), takenMs, epochNow);
    const StageRow& row = rowOf(monitor, Stage::KafkaOut);
    QTEST(row.words, "words");
    QCOMPARE(toText(row.condition), toText(condition));
    QCOMPARE(row.lagMessages.has_value(), !statuses.book.consumer.partitions.empty());
    QVERIFY(row.lagMessages || (!row.perSecond && row.blank == row.words));
}

QTEST_GUILESS_MAIN(TestMonitorOutside)
#include "tst_monitor_outside.moc"

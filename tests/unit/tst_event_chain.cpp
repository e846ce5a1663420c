// Which event breaks the chain where events come in, and which does not.
#include "exchange/event_chain.h"

#include <QTest>

#include <vector>

using namespace obm;

namespace {

using Events = std::vector<EventIds>;

// Each continues the one before, and is ten ids long.
Events row(std::int64_t from, int count)
{
    Events events;
    for (int i = 0; i < count; ++i)
        events.push_back({from + 10 * i, from + 10 * (i + 1)});
    return events;
}

Events joined(Events events, const Events& more)
{
    events.insert(events.end(), more.begin(), more.end());
    return events;
}

} // namespace

Q_DECLARE_METATYPE(Events)

class TestEventChain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isBroken_data();
    void isBroken();
};

void TestEventChain::isBroken_data()
{
    QTest::addColumn<Events>("events");
    QTest::addColumn<QByteArray>("breaks"); // u of the events behind a gap

    const auto add = [](const char* name, const Events& events, const char* breaks) {
        QTest::newRow(name) << events << QByteArray(breaks);
    };
    constexpr int enough = EventChain::rowOfNewIds;
    add("whole", row(100, 5), "");
    add("one is missing", {{100, 110}, {120, 130}, {130, 140}}, "130 ");
    add("two are missing", {{100, 110}, {120, 130}, {140, 150}}, "130 150 ");
    add("a double", {{100, 110}, {110, 120}, {110, 120}, {120, 130}}, "");
    add("doubles of many", joined(joined(row(100, 5), row(100, 5)), row(150, 2)), "");
    add("overlapping with what was seen", {{100, 110}, {105, 120}, {120, 130}}, "");
    add("late", {{100, 110}, {120, 130}, {110, 120}, {130, 140}}, "130 "); // once, and not again where it is back
    add("the first says nothing of before", {{500, 510}}, "");
    add("empty events", {{100, 110}, {110, 110}, {110, 120}}, "");
    add("ids begin anew", joined(row(1'000, 3), joined(row(5, enough), {{5 + 10 * enough + 1, 500}})), "500 ");
    add("not enough of new ids", joined(row(1'000, 3), joined(row(5, enough - 1), row(1'030, 1))), "");
    add("many old ones that do not continue each other",
        joined(joined(row(100, 9), {{80, 90}, {80, 90}, {60, 70}, {80, 90}, {60, 70}, {80, 90}, {60, 70}, {80, 90}}),
               row(190, 2)),
        "");
}

void TestEventChain::isBroken()
{
    QFETCH(Events, events);
    EventChain chain;
    QByteArray breaks;
    for (const EventIds& event : events)
        if (chain.isBrokenBy(event))
            breaks += QByteArray::number(qint64(event.lastId)) + ' ';
    QTEST(breaks, "breaks");
}

QTEST_APPLESS_MAIN(TestEventChain)
#include "tst_event_chain.moc"

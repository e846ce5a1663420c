// pu and u of an event, found without parsing it. That they are the parser's: property/tst_update_forms.
#include "market/event_ids.h"

#include <QTest>

using namespace obm;

class TestEventIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsThem_data();
    void findsThem();
};

void TestEventIds::findsThem_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("ids");

    const auto row = [](const char* name, const char* data, const char* ids) {
        QTest::newRow(name) << QByteArray(data) << QByteArray(ids);
    };
    row("as sent", R"({"e":"depthUpdate","E":5,"s":"A","U":11,"u":20,"pu":9,"b":[["1","2"]],"a":[]})", "9 20");
    row("behind the levels", R"({"b":[["1","2"]],"a":[["u","7"]],"pu":9,"x":{"u":7},"u":20})", "9 20");
    row("with blanks", "{ \"pu\" : 9 ,\n \"u\"\t:\r20 }", "9 20");
    row("nothing behind them is looked at", R"({"u":20,"pu":9,[[[)", "9 20");
    row("their names as values", R"({"e":"u","f":"pu","s":"\"u\":7","u":20,"pu":9})", "9 20");
    row("the largest", R"({"u":9223372036854775807,"pu":9223372036854775807})",
        "9223372036854775807 9223372036854775807");
    row("no pu", R"({"u":20})", "");
    row("no u", R"({"pu":9,"U":20})", "");
    row("below 0", R"({"u":20,"pu":-9})", "");
    row("too large", R"({"u":9223372036854775808,"pu":9})", "");
    row("as text", R"({"u":"20","pu":"9"})", "");
    row("pu above u", R"({"u":9,"pu":20})", "");
    row("months beyond pu", R"({"u":2000000000000,"pu":9})", "");
    row("inside something else", R"([{"u":20,"pu":9}])", "");
    row("cut off", R"({"u":20,"pu)", "");
    row("cut off at a value", R"({"u":20,"pu": )", "");
    row("cut off at an escape", "{\"u\":20,\"\\", "");
    row("empty", "", "");
}

void TestEventIds::findsThem()
{
    QFETCH(QByteArray, data);
    const auto ids = eventIds({data.constData(), static_cast<std::size_t>(data.size())});
    QTEST(ids ? QByteArray::number(qint64(ids->previousLastId)) + ' ' + QByteArray::number(qint64(ids->lastId))
              : QByteArray(""),
          "ids");
}

QTEST_APPLESS_MAIN(TestEventIds)
#include "tst_event_ids.moc"

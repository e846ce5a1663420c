// The texts in Redis, byte for byte.
#include "book/book_json.h"
#include "support/make_depth.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QTest>

using namespace obm;
using test::snapshot;

namespace {

OrderBook smallBook()
{
    OrderBook book;
    const DepthSnapshot levels = snapshot(1, {{"63947.30", "0.113"}, {"63947.2", "5"}, {"63000.00", "0.5000"}},
                                          {{"63947.40", "0.109"}, {"63951.10", "12"}});
    if (!book.load(levels, 1000))
        qFatal("the book of a test is refused");
    return book;
}

} // namespace

class TestBookJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void live_data();
    void live();
    void full();
    void status();
    void appendsToWhatIsThere();
    void escapesNames();
    void isoTime_data();
    void isoTime();
};

void TestBookJson::live_data()
{
    QTest::addColumn<int>("levelsMax");
    QTest::addColumn<QByteArray>("json");

    QTest::newRow("all") << 10
                         << QByteArray(
                                R"({"s":"BTCUSDT","b":[["63947.30","0.113"],["63947.2","5"],["63000.00","0.5000"]],)"
                                R"("a":[["63947.40","0.109"],["63951.10","12"]],"u":4984028370730})");
    QTest::newRow("best only") << 1
                               << QByteArray(R"({"s":"BTCUSDT","b":[["63947.30","0.113"]],)"
                                             R"("a":[["63947.40","0.109"]],"u":4984028370730})");
    QTest::newRow("none") << 0 << QByteArray(R"({"s":"BTCUSDT","b":[],"a":[],"u":4984028370730})");
}

void TestBookJson::live()
{
    QFETCH(int, levelsMax);
    QFETCH(QByteArray, json);

    std::string out;
    appendLiveJson(out, "BTCUSDT", smallBook(), static_cast<std::size_t>(levelsMax), 4984028370730);
    QCOMPARE(QByteArray::fromStdString(out), json);
}

void TestBookJson::full()
{
    std::string out;
    appendFullJson(out, "BTCUSDT", smallBook(),
                   {.lastUpdateId = 4984028370730,
                    .eventTimeMs = 1721347022504,
                    .updatedAtMs = 1795353302123,
                    .partition = 3,
                    .offset = 123456789});
    QCOMPARE(QByteArray::fromStdString(out),
             QByteArray(R"({"symbol":"BTCUSDT","lastUpdateId":4984028370730,)"
                        R"("bids":[["63947.30","0.113"],["63947.2","5"],["63000.00","0.5000"]],)"
                        R"("asks":[["63947.40","0.109"],["63951.10","12"]],"timestamp":1721347022504,)"
                        R"("updatedAt":"2026-11-22T13:15:02.123Z","partition":3,"offset":123456789})"));
}

void TestBookJson::status()
{
    std::string out;
    appendStatusJson(out, {.state = SyncState::Live,
                           .lastId = 4984028370730,
                           .ageMs = 42,
                           .gaps = 1,
                           .resyncs = 2,
                           .owner = "host:4711:9",
                           .updatedAtMs = 1795353302123});
    QCOMPARE(QByteArray::fromStdString(out),
             QByteArray(R"({"state":"live","u":4984028370730,"ageMs":42,"gaps":1,"resyncs":2,"owner":"host:4711:9",)"
                        R"("updatedAt":"2026-11-22T13:15:02.123Z"})"));
}

void TestBookJson::appendsToWhatIsThere()
{
    std::string out = "before";
    appendLiveJson(out, "A", OrderBook(), 10, 0);
    QCOMPARE(out, std::string(R"(before{"s":"A","b":[],"a":[],"u":0})"));
}

void TestBookJson::escapesNames()
{
    std::string out;
    appendLiveJson(out, "\xe5\xb8\x81\"\\\n", OrderBook(), 10, 7);
    const QJsonDocument parsed = QJsonDocument::fromJson(QByteArray::fromStdString(out));
    QCOMPARE(parsed["s"].toString().toUtf8(), QByteArray("\xe5\xb8\x81\"\\\n"));
}

void TestBookJson::isoTime_data()
{
    QTest::addColumn<qint64>("epochMs");

    QTest::newRow("epoch") << qint64(0);
    QTest::newRow("last millisecond of a leap day") << qint64(1709251199999);
    QTest::newRow("next") << qint64(1709251200000);
    QTest::newRow("today") << qint64(1795353302123);
    QTest::newRow("end of 2099") << qint64(4102444799999);
}

void TestBookJson::isoTime()
{
    QFETCH(qint64, epochMs);

    std::string out;
    appendIsoTime(out, epochMs);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(epochMs).toUTC();
    QCOMPARE(QString::fromStdString(out), time.toString(Qt::ISODateWithMs));
}

QTEST_APPLESS_MAIN(TestBookJson)
#include "tst_book_json.moc"

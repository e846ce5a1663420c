// `obmonitor exchange` as a process: its ready line, its exit codes, its faults and its truth file.
#include "support/await.h"
#include "support/exchange_client.h"
#include "support/program.h"
#include "support/truth.h"

#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace obm::test;

namespace {

constexpr int waitMs = 60'000;

QStringList exchangeWith(const QStringList& options)
{
    return QStringList{QStringLiteral("exchange")} + options;
}

// What its ready line tells.
struct Ready
{
    QUrl wsUrl;
    QUrl restUrl;

    [[nodiscard]] QUrl stream(const QString& name) const
    {
        QUrl url = wsUrl;
        url.setQuery(QStringLiteral("streams=") + name);
        return url;
    }
};

Ready awaitReady(Program& program)
{
    const QRegularExpressionMatch line = program.await(QStringLiteral("ws_url=(\\S+) rest_url=(\\S+)\n"));
    return {QUrl(line.captured(1)), QUrl(line.captured(2))};
}

} // namespace

class TestExchangeHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsInOrderOnASignal_data();
    void endsInOrderOnASignal();
    void wrongUsageIsTwo_data();
    void wrongUsageIsTwo();
    void portTakenIsOne();
    void missingRecordingIsOne();
    void servesAndWritesItsTruth();
    void endsWithItsRecording();
};

void TestExchangeHead::endsInOrderOnASignal_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TestExchangeHead::endsInOrderOnASignal()
{
    QFETCH(int, number);
    Program exchange(QStringLiteral("exchange"), exchangeWith({QStringLiteral("--port"), QStringLiteral("0")}));
    const Ready ready = awaitReady(exchange);
    QVERIFY(ready.restUrl.isValid());
    exchange.signal(number);
    QCOMPARE(exchange.awaitExit().value_or(-1), 0);
}

void TestExchangeHead::wrongUsageIsTwo_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* name, const QStringList& options, const char* word) {
        QTest::newRow(name) << options << QByteArray(word);
    };
    row("fault", {QStringLiteral("--fault"), QStringLiteral("dorp")}, "dorp");
    row("symbols", {QStringLiteral("--symbols"), QStringLiteral("0")}, "--symbols");
    row("port", {QStringLiteral("--port"), QStringLiteral("70000")}, "--port");
    row("option", {QStringLiteral("--nonsense")}, "--nonsense");
}

void TestExchangeHead::wrongUsageIsTwo()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, word);
    Program exchange(QStringLiteral("exchange"), exchangeWith(options));
    QCOMPARE(exchange.awaitExit().value_or(-1), 2);
    const QByteArray errors = exchange.err().toUtf8();
    QVERIFY2(errors.contains(word), errors.constData());
    QCOMPARE(errors.count('\n'), 1);
}

void TestExchangeHead::portTakenIsOne()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress(QHostAddress::LocalHost)));
    const QString port = QString::number(taken.serverPort());
    Program exchange(QStringLiteral("exchange"), exchangeWith({QStringLiteral("--port"), port}));
    QCOMPARE(exchange.awaitExit().value_or(-1), 1);
    const QByteArray errors = exchange.err().toUtf8();
    QVERIFY2(errors.contains(port.toUtf8()), errors.constData());
    QCOMPARE(errors.count('\n'), 1);
}

void TestExchangeHead::missingRecordingIsOne()
{
    Program exchange(QStringLiteral("exchange"),
                     exchangeWith({QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--recording"),
                                   QStringLiteral("/nonexistent")}));
    QCOMPARE(exchange.awaitExit().value_or(-1), 1);
    QVERIFY(exchange.err().contains(QLatin1String("/nonexistent")));
}

void TestExchangeHead::servesAndWritesItsTruth()
{
    const QTemporaryDir folder;
    const QString truthFile = folder.filePath(QStringLiteral("truth.ndjson"));
    Program exchange(QStringLiteral("exchange"),
                     exchangeWith({QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--symbols"),
                                   QStringLiteral("BTCUSDT"), QStringLiteral("--truth"), truthFile,
                                   QStringLiteral("--fault"), QStringLiteral("cut:symbol=BTCUSDT,after=5")}));
    const Ready ready = awaitReady(exchange);
    QVERIFY(ready.restUrl.isValid());
    StreamClient client(ready.stream(QStringLiteral("btcusdt@depth@100ms")));
    AWAIT_WITHIN(client.isClosed(), waitMs);
    RestClient rest(ready.restUrl);
    QCOMPARE(rest.get(QStringLiteral("/control/sync")).status, 200);
    TruthReader truth;
    QVERIFY(truth.load(truthFile));
    QVERIFY(!client.events().isEmpty());
    for (const ClientEvent& event : client.events())
        QVERIFY(truth.topAt(QStringLiteral("BTCUSDT"), event.lastId));
}

void TestExchangeHead::endsWithItsRecording()
{
    const QString recording = qEnvironmentVariable("OBM_RECORDINGS") + QStringLiteral("/usdm-20210405");
    if (!QFile::exists(recording))
        QSKIP("OBM_RECORDINGS has no such recording");
    Program exchange(
        QStringLiteral("exchange"),
        exchangeWith({QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--recording"), recording,
                      QStringLiteral("--speed"), QStringLiteral("100000"), QStringLiteral("--exit-when-done")}));
    const Ready ready = awaitReady(exchange);
    QVERIFY(ready.restUrl.isValid());
    StreamClient client(ready.stream(QStringLiteral("batusdt@depth")));
    AWAIT_WITHIN(client.isClosed(), waitMs);
    QCOMPARE(exchange.awaitExit().value_or(-1), 0);
}

QTEST_GUILESS_MAIN(TestExchangeHead)
#include "tst_exchange_head.moc"

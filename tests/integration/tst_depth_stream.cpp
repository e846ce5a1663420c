// The depth streams against the local exchange: real sockets, real time, short deadlines.
#include "exchange/depth_stream.h"
#include "localexchange/local_exchange.h"
#include "support/stream_recorder.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslKey>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocketServer>

#include <memory>

using namespace obm;
using namespace obm::test;

namespace {

constexpr int waitMs = 30'000;
const QStringList two = {QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT")};
const QStringList six = {QStringLiteral("BTCUSDT"), QStringLiteral("ETHUSDT"), QStringLiteral("BNBUSDT"),
                         QStringLiteral("SOLUSDT"), QStringLiteral("ADAUSDT"), QStringLiteral("XRPUSDT")};

// Deadlines that end a test soon and still forgive a loaded machine.
StreamLimits limits()
{
    StreamLimits limits;
    limits.requestIntervalMs = 20;
    limits.reconnect = {.firstMs = 50, .capMs = 200};
    limits.tickMs = 50;
    limits.handOverQuietMs = 1'000;
    limits.seed = 1;
    return limits;
}

Fault faultOf(const char* spec)
{
    return parseFault(QString::fromLatin1(spec)).value();
}

struct Setup
{
    explicit Setup(const StreamLimits& streamLimits = limits(), const QStringList& symbols = six,
                   const QList<Fault>& faults = {})
    {
        LocalExchangeOptions options;
        options.symbols = symbols;
        options.faults = faults;
        exchange = std::make_unique<LocalExchange>(options);
        if (const auto started = exchange->start(); !started)
            qFatal("%s", qPrintable(started.error()));
        ExchangeConfig config;
        config.wsUrl = exchange->wsUrl().toString().toStdString();
        config.depthSpeed = DepthSpeed::Ms100;
        stream = std::make_unique<DepthStream>(config, recorder.sink(), streamLimits);
    }

    [[nodiscard]] StreamCounters counters() const { return stream->status().counters; }
    [[nodiscard]] SymbolStreamStatus symbol(const char* name) const
    {
        for (const SymbolStreamStatus& status : stream->status().symbols)
            if (status.symbol == name)
                return status;
        return {};
    }
    [[nodiscard]] bool isWhole() const
    {
        const StreamChain total = recorder.total();
        return total.gaps == 0 && total.repeats == 0 && recorder.malformed() == 0;
    }

    std::unique_ptr<LocalExchange> exchange;
    StreamRecorder recorder;
    std::unique_ptr<DepthStream> stream;
};

} // namespace

class TestDepthStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversEverySymbol();
    void spreadsOverSeveralConnections();
    void comesBackAfterACut();
    void comesBackWhenTheExchangeDoes();
    void halfOpenConnectionIsEndedByThePing();
    void stalledConnectionIsEndedByTheIdleDeadline();
    void deadPathIsSaid();
    void unansweredSubscriptionEndsTheConnection();
    void rollOverLosesNothing();
    void rollsOverByItself();
    void shutdownAnnouncementMovesToANewConnection();
    void failedRollOverKeepsTheOldConnection();
    void oldConnectionLostInTheMiddleOfARollOver();
    void symbolsComeAndGoWithoutAReconnect();
    void refusedSymbolIsNamedAndStopsNoOther();
    void silentSymbolIsNamedOnce();
    void oversizedMessageEndsTheConnection();
    void malformedMessagesStopNothing();
    void nonAsciiSymbol();
    void untrustedCertificateIsRefused();
    void stopClosesEverything();
};

void TestDepthStream::deliversEverySymbol()
{
    Setup setup;
    QSignalSpy notices(setup.stream.get(), &DepthStream::noticed);
    setup.stream->start({"btcusdt", "ETHUSDT", "BTCUSDT", "SOLUSDT"});
    const QStringList wanted = {"BTCUSDT", "ETHUSDT", "SOLUSDT"};
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(wanted) >= 5, waitMs);
    QVERIFY(setup.isWhole());
    QCOMPARE(setup.recorder.symbolCount(), std::size_t(3));
    const ExchangeStreamStatus status = setup.stream->status();
    QCOMPARE(int(status.symbols.size()), 3);
    QCOMPARE(int(status.connections.size()), 1);
    QCOMPARE(status.connections[0].state, StreamState::Delivering);
    QCOMPARE(status.connections[0].acknowledged, 3);
    QCOMPARE(status.counters.messages, quint64(setup.recorder.total().events));
    QCOMPARE(setup.symbol("BTCUSDT").subscription, SubscriptionState::Acknowledged);
    QVERIFY(setup.symbol("BTCUSDT").lastMessageMs > 0);
    QVERIFY(status.alarm.empty());
    QCOMPARE(notices.size(), 0);
}

void TestDepthStream::spreadsOverSeveralConnections()
{
    StreamLimits some = limits();
    some.symbolsPerConnection = 2;
    Setup setup(some);
    setup.stream->start(six);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(six) >= 3, waitMs);
    QVERIFY(setup.isWhole());
    const ExchangeStreamStatus status = setup.stream->status();
    QCOMPARE(int(status.connections.size()), 3);
    for (const StreamConnectionStatus& connection : status.connections)
        QCOMPARE(connection.symbols, 2);
}

void TestDepthStream::comesBackAfterACut()
{
    Setup setup;
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    setup.exchange->inject(faultOf("cut"));
    QTRY_COMPARE_WITH_TIMEOUT(setup.counters().reconnects, quint64(1), waitMs);
    QVERIFY(!setup.stream->status().connections[0].lastError.empty());
    setup.recorder.clear();
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    QCOMPARE(setup.counters().connects, quint64(2));
}

void TestDepthStream::comesBackWhenTheExchangeDoes()
{
    Setup setup;
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    setup.exchange->inject(faultOf("refuse-connections:for_ms=1500"));
    setup.exchange->inject(faultOf("cut"));
    QTRY_VERIFY_WITH_TIMEOUT(setup.counters().reconnects >= 2, waitMs);
    setup.recorder.clear();
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
}

void TestDepthStream::halfOpenConnectionIsEndedByThePing()
{
    StreamLimits some = limits();
    some.pingIntervalMs = 500;
    some.pongDeadlineMs = 1'000;
    Setup setup(some);
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    QTRY_VERIFY_WITH_TIMEOUT(setup.stream->status().connections[0].pingRoundTripMs >= 0, waitMs);
    setup.exchange->inject(faultOf("half-open"));
    QTRY_COMPARE_WITH_TIMEOUT(setup.counters().pongsMissed, quint64(1), waitMs);
    setup.recorder.clear();
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    QCOMPARE(setup.counters().idleKills, quint64(0));
}

void TestDepthStream::stalledConnectionIsEndedByTheIdleDeadline()
{
    StreamLimits some = limits();
    some.dataIdleMs = 1'500;
    some.pingIntervalMs = 200;
    Setup setup(some);
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    setup.exchange->inject(faultOf("stall:for_ms=2000"));
    QTRY_VERIFY_WITH_TIMEOUT(setup.counters().idleKills >= 1, waitMs);
    QCOMPARE(setup.counters().pongsMissed, quint64(0));
    setup.recorder.clear();
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    QVERIFY(setup.stream->status().alarm.empty()); // it had delivered before: the path is right
}

void TestDepthStream::deadPathIsSaid()
{
    StreamLimits some = limits();
    some.dataIdleMs = 500;
    Setup setup(some, six, {faultOf("silent-ack:count=1")});
    QSignalSpy notices(setup.stream.get(), &DepthStream::noticed);
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.counters().idleKills >= 1, waitMs);
    QVERIFY(!notices.isEmpty());
    QVERIFY(notices[0][0].toBool());
    QVERIFY2(notices[0][1].toString().contains("exchange.ws_url"), qPrintable(notices[0][1].toString()));
    QVERIFY(QString::fromStdString(setup.stream->status().alarm).contains("exchange.ws_url"));
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    QTRY_VERIFY_WITH_TIMEOUT(setup.stream->status().alarm.empty(), waitMs);
}

void TestDepthStream::unansweredSubscriptionEndsTheConnection()
{
    StreamLimits some = limits();
    some.answerDeadlineMs = 500;
    Setup setup(some, six, {faultOf("no-answer:count=1")});
    setup.stream->start(two);
    QTRY_COMPARE_WITH_TIMEOUT(setup.counters().answersMissed, quint64(1), waitMs);
    QTRY_COMPARE_WITH_TIMEOUT(setup.stream->status().connections[0].acknowledged, 2, waitMs);
    setup.recorder.clear();
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
}

void TestDepthStream::rollOverLosesNothing()
{
    StreamLimits some = limits();
    some.symbolsPerConnection = 3;
    Setup setup(some);
    setup.stream->start(six);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(six) >= 2, waitMs);
    for (int round = 1; round <= 3; ++round) {
        setup.stream->rollOver();
        QVERIFY(setup.stream->status().connections[0].rollingOver);
        QTRY_COMPARE_WITH_TIMEOUT(setup.counters().rollOvers, quint64(2 * round), waitMs);
        QVERIFY(!setup.stream->status().connections[0].rollingOver);
    }
    const int before = setup.recorder.fewestEvents(six);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(six) >= before + 5, waitMs);
    QVERIFY(setup.isWhole());
    QCOMPARE(setup.counters().reconnects, quint64(0));
    QCOMPARE(setup.counters().connects, quint64(8));
}

void TestDepthStream::rollsOverByItself()
{
    StreamLimits some = limits();
    some.rollOverMs = 1'000;
    some.rollOverJitterMs = 300;
    Setup setup(some);
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.counters().rollOvers >= 2, waitMs);
    QVERIFY(setup.isWhole());
    QCOMPARE(setup.counters().reconnects, quint64(0));
}

void TestDepthStream::shutdownAnnouncementMovesToANewConnection()
{
    Setup setup;
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    setup.exchange->inject(faultOf("server-shutdown"));
    QTRY_COMPARE_WITH_TIMEOUT(setup.counters().rollOvers, quint64(1), waitMs);
    QVERIFY(setup.counters().serverShutdowns >= 1);
    const int before = setup.recorder.fewestEvents(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= before + 3, waitMs);
    QVERIFY(setup.isWhole());
}

void TestDepthStream::failedRollOverKeepsTheOldConnection()
{
    StreamLimits some = limits();
    some.rollOverRetryMs = 500;
    Setup setup(some);
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    setup.exchange->inject(faultOf("refuse-connections:count=1"));
    setup.stream->rollOver();
    QTRY_COMPARE_WITH_TIMEOUT(setup.counters().rollOversFailed, quint64(1), waitMs);
    QTRY_COMPARE_WITH_TIMEOUT(setup.counters().rollOvers, quint64(1), waitMs);
    QVERIFY(setup.isWhole());
    QCOMPARE(setup.counters().reconnects, quint64(0));
}

void TestDepthStream::oldConnectionLostInTheMiddleOfARollOver()
{
    StreamLimits some = limits();
    some.handOverQuietMs = 60'000; // a stall keeps the streams from moving
    Setup setup(some);
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    setup.exchange->inject(faultOf("stall:for_ms=1000"));
    setup.stream->rollOver();
    setup.exchange->inject(faultOf("cut"));
    QTRY_COMPARE_WITH_TIMEOUT(setup.counters().reconnects, quint64(1), waitMs);
    QVERIFY(!setup.stream->status().connections[0].rollingOver);
    setup.recorder.clear();
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    QCOMPARE(setup.counters().connects, quint64(2));
}

void TestDepthStream::symbolsComeAndGoWithoutAReconnect()
{
    Setup setup;
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    setup.stream->setSymbols({"ETHUSDT", "SOLUSDT"});
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.of("SOLUSDT").events >= 3, waitMs);
    const int btc = setup.recorder.of("BTCUSDT").events;
    const int eth = setup.recorder.of("ETHUSDT").events;
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.of("ETHUSDT").events >= eth + 5, waitMs);
    QCOMPARE(setup.recorder.of("BTCUSDT").events, btc);
    QVERIFY(setup.isWhole()); // ETHUSDT was not interrupted
    QCOMPARE(setup.counters().connects, quint64(1));
    QCOMPARE(int(setup.stream->status().symbols.size()), 2);
    setup.stream->setSymbols({});
    QTRY_COMPARE_WITH_TIMEOUT(setup.stream->status().connections[0].state, StreamState::Waiting, waitMs);
    setup.stream->setSymbols({"ADAUSDT"});
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.of("ADAUSDT").events >= 2, waitMs);
}

void TestDepthStream::refusedSymbolIsNamedAndStopsNoOther()
{
    StreamLimits some = limits();
    some.refusedRetryMs = 1'000;
    Setup setup(some, six, {faultOf("refuse-subscribe:symbol=SOLUSDT,count=4")}); // 6, 3, 1 or 2, 1 of its request
    QSignalSpy notices(setup.stream.get(), &DepthStream::noticed);
    setup.stream->start(six);
    QTRY_COMPARE_WITH_TIMEOUT(setup.symbol("SOLUSDT").subscription, SubscriptionState::Refused, waitMs);
    QVERIFY(!setup.symbol("SOLUSDT").refusal.empty());
    QVERIFY(!notices.isEmpty());
    QVERIFY2(notices[0][1].toString().contains("SOLUSDT"), qPrintable(notices[0][1].toString()));
    QCOMPARE(setup.recorder.of("SOLUSDT").events, 0);
    QTRY_COMPARE_WITH_TIMEOUT(setup.stream->status().connections[0].acknowledged, 6, waitMs); // tried again
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(six) >= 2, waitMs);
    QVERIFY(setup.isWhole());
    QCOMPARE(setup.counters().connects, quint64(1));
}

void TestDepthStream::silentSymbolIsNamedOnce()
{
    StreamLimits some = limits();
    some.symbolSilenceMs = 1'500;
    Setup setup(some, six, {faultOf("stall:symbol=ETHUSDT,for_ms=5000")});
    QSignalSpy notices(setup.stream.get(), &DepthStream::noticed);
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.symbol("ETHUSDT").silent, waitMs);
    QCOMPARE(setup.counters().silenceAlarms, quint64(1));
    QVERIFY(QString::fromStdString(setup.stream->status().alarm).contains("ETHUSDT"));
    QVERIFY(!setup.symbol("BTCUSDT").silent);
    const int btc = setup.recorder.of("BTCUSDT").events;
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.of("BTCUSDT").events >= btc + 5, waitMs);
    QCOMPARE(notices.size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(!setup.symbol("ETHUSDT").silent, waitMs);
    QVERIFY(setup.stream->status().alarm.empty());
}

void TestDepthStream::oversizedMessageEndsTheConnection()
{
    Setup setup;
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    setup.exchange->inject(faultOf("oversize:symbol=BTCUSDT"));
    QTRY_COMPARE_WITH_TIMEOUT(setup.counters().oversized, quint64(1), waitMs);
    setup.recorder.clear();
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
}

void TestDepthStream::malformedMessagesStopNothing()
{
    Setup setup;
    setup.stream->start(two);
    setup.exchange->inject(faultOf("malformed:symbol=BTCUSDT,p=0.5"));
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.of("ETHUSDT").events >= 20, waitMs);
    QVERIFY(setup.recorder.malformed() > 0); // the data is the book's to judge: it is passed on as received
    QCOMPARE(setup.recorder.of("ETHUSDT").gaps, 0);
    QCOMPARE(setup.counters().reconnects, quint64(0));
}

void TestDepthStream::nonAsciiSymbol()
{
    const QString symbol = QString::fromUtf8("\u5e01\u5b89\u4eba\u751fUSDT");
    Setup setup(limits(), {symbol, "BTCUSDT"});
    setup.stream->start({symbol});
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.of(symbol.toStdString()).events >= 2, waitMs);
    QVERIFY(setup.isWhole());
}

void TestDepthStream::untrustedCertificateIsRefused()
{
    const QString openssl = QStandardPaths::findExecutable("openssl");
    if (openssl.isEmpty() || !QSslSocket::supportsSsl())
        QSKIP("no openssl to make a certificate with");
    QTemporaryDir dir;
    const QString key = dir.filePath("key.pem"), certificate = dir.filePath("certificate.pem");
    QProcess make;
    make.start(openssl, {"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-batch", "-subj", "/CN=localhost", "-keyout",
                         key, "-out", certificate});
    QVERIFY(make.waitForFinished(waitMs) && make.exitCode() == 0);
    QFile keyFile(key), certificateFile(certificate);
    QVERIFY(keyFile.open(QIODevice::ReadOnly) && certificateFile.open(QIODevice::ReadOnly));
    QSslConfiguration tls;
    tls.setPrivateKey(QSslKey(&keyFile, QSsl::Rsa));
    tls.setLocalCertificate(QSslCertificate(&certificateFile));
    QWebSocketServer server("test", QWebSocketServer::SecureMode);
    server.setSslConfiguration(tls);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QSignalSpy accepted(&server, &QWebSocketServer::newConnection);
    ExchangeConfig config;
    config.wsUrl = "wss://localhost:" + std::to_string(server.serverPort()) + "/public/stream";
    StreamRecorder recorder;
    DepthStream stream(config, recorder.sink(), limits());
    stream.start(two);
    QTRY_VERIFY_WITH_TIMEOUT(stream.status().counters.reconnects >= 2, waitMs);
    QCOMPARE(accepted.size(), 0);
    const QString error = QString::fromStdString(stream.status().connections[0].lastError);
    QVERIFY2(error.startsWith("TLS refused: "), qPrintable(error));
}

void TestDepthStream::stopClosesEverything()
{
    Setup setup;
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.fewestEvents(two) >= 2, waitMs);
    setup.stream->stop();
    const int events = setup.recorder.total().events;
    QVERIFY(setup.stream->status().symbols.empty());
    QCOMPARE(setup.stream->status().connections[0].state, StreamState::Waiting);
    setup.stream->start(two);
    QTRY_VERIFY_WITH_TIMEOUT(setup.recorder.total().events >= events + 4, waitMs);
}

QTEST_GUILESS_MAIN(TestDepthStream)
#include "tst_depth_stream.moc"

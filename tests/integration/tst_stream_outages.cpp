// Connections of the depth streams end in every known way, and the streams go on; a planned move loses nothing.
#include "support/await.h"
#include "support/stream_setup.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslKey>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocketServer>

using namespace obm;
using namespace obm::test;

class TestStreamOutages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
    void oversizedMessageEndsTheConnection();
    void untrustedCertificateIsRefused();
};

void TestStreamOutages::comesBackAfterACut()
{
    StreamSetup setup;
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    setup.exchange->inject(faultOf("cut"));
    AWAIT_EQUAL_WITHIN(setup.counters().reconnects, quint64(1), streamWaitMs);
    QVERIFY(!setup.stream->status().connections[0].lastError.empty());
    setup.recorder.clear();
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    QCOMPARE(setup.counters().connects, quint64(2));
}

void TestStreamOutages::comesBackWhenTheExchangeDoes()
{
    StreamSetup setup;
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    setup.exchange->inject(faultOf("refuse-connections:for_ms=1500"));
    setup.exchange->inject(faultOf("cut"));
    AWAIT_WITHIN(setup.counters().reconnects >= 2, streamWaitMs);
    setup.recorder.clear();
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
}

void TestStreamOutages::halfOpenConnectionIsEndedByThePing()
{
    StreamLimits some = shortLimits();
    some.pingIntervalMs = 500;
    some.pongDeadlineMs = 1'000;
    StreamSetup setup(some);
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    AWAIT_WITHIN(setup.stream->status().connections[0].pingRoundTripMs >= 0, streamWaitMs);
    setup.exchange->inject(faultOf("half-open"));
    AWAIT_EQUAL_WITHIN(setup.counters().pongsMissed, quint64(1), streamWaitMs);
    setup.recorder.clear();
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    QCOMPARE(setup.counters().idleKills, quint64(0));
}

void TestStreamOutages::stalledConnectionIsEndedByTheIdleDeadline()
{
    StreamLimits some = shortLimits();
    some.dataIdleMs = 1'500;
    some.pingIntervalMs = 200;
    StreamSetup setup(some);
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    setup.exchange->inject(faultOf("stall:for_ms=2000"));
    AWAIT_WITHIN(setup.counters().idleKills >= 1, streamWaitMs);
    QCOMPARE(setup.counters().pongsMissed, quint64(0));
    setup.recorder.clear();
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    QVERIFY(setup.stream->status().alarm.empty()); // it had delivered before: the path is right
}

void TestStreamOutages::deadPathIsSaid()
{
    StreamLimits some = shortLimits();
    some.dataIdleMs = 500;
    StreamSetup setup(some, sixSymbols, {faultOf("silent-ack:count=1")});
    QSignalSpy notices(setup.stream.get(), &DepthStream::noticed);
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.counters().idleKills >= 1, streamWaitMs);
    QVERIFY(!notices.isEmpty());
    QVERIFY(notices[0][0].toBool());
    QVERIFY2(notices[0][1].toString().contains("exchange.ws_url"), qPrintable(notices[0][1].toString()));
    QVERIFY(QString::fromStdString(setup.stream->status().alarm).contains("exchange.ws_url"));
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    AWAIT_WITHIN(setup.stream->status().alarm.empty(), streamWaitMs);
}

void TestStreamOutages::unansweredSubscriptionEndsTheConnection()
{
    StreamLimits some = shortLimits();
    some.answerDeadlineMs = 500;
    StreamSetup setup(some, sixSymbols, {faultOf("no-answer:count=1")});
    setup.stream->start(twoSymbols);
    AWAIT_EQUAL_WITHIN(setup.counters().answersMissed, quint64(1), streamWaitMs);
    AWAIT_EQUAL_WITHIN(setup.stream->status().connections[0].acknowledged, 2, streamWaitMs);
    setup.recorder.clear();
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
}

void TestStreamOutages::rollOverLosesNothing()
{
    StreamLimits some = shortLimits();
    some.symbolsPerConnection = 3;
    StreamSetup setup(some);
    setup.stream->start(sixSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(sixSymbols) >= 2, streamWaitMs);
    for (int round = 1; round <= 3; ++round) {
        setup.stream->rollOver();
        QVERIFY(setup.stream->status().connections[0].rollingOver);
        AWAIT_EQUAL_WITHIN(setup.counters().rollOvers, quint64(2 * round), streamWaitMs);
        QVERIFY(!setup.stream->status().connections[0].rollingOver);
    }
    const int before = setup.recorder.fewestEvents(sixSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(sixSymbols) >= before + 5, streamWaitMs);
    QVERIFY(setup.isWhole());
    QCOMPARE(setup.counters().reconnects, quint64(0));
    QCOMPARE(setup.counters().connects, quint64(8));
}

void TestStreamOutages::rollsOverByItself()
{
    StreamLimits some = shortLimits();
    some.rollOverMs = 1'000;
    some.rollOverJitterMs = 300;
    StreamSetup setup(some);
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.counters().rollOvers >= 2, streamWaitMs);
    QVERIFY(setup.isWhole());
    QCOMPARE(setup.counters().reconnects, quint64(0));
}

void TestStreamOutages::shutdownAnnouncementMovesToANewConnection()
{
    StreamSetup setup;
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    setup.exchange->inject(faultOf("server-shutdown:ms=2000"));
    AWAIT_EQUAL_WITHIN(setup.counters().rollOvers, quint64(1), streamWaitMs);
    QVERIFY(setup.counters().serverShutdowns >= 1);
    const int before = setup.recorder.fewestEvents(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= before + 3, streamWaitMs);
    QVERIFY(setup.isWhole());
    QCOMPARE(setup.counters().reconnects, quint64(0));
}

void TestStreamOutages::failedRollOverKeepsTheOldConnection()
{
    StreamLimits some = shortLimits();
    some.rollOverRetryMs = 500;
    StreamSetup setup(some);
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    setup.exchange->inject(faultOf("refuse-connections:count=1"));
    setup.stream->rollOver();
    AWAIT_EQUAL_WITHIN(setup.counters().rollOversFailed, quint64(1), streamWaitMs);
    AWAIT_EQUAL_WITHIN(setup.counters().rollOvers, quint64(1), streamWaitMs);
    QVERIFY(setup.isWhole());
    QCOMPARE(setup.counters().reconnects, quint64(0));
}

void TestStreamOutages::oldConnectionLostInTheMiddleOfARollOver()
{
    StreamLimits some = shortLimits();
    some.handOverQuietMs = 60'000; // a stall keeps the streams from moving
    StreamSetup setup(some);
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    setup.exchange->inject(faultOf("stall:for_ms=1000"));
    setup.stream->rollOver();
    setup.exchange->inject(faultOf("cut"));
    AWAIT_EQUAL_WITHIN(setup.counters().reconnects, quint64(1), streamWaitMs);
    QVERIFY(!setup.stream->status().connections[0].rollingOver);
    setup.recorder.clear();
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    QCOMPARE(setup.counters().connects, quint64(2));
}

void TestStreamOutages::oversizedMessageEndsTheConnection()
{
    StreamSetup setup;
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    setup.exchange->inject(faultOf("oversize:symbol=BTCUSDT"));
    AWAIT_EQUAL_WITHIN(setup.counters().oversized, quint64(1), streamWaitMs);
    setup.recorder.clear();
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
}

void TestStreamOutages::untrustedCertificateIsRefused()
{
    const QString openssl = QStandardPaths::findExecutable("openssl");
    if (openssl.isEmpty() || !QSslSocket::supportsSsl())
        QSKIP("no openssl to make a certificate with");
    QTemporaryDir dir;
    const QString key = dir.filePath("key.pem"), certificate = dir.filePath("certificate.pem");
    QProcess make;
    make.start(openssl, {"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-batch", "-subj", "/CN=localhost", "-keyout",
                         key, "-out", certificate});
    QVERIFY(make.waitForFinished(streamWaitMs) && make.exitCode() == 0);
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
    DepthStream stream(config, recorder.sink(), shortLimits());
    stream.start(twoSymbols);
    AWAIT_WITHIN(stream.status().counters.reconnects >= 2, streamWaitMs);
    QCOMPARE(accepted.size(), 0);
    const QString error = QString::fromStdString(stream.status().connections[0].lastError);
    QVERIFY2(error.startsWith("TLS refused: "), qPrintable(error));
}

QTEST_GUILESS_MAIN(TestStreamOutages)
#include "tst_stream_outages.moc"

// What the depth streams deliver, subscribe and say of each symbol, against the local exchange.
#include "support/await.h"
#include "support/stream_setup.h"

#include <QSignalSpy>
#include <QTest>

using namespace obm;
using namespace obm::test;

class TestDepthStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversEverySymbol();
    void spreadsOverSeveralConnections();
    void symbolsComeAndGoWithoutAReconnect();
    void refusedSymbolIsNamedAndStopsNoOther();
    void silentSymbolIsNamedOnce();
    void aDeadStreamComesBackOnAFreshConnection();
    void tellsWhichEventFollowsAGap();
    void malformedMessagesStopNothing();
    void nonAsciiSymbol();
    void stopClosesEverything();
};

void TestDepthStream::deliversEverySymbol()
{
    StreamSetup setup;
    QSignalSpy notices(setup.stream.get(), &DepthStream::noticed);
    setup.stream->start({"btcusdt", "ETHUSDT", "BTCUSDT", "SOLUSDT"});
    const QStringList wanted = {"BTCUSDT", "ETHUSDT", "SOLUSDT"};
    AWAIT_WITHIN(setup.recorder.fewestEvents(wanted) >= 5, streamWaitMs);
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
    StreamLimits some = shortLimits();
    some.symbolsPerConnection = 2;
    StreamSetup setup(some);
    setup.stream->start(sixSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(sixSymbols) >= 3, streamWaitMs);
    QVERIFY(setup.isWhole());
    const ExchangeStreamStatus status = setup.stream->status();
    QCOMPARE(int(status.connections.size()), 3);
    for (const StreamConnectionStatus& connection : status.connections)
        QCOMPARE(connection.symbols, 2);
}

void TestDepthStream::symbolsComeAndGoWithoutAReconnect()
{
    StreamSetup setup;
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    setup.stream->setSymbols({"ETHUSDT", "SOLUSDT"});
    AWAIT_WITHIN(setup.recorder.of("SOLUSDT").events >= 3, streamWaitMs);
    const int btc = setup.recorder.of("BTCUSDT").events;
    const int eth = setup.recorder.of("ETHUSDT").events;
    AWAIT_WITHIN(setup.recorder.of("ETHUSDT").events >= eth + 5, streamWaitMs);
    QCOMPARE(setup.recorder.of("BTCUSDT").events, btc);
    QVERIFY(setup.isWhole()); // ETHUSDT was not interrupted
    QCOMPARE(setup.counters().connects, quint64(1));
    QCOMPARE(int(setup.stream->status().symbols.size()), 2);
    setup.stream->setSymbols({});
    AWAIT_EQUAL_WITHIN(setup.stream->status().connections[0].state, StreamState::Waiting, streamWaitMs);
    setup.stream->setSymbols({"ADAUSDT"});
    AWAIT_WITHIN(setup.recorder.of("ADAUSDT").events >= 2, streamWaitMs);
}

void TestDepthStream::refusedSymbolIsNamedAndStopsNoOther()
{
    StreamLimits some = shortLimits();
    some.refusedRetryMs = 1'000;
    StreamSetup setup(some, sixSymbols,
                      {faultOf("refuse-subscribe:symbol=SOLUSDT,count=4")}); // 6, 3, 1 or 2, 1 of its request
    QSignalSpy notices(setup.stream.get(), &DepthStream::noticed);
    setup.stream->start(sixSymbols);
    AWAIT_EQUAL_WITHIN(setup.symbol("SOLUSDT").subscription, SubscriptionState::Refused, streamWaitMs);
    QVERIFY(!setup.symbol("SOLUSDT").refusal.empty());
    QVERIFY(!notices.isEmpty());
    QVERIFY2(notices[0][1].toString().contains("SOLUSDT"), qPrintable(notices[0][1].toString()));
    QCOMPARE(setup.recorder.of("SOLUSDT").events, 0);
    AWAIT_EQUAL_WITHIN(setup.stream->status().connections[0].acknowledged, 6, streamWaitMs); // tried again
    AWAIT_WITHIN(setup.recorder.fewestEvents(sixSymbols) >= 2, streamWaitMs);
    QVERIFY(setup.isWhole());
    QCOMPARE(setup.counters().connects, quint64(1));
}

void TestDepthStream::silentSymbolIsNamedOnce()
{
    StreamLimits some = shortLimits();
    some.symbolSilenceMs = 1'500;
    StreamSetup setup(some, sixSymbols, {faultOf("stall:symbol=ETHUSDT,for_ms=5000")});
    QSignalSpy notices(setup.stream.get(), &DepthStream::noticed);
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.symbol("ETHUSDT").silent, streamWaitMs);
    QCOMPARE(setup.counters().silenceAlarms, quint64(1));
    QVERIFY(QString::fromStdString(setup.stream->status().alarm).contains("ETHUSDT"));
    QVERIFY(!setup.symbol("BTCUSDT").silent);
    const int btc = setup.recorder.of("BTCUSDT").events;
    AWAIT_WITHIN(setup.recorder.of("BTCUSDT").events >= btc + 5, streamWaitMs);
    QCOMPARE(std::ranges::count_if(notices, [](const auto& notice) { return notice[0].toBool(); }), 1);
    AWAIT_WITHIN(!setup.symbol("ETHUSDT").silent, streamWaitMs);
    QVERIFY(setup.stream->status().alarm.empty());
}

void TestDepthStream::aDeadStreamComesBackOnAFreshConnection()
{
    StreamLimits some = shortLimits();
    some.symbolSilenceMs = 1'500;
    some.renewEveryMs = 1'500;
    StreamSetup setup(some, sixSymbols);
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 3, streamWaitMs);
    for (int deaths = 1; deaths <= 2; ++deaths) { // the second is not taken for a quiet time either
        setup.exchange->inject(faultOf("dead-stream:symbol=ETHUSDT"));
        AWAIT_WITHIN(setup.symbol("ETHUSDT").silent, 3 * some.symbolSilenceMs);
        const int eth = setup.recorder.of("ETHUSDT").events;
        AWAIT_WITHIN(setup.recorder.of("ETHUSDT").events >= eth + 3, streamWaitMs);
        QVERIFY(!setup.symbol("ETHUSDT").silent);
        QCOMPARE(setup.recorder.of("ETHUSDT").gaps, deaths);
        QCOMPARE(setup.recorder.total().gaps, deaths); // the others have none
        AWAIT_EQUAL_WITHIN(setup.counters().rollOvers, quint64(deaths), streamWaitMs);
    }
    QCOMPARE(setup.counters().reconnects, quint64(0));
}

// What is doubled or comes late is not missing a second time.
void TestDepthStream::tellsWhichEventFollowsAGap()
{
    StreamSetup setup(shortLimits(), sixSymbols, {faultOf("duplicate:p=0.3,count=30")});
    setup.stream->start(twoSymbols);
    for (const char* fault : {"drop:symbol=BTCUSDT", "reorder:symbol=BTCUSDT", "cut"}) {
        const int gaps = setup.recorder.total().gaps;
        AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
        setup.exchange->inject(faultOf(fault));
        QVERIFY2(QTest::qWaitFor([&] { return setup.recorder.total().gaps > gaps; }, streamWaitMs), fault);
    }
    QCOMPARE(setup.counters().gaps, quint64(setup.recorder.total().gaps));
    QCOMPARE(setup.recorder.disputed(), 0);
    QVERIFY(setup.recorder.total().repeats > 1);
}

void TestDepthStream::malformedMessagesStopNothing()
{
    StreamSetup setup;
    setup.stream->start(twoSymbols);
    setup.exchange->inject(faultOf("malformed:symbol=BTCUSDT,p=0.5"));
    AWAIT_WITHIN(setup.recorder.of("ETHUSDT").events >= 20, streamWaitMs);
    QVERIFY(setup.recorder.malformed() > 0); // the data is the book's to judge: it is passed on as received
    QCOMPARE(setup.recorder.of("ETHUSDT").gaps, 0);
    QCOMPARE(setup.counters().reconnects, quint64(0));
}

void TestDepthStream::nonAsciiSymbol()
{
    const QString symbol = QString::fromUtf8("\u5e01\u5b89\u4eba\u751fUSDT");
    StreamSetup setup(shortLimits(), {symbol, "BTCUSDT"});
    setup.stream->start({symbol});
    AWAIT_WITHIN(setup.recorder.of(symbol.toStdString()).events >= 2, streamWaitMs);
    QVERIFY(setup.isWhole());
}

void TestDepthStream::stopClosesEverything()
{
    StreamSetup setup;
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.fewestEvents(twoSymbols) >= 2, streamWaitMs);
    setup.stream->stop();
    const int events = setup.recorder.total().events;
    QVERIFY(setup.stream->status().symbols.empty());
    QCOMPARE(setup.stream->status().connections[0].state, StreamState::Waiting);
    setup.stream->start(twoSymbols);
    AWAIT_WITHIN(setup.recorder.total().events >= events + 4, streamWaitMs);
}

QTEST_GUILESS_MAIN(TestDepthStream)
#include "tst_depth_stream.moc"

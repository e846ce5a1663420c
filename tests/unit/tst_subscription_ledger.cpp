#include "exchange/subscription_ledger.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace obm;

namespace {

StreamLimits limits()
{
    StreamLimits limits;
    limits.streamsPerRequest = 4;
    limits.requestIntervalMs = 100;
    limits.answerDeadlineMs = 1000;
    limits.refusedRetryMs = 5000;
    return limits;
}

struct Sent
{
    QString method;
    QStringList streams;
    qint64 id = 0;
};

// The request that is due now, read by another parser than it was written for.
std::optional<Sent> sentAt(SubscriptionLedger& ledger, std::int64_t nowMs)
{
    const auto json = ledger.nextRequest(nowMs);
    if (!json)
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(*json)).object();
    Sent sent{object["method"].toString(), {}, object["id"].toInteger()};
    for (const QJsonValue& stream : object["params"].toArray())
        sent.streams << stream.toString();
    return sent;
}

constexpr std::string_view refusal = R"({"code":2,"msg":"Invalid request"})";

} // namespace

class TestSubscriptionLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksInSpacedChunks();
    void oneRequestAwaitsItsAnswer();
    void refusedChunkIsCutUntilTheStreamStandsAlone();
    void errorWithoutIdIsOfTheRequestUnderWay();
    void strangeAnswersAreIgnored();
    void removedBeforeItsTurnIsNeverAsked();
    void removedAndAddedAgainEndsSubscribed();
    void namesAreEscaped();
    void refusedIsTriedAgainLater();
};

void TestSubscriptionLedger::asksInSpacedChunks()
{
    SubscriptionLedger ledger(limits());
    for (int i = 0; i < 6; ++i)
        ledger.add("s" + std::to_string(i) + "@depth");
    const auto first = sentAt(ledger, 1000);
    QVERIFY(first);
    QCOMPARE(first->method, QString("SUBSCRIBE"));
    QCOMPARE(first->streams.size(), 4);
    ledger.onAnswer(first->id, {}, 1010);
    QVERIFY(!sentAt(ledger, 1099));
    QCOMPARE(ledger.nextRequestMs(), std::optional<std::int64_t>(1100));
    const auto second = sentAt(ledger, 1100);
    QVERIFY(second);
    QCOMPARE(second->streams, QStringList({"s4@depth", "s5@depth"}));
    QVERIFY(!ledger.isSettled());
    ledger.onAnswer(second->id, {}, 1110);
    QVERIFY(ledger.isSettled());
    QCOMPARE(ledger.acknowledgedCount(), 6);
    QCOMPARE(ledger.lastAcknowledgedMs(), std::int64_t(1110));
}

void TestSubscriptionLedger::oneRequestAwaitsItsAnswer()
{
    SubscriptionLedger ledger(limits());
    for (int i = 0; i < 8; ++i)
        ledger.add("s" + std::to_string(i));
    QVERIFY(sentAt(ledger, 0));
    QVERIFY(!sentAt(ledger, 500));
    QVERIFY(!ledger.nextRequestMs());
    QVERIFY(!ledger.isAnswerOverdue(1000));
    QVERIFY(ledger.isAnswerOverdue(1001));
}

void TestSubscriptionLedger::refusedChunkIsCutUntilTheStreamStandsAlone()
{
    SubscriptionLedger ledger(limits());
    for (const char* stream : {"a", "b", "bad", "d"})
        ledger.add(stream);
    QStringList refused;
    for (std::int64_t now = 0; now < 2000; now += 100) {
        const auto sent = sentAt(ledger, now);
        if (!sent)
            break;
        const auto answer = ledger.onAnswer(sent->id, sent->streams.contains("bad") ? refusal : "", now);
        if (answer)
            refused << QString::fromStdString(answer->stream);
    }
    QCOMPARE(refused, QStringList("bad"));
    QCOMPARE(ledger.acknowledgedCount(), 3);
    QCOMPARE(ledger.stateOf("bad"), SubscriptionState::Refused);
    QCOMPARE(ledger.stateOf("d"), SubscriptionState::Acknowledged);
    QVERIFY(ledger.isSettled());
}

void TestSubscriptionLedger::errorWithoutIdIsOfTheRequestUnderWay()
{
    SubscriptionLedger ledger(limits());
    ledger.add("a");
    QVERIFY(sentAt(ledger, 0));
    const auto refused = ledger.onAnswer(std::nullopt, refusal, 1);
    QVERIFY(refused);
    QCOMPARE(refused->reason, std::string(refusal));
}

void TestSubscriptionLedger::strangeAnswersAreIgnored()
{
    SubscriptionLedger ledger(limits());
    ledger.onAnswer(7, {}, 0);
    ledger.add("a");
    const auto sent = sentAt(ledger, 0);
    ledger.onAnswer(sent->id + 1, {}, 1);
    ledger.onAnswer(std::nullopt, {}, 1);
    QCOMPARE(ledger.stateOf("a"), SubscriptionState::Asked);
    ledger.onAnswer(sent->id, {}, 2);
    ledger.onAnswer(sent->id, refusal, 3);
    QCOMPARE(ledger.stateOf("a"), SubscriptionState::Acknowledged);
}

void TestSubscriptionLedger::removedBeforeItsTurnIsNeverAsked()
{
    SubscriptionLedger ledger(limits());
    ledger.add("a");
    ledger.remove("a");
    QVERIFY(!sentAt(ledger, 0));
    QVERIFY(ledger.isSettled());
}

void TestSubscriptionLedger::removedAndAddedAgainEndsSubscribed()
{
    SubscriptionLedger ledger(limits());
    ledger.add("a");
    ledger.onAnswer(sentAt(ledger, 0)->id, {}, 0);
    ledger.remove("a");
    QCOMPARE(ledger.acknowledgedCount(), 0);
    ledger.add("a");
    const auto first = sentAt(ledger, 100);
    QCOMPARE(first->method, QString("UNSUBSCRIBE"));
    ledger.onAnswer(first->id, {}, 100);
    const auto second = sentAt(ledger, 200);
    QCOMPARE(second->method, QString("SUBSCRIBE"));
    ledger.onAnswer(second->id, {}, 200);
    QCOMPARE(ledger.acknowledgedCount(), 1);
}

void TestSubscriptionLedger::namesAreEscaped()
{
    SubscriptionLedger ledger(limits());
    const QString odd = QString::fromUtf8("\u5e01\u5b89\"\\\x01@depth");
    ledger.add(odd.toStdString());
    QCOMPARE(sentAt(ledger, 0)->streams, QStringList(odd));
}

void TestSubscriptionLedger::refusedIsTriedAgainLater()
{
    SubscriptionLedger ledger(limits());
    ledger.add("a");
    ledger.onAnswer(sentAt(ledger, 0)->id, refusal, 0);
    ledger.retryRefused(4999);
    QVERIFY(!sentAt(ledger, 4999));
    ledger.retryRefused(5000);
    const auto again = sentAt(ledger, 5000);
    QVERIFY(again);
    ledger.onAnswer(again->id, {}, 5001);
    QCOMPARE(ledger.stateOf("a"), SubscriptionState::Acknowledged);
}

QTEST_APPLESS_MAIN(TestSubscriptionLedger)
#include "tst_subscription_ledger.moc"

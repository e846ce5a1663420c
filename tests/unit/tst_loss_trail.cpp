// When the producer has to doubt the message before the next one of a key.
#include "kafka/loss_trail.h"

#include <QTest>

using obm::LossTrail;

class TestLossTrail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doubts_data();
    void doubts();
};

// What happened, in order: q queued, d delivered, g given up, r refused, a all given up.
void TestLossTrail::doubts_data()
{
    QTest::addColumn<QByteArray>("story");
    QTest::addColumn<bool>("isDoubtful");

    const auto row = [](const char* name, const char* story, bool isDoubtful) {
        QTest::newRow(name) << QByteArray(story) << isDoubtful;
    };
    row("the first of a process", "", true);
    row("until it came through", "q", true);
    row("it came through", "qd", false);
    row("one after the other", "qdqdqd", false);
    row("waiting", "qdq", true);
    row("waiting, and one of two came through", "qdqqd", true);
    row("both came through", "qdqqdd", false);
    row("refused", "qdr", true);
    row("refused, and one queued since", "qdrq", true);
    row("refused, and one came through", "qdrqd", false);
    row("refused, and one came through that was queued before", "qdqrd", true);
    row("refused again, and one came through that was queued in between", "qdrqrd", true);
    row("given up", "qdqg", true);
    row("given up, and one came through that was queued before", "qdqqgd", true);
    row("given up, and one came through that was queued since", "qdqgqd", false);
    row("one of two given up after the other came through", "qdqqdg", true);
    row("all given up", "qdqqa", true);
    row("all given up, and none was there", "qda", false);
    row("all given up, and one came through", "qdqqaqd", false);
}

void TestLossTrail::doubts()
{
    QFETCH(QByteArray, story);
    LossTrail trail;
    for (const char happening : story) {
        switch (happening) {
        case 'q':
            trail.onQueued();
            break;
        case 'd':
            trail.onDelivered();
            break;
        case 'g':
            trail.onGivenUp();
            break;
        case 'r':
            trail.onRefused();
            break;
        default:
            trail.onAllGivenUp();
        }
    }
    QTEST(trail.isDoubtful(), "isDoubtful");
}

QTEST_APPLESS_MAIN(TestLossTrail)
#include "tst_loss_trail.moc"

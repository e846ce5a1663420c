// What anybody who may write to the topic, or a broken server, can try with a book: whatever it is, the book is right
// again soon, no other one notices, and nobody takes more than a share of the weight.
#include "support/book_rig.h"
#include "support/std_string.h"

#include <QtTest>

#include <limits>

using namespace obm;
using namespace obm::test;

namespace {

constexpr std::int64_t year2100Ms = 4'102'444'800'000;

std::uint64_t resyncsOf(BookRig& rig, const std::string& symbol, SyncReason reason)
{
    return rig.row(symbol)->counters.resyncsByReason[static_cast<std::size_t>(reason)];
}

// A stream of 10 ids every 100 ms that goes on from 100, and an exchange that answers each request with the book as it
// is by then.
class Stream
{
public:
    explicit Stream(BookRig& rig)
        : m_rig(rig)
    {}

    void next()
    {
        m_rig.nowMs += 100;
        m_rig.event(btc, {m_last, m_last + 1, m_last + 10});
        m_last += 10;
        answer();
    }
    // As many as it takes; -1: more than that.
    int eventsUntilLive(int eventsMax)
    {
        for (int events = 0; events <= eventsMax; ++events, next())
            if (m_rig.state(btc) == "live bridged")
                return events;
        return -1;
    }
    [[nodiscard]] int snapshots() const { return m_snapshots; }

private:
    void answer()
    {
        m_rig.set.tick();
        for (const auto& [symbol, priority] : std::exchange(m_rig.requested, {})) {
            ++m_snapshots;
            m_rig.snapshot(symbol, m_last - 5);
        }
    }

    BookRig& m_rig;
    std::int64_t m_last = 100;
    int m_snapshots = 0;
};

} // namespace

class TestHostileMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<BookRig>();
        m_rig->select({btc, eth});
        m_rig->set.assign({0, 1, 2});
        m_rig->goLive(btc);
        m_rig->goLive(eth);
        m_rig->forgetOutputs();
    }
    void cleanup()
    {
        QCOMPARE(m_rig->state(eth), std::string("live bridged"));
        QCOMPARE(m_rig->row(eth)->counters.resyncs, std::uint64_t(0));
    }

    void getsOverIdsFromNowhere_data();
    void getsOverIdsFromNowhere();
    void getsOverASnapshotBeyondTheStream_data();
    void getsOverASnapshotBeyondTheStream();
    void believesNeitherKeyNorTextWhenTheyDiffer();
    void aStrayMessageMovesNoSymbol();
    void tellsTheLastThatWasOfNoUse();
    void takesNoMoreThanItsShare_data();
    void takesNoMoreThanItsShare();

private:
    std::unique_ptr<BookRig> m_rig;
};

void TestHostileMessages::getsOverIdsFromNowhere_data()
{
    QTest::addColumn<qint64>("previous");
    QTest::addColumn<qint64>("last");
    QTest::addColumn<qint64>("eventMs");
    const qint64 most = std::numeric_limits<qint64>::max();
    const qint64 now = BookRig::epochAtStartMs + 1'000;
    QTest::newRow("behind a gap") << most - 1 << most << now;
    QTest::newRow("behind a gap, in 2100") << most - 1 << most << qint64(year2100Ms);
    QTest::newRow("behind a gap, at the end of time") << most - 1 << most << most;
    QTest::newRow("as the next one") << qint64(100) << most << qint64(year2100Ms);
    QTest::newRow("of the past") << qint64(1) << qint64(2) << now;
    QTest::newRow("of the past, in 2100") << qint64(1) << qint64(2) << qint64(year2100Ms);
}

void TestHostileMessages::getsOverIdsFromNowhere()
{
    QFETCH(qint64, previous);
    QFETCH(qint64, last);
    QFETCH(qint64, eventMs);
    for (int i = 0; i < 5; ++i)
        m_rig->message(btc, eventJson(btc, {previous, last, last}, {{"10", "666"}}, {}, eventMs), 0);
    m_rig->set.publish();
    for (const BookText& text : m_rig->live)
        QVERIFY2(!text.json.contains("666"), text.json.c_str());

    Stream stream(*m_rig);
    for (int i = 0; i < 10; ++i)
        stream.next();
    QVERIFY(stream.eventsUntilLive(700) >= 0); // eventAheadMaxMs and a little
    for (int i = 0; i < 100; ++i) {
        stream.next();
        QCOMPARE(m_rig->state(btc), std::string("live bridged"));
    }
}

void TestHostileMessages::getsOverASnapshotBeyondTheStream_data()
{
    QTest::addColumn<qint64>("lastUpdateId");
    QTest::addColumn<qint64>("eventMs");
    const qint64 now = BookRig::epochAtStartMs + 1'000;
    const qint64 most = std::numeric_limits<qint64>::max();
    QTest::newRow("of now") << qint64(1'000'000) << now;
    QTest::newRow("largest id") << most << now;
    QTest::newRow("without a time") << most << qint64(0);
    QTest::newRow("of 2100") << most << qint64(year2100Ms);
}

void TestHostileMessages::getsOverASnapshotBeyondTheStream()
{
    QFETCH(qint64, lastUpdateId);
    QFETCH(qint64, eventMs);
    m_rig->message(btc, "{}", 0);
    QCOMPARE(m_rig->state(btc), std::string("buffering malformed"));
    DepthSnapshot beyond = snapshotAt(lastUpdateId);
    beyond.eventTimeMs = eventMs;
    m_rig->set.onSnapshotRequested(btc);
    m_rig->set.onSnapshot(btc, beyond);
    m_rig->requested.clear();
    QCOMPARE(m_rig->state(btc), std::string("bridging snapshot_loaded"));

    Stream stream(*m_rig);
    QVERIFY(stream.eventsUntilLive(700) >= 0);
    QCOMPARE(resyncsOf(*m_rig, btc, SyncReason::BadSnapshot), std::uint64_t(1));
    QCOMPARE(stream.snapshots(), 1);
}

void TestHostileMessages::believesNeitherKeyNorTextWhenTheyDiffer()
{
    m_rig->message(eth, R"({"e":"depthUpdate","s":"BTCUSDT","u":"x"})", 1);
    m_rig->message(btc, R"({"e":"depthUpdate","s":"ETHUSDT","u":"x"})", 0);
    m_rig->message(eth, eventJson(btc, {200, 201, 210}, {}, {}, 0), 1);
    QCOMPARE(m_rig->state(btc), std::string("live bridged"));
    const BookSetCounters counters = m_rig->set.status().counters;
    QCOMPARE(counters.malformed[static_cast<std::size_t>(ParseFault::WrongType)], std::uint64_t(2));
    QCOMPARE(counters.keyMismatches, std::uint64_t(1));
    QCOMPARE(counters.unusable(), std::uint64_t(3));
    // Was it an event of this symbol after all, then the next one shows it.
    m_rig->event(btc, {110, 111, 120});
    QCOMPARE(m_rig->state(btc), std::string("buffering gap"));
}

// Another handler keeps it: to claim it would end what that one writes.
void TestHostileMessages::aStrayMessageMovesNoSymbol()
{
    m_rig->set.revoke({0});
    m_rig->forgetOutputs();
    for (int i = 0; i < 10; ++i)
        m_rig->eventAt(2, btc, {90, 91, 100});
    QCOMPARE(m_rig->kept, Names{});
    QCOMPARE(m_rig->requested.size(), std::size_t(0));
    QCOMPARE(m_rig->state(btc), std::string("not kept"));
}

void TestHostileMessages::tellsTheLastThatWasOfNoUse()
{
    const std::string longKey(10'000, 'x');
    m_rig->message(longKey, "<html>", 2);
    const BookSetStatus status = m_rig->set.status();
    QCOMPARE(status.lastUnreadable.partition, 2);
    QCOMPARE(status.lastUnreadable.offset, std::int64_t(0));
    QVERIFY2(status.lastUnreadable.reason.starts_with("bad_json: the text, key \"xxx"),
             status.lastUnreadable.reason.c_str());
    QVERIFY(status.lastUnreadable.reason.size() < 200);
    m_rig->message("", eventJson("NOBODYUSDT", {90, 91, 100}, {}, {}, 0), 0);
    QCOMPARE(m_rig->set.status().lastUnknownSymbol, std::string("NOBODYUSDT"));
}

// Somebody who spoils one symbol's events, however often, for twenty minutes.
void TestHostileMessages::takesNoMoreThanItsShare_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("everyEvents"); // of 100 ms
    const QByteArray unreadable = R"({"e":"depthUpdate","s":"BTCUSDT","u":"x"})";
    for (const int every : {1, 10, 31, 50, 100})
        QTest::addRow("unreadable, each %d ms", every * 100) << unreadable << every;
    const auto text = [](Ids ids, std::int64_t eventMs) {
        return QByteArray::fromStdString(eventJson(btc, ids, {{"13", "1"}}, {}, eventMs));
    };
    for (const int every : {1, 31, 100}) {
        QTest::addRow("ids from nowhere, each %d ms", every * 100)
            << text({1LL << 60, (1LL << 60) + 1, (1LL << 60) + 2}, year2100Ms) << every;
        QTest::addRow("ids of the past, each %d ms", every * 100) << text({1, 2, 3}, year2100Ms) << every;
    }
}

void TestHostileMessages::takesNoMoreThanItsShare()
{
    QFETCH(QByteArray, value);
    QFETCH(int, everyEvents);
    constexpr int events = 20 * 60 * 10;
    Stream stream(*m_rig);
    for (int i = 0; i < events; ++i) {
        if (i % everyEvents == 0)
            m_rig->message(btc, value.toStdString(), 0);
        stream.next();
    }
    const SyncLimits limits;
    const std::int64_t share = limits.snapshotsAhead + std::int64_t(events) * 100 / limits.snapshotEveryMs;
    QVERIFY2(stream.snapshots() <= share + 1, qPrintable(QString::number(stream.snapshots())));
    // Of 1200 a minute one sick symbol leaves nine tenths to the others.
    QVERIFY(60'000 / limits.snapshotEveryMs * 20 <= 1'200 / 10);
    QVERIFY(stream.eventsUntilLive(700) >= 0); // and it is over soon after
}

QTEST_GUILESS_MAIN(TestHostileMessages)
#include "tst_hostile_messages.moc"

// The id rule as a table: the exchange's steps, one case each, and their edges.
#include "book/sequencer.h"

#include <QTest>

using obm::DepthUpdate;
using obm::Sequencer;
using obm::SequenceVerdict;

namespace {

DepthUpdate eventOf(qint64 previous, qint64 first, qint64 last)
{
    DepthUpdate update;
    update.previousLastId = previous;
    update.firstId = first;
    update.lastId = last;
    return update;
}

Sequencer bridgedAt(qint64 last)
{
    Sequencer sequencer = Sequencer::fromSnapshot(last);
    sequencer.advance(eventOf(last - 10, last - 5, last));
    return sequencer;
}

} // namespace

Q_DECLARE_METATYPE(obm::SequenceVerdict)

class TestSequencer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validates_data();
    void validates();
    void bridgesOnce();
};

void TestSequencer::validates_data()
{
    QTest::addColumn<bool>("bridged");
    QTest::addColumn<qint64>("pu");
    QTest::addColumn<qint64>("U");
    QTest::addColumn<qint64>("u");
    QTest::addColumn<SequenceVerdict>("verdict");

    // The snapshot, or the book, stands at 100.
    const auto row = [](const char* name, bool bridged, qint64 pu, qint64 first, qint64 last, SequenceVerdict verdict) {
        QTest::newRow(name) << bridged << pu << first << last << verdict;
    };
    constexpr auto drop = SequenceVerdict::Duplicate;
    constexpr auto apply = SequenceVerdict::Apply;
    constexpr auto gap = SequenceVerdict::Gap;

    row("step 3: u < L", false, 80, 85, 99, drop);
    row("step 4: U <= L <= u", false, 90, 95, 110, apply);
    row("step 4: u == L still bridges", false, 90, 95, 100, apply);
    row("step 4: U == L", false, 90, 100, 110, apply);
    row("step 4, seen: pu == L", false, 100, 103, 110, apply);
    row("step 4: between U and pu lies L", false, 98, 102, 110, apply);
    row("step 4: pu > L, the snapshot is too old", false, 101, 105, 110, gap);
    row("step 5: pu == last", true, 100, 104, 120, apply);
    row("step 5: overlaps", true, 95, 97, 120, apply);
    row("step 5: one id only", true, 100, 101, 101, apply);
    row("step 5: seen", true, 90, 95, 100, drop);
    row("step 5: older", true, 70, 75, 80, drop);
    row("step 5: a hole of one id", true, 101, 104, 120, gap);
    row("not the rule of spot: U == last + 1 with pu beyond", true, 105, 101, 120, gap);
}

void TestSequencer::validates()
{
    QFETCH(bool, bridged);
    QFETCH(qint64, pu);
    QFETCH(qint64, U);
    QFETCH(qint64, u);
    QFETCH(SequenceVerdict, verdict);

    const Sequencer sequencer = bridged ? bridgedAt(100) : Sequencer::fromSnapshot(100);
    QCOMPARE(sequencer.validate(eventOf(pu, U, u)), verdict);
}

void TestSequencer::bridgesOnce()
{
    Sequencer sequencer = Sequencer::fromSnapshot(100);
    QVERIFY(!sequencer.isBridged());
    const DepthUpdate bridging = eventOf(90, 95, 100);
    QCOMPARE(sequencer.validate(bridging), SequenceVerdict::Apply);
    sequencer.advance(bridging);
    QVERIFY(sequencer.isBridged());
    QCOMPARE(sequencer.last(), std::int64_t(100));
    QCOMPARE(sequencer.validate(bridging), SequenceVerdict::Duplicate);
}

QTEST_APPLESS_MAIN(TestSequencer)
#include "tst_sequencer.moc"

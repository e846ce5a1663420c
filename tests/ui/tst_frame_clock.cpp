// The clock of all that moves: it stands still while nobody looks, and counts what came late.
#include "support/await.h"
#include "ui/frame_clock.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace obm;

class TestFrameClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsLateFrames_data();
    void countsLateFrames();
    void measuresFrames();
    void runsWhileSomebodyLooks();
    void stopsWithItsWindow();
    void ticksFasterOnDemand();
    void leavesOutWhatCameLate();
};

void TestFrameClock::countsLateFrames_data()
{
    QTest::addColumn<int>("afterUs");
    QTest::addColumn<int>("late");
    QTest::newRow("early") << 5'000 << 0;
    QTest::newRow("in time") << 33'000 << 0;
    QTest::newRow("within half an interval") << 49'000 << 0;
    QTest::newRow("one missed") << 60'000 << 1;
    QTest::newRow("a second without any") << 33'000 * 30 << 29;
}

void TestFrameClock::countsLateFrames()
{
    QFETCH(int, afterUs);
    FrameMeter meter;
    meter.begin(1'000'000);
    meter.frame(1'000'000 + afterUs, 33'000);
    QCOMPARE(meter.frames(), std::uint64_t{1});
    QTEST(static_cast<int>(meter.late()), "late");
}

void TestFrameClock::measuresFrames()
{
    FrameMeter meter;
    meter.begin(0);
    for (int i = 1; i <= 40; ++i)
        meter.frame(i * 25'000, 25'000);
    QCOMPARE(qRound(meter.perSecond()), 40);
    meter.begin(60'000'000); // a minute hidden is not a minute late
    QCOMPARE(meter.perSecond(), 0.0);
    meter.frame(60'025'000, 25'000);
    QCOMPARE(meter.late(), std::uint64_t{0});
}

void TestFrameClock::runsWhileSomebodyLooks()
{
    FrameClock clock;
    QWidget window;
    clock.watch(&window);
    QVERIFY(!clock.isRunning());
    window.show();
    QVERIFY(clock.isRunning());
    QSignalSpy frames(&clock, &FrameClock::frame);
    AWAIT(frames.count() >= 3);
    window.showMinimized();
    AWAIT(!clock.isRunning());
    window.showNormal();
    AWAIT(clock.isRunning());
    window.hide();
    QVERIFY(!clock.isRunning());
}

void TestFrameClock::stopsWithItsWindow()
{
    FrameClock clock;
    QWidget stays;
    {
        QWidget goes;
        clock.watch(&goes);
        clock.watch(&stays);
        goes.show();
        stays.show();
        stays.hide();
        QVERIFY(clock.isRunning()); // one is enough
    }
    QVERIFY(!clock.isRunning());
}

void TestFrameClock::ticksFasterOnDemand()
{
    FrameClock clock;
    QWidget window;
    clock.watch(&window);
    window.show();
    clock.setFast(true);
    QVERIFY(clock.isFast() && clock.isRunning());
    QSignalSpy frames(&clock, &FrameClock::frame);
    AWAIT(frames.count() >= 3);
}

void TestFrameClock::leavesOutWhatCameLate()
{
    constexpr int intervalMs = 1'000 / FrameClock::calmFps;
    FrameClock clock;
    QWidget window;
    clock.watch(&window);
    window.show();
    QSignalSpy frames(&clock, &FrameClock::frame);
    AWAIT(frames.count() >= 2);
    const auto before = frames.count();
    const std::uint64_t lateBefore = clock.meter().late();
    QSemaphore().tryAcquire(1, 10 * intervalMs); // nobody releases it: the event loop stands still
    QElapsedTimer since;
    since.start();
    AWAIT(frames.count() >= before + 3);
    // The one that was due, and those of the time since: none for the time of the standstill.
    QVERIFY(frames.count() - before <= 2 + since.elapsed() / intervalMs);
    QVERIFY(clock.meter().late() >= lateBefore + 8);
}

QTEST_MAIN(TestFrameClock)
#include "tst_frame_clock.moc"

// What crosses threads in the libraries without Qt: nothing is lost, nothing is torn, nothing goes back.
#include "concurrent/latest_value.h"
#include "concurrent/wakeup.h"

#include <QTest>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include <poll.h>

using namespace obm;

namespace {

constexpr int patienceMs = 20'000;
constexpr std::uint64_t turns = 20'000;

struct Pair // of which both halves say the same
{
    std::uint64_t first = 0;
    std::uint64_t second = 0;
};

// True when it was woken, false after too long a wait.
bool awaitWakeup(const Wakeup& wakeup)
{
    pollfd polled{wakeup.fileDescriptor(), POLLIN, 0};
    return ::poll(&polled, 1, patienceMs) == 1;
}

} // namespace

class tst_AcrossThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWholeValuesThatNeverGoBack();
    void wakesForEveryNotification();
};

void tst_AcrossThreads::readsWholeValuesThatNeverGoBack()
{
    LatestValue<Pair> value;
    QVERIFY(value.get() == nullptr);
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> readers;
        for (int i = 0; i < 3; ++i)
            readers.emplace_back([&] {
                for (std::uint64_t last = 0; last < turns;) {
                    const auto read = value.get();
                    if (!read)
                        continue;
                    wrong += read->first != read->second || read->first < last ? 1 : 0;
                    last = read->first;
                }
            });
        for (std::uint64_t turn = 1; turn <= turns; ++turn)
            value.publish({turn, turn});
    }
    QCOMPARE(wrong.load(), 0);
}

// What is put down before a notification is seen after it, however many writers there are.
void tst_AcrossThreads::wakesForEveryNotification()
{
    constexpr int writers = 3;
    Wakeup wakeup;
    std::mutex mutex;
    std::uint64_t waiting = 0;
    std::uint64_t taken = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < writers; ++i)
        threads.emplace_back([&] {
            for (std::uint64_t turn = 0; turn < turns; ++turn) {
                {
                    const std::lock_guard lock(mutex);
                    ++waiting;
                }
                wakeup.notify();
            }
        });
    while (taken < writers * turns) {
        QVERIFY(awaitWakeup(wakeup));
        wakeup.acknowledge();
        const std::lock_guard lock(mutex);
        taken += std::exchange(waiting, 0);
    }
    QCOMPARE(taken, writers * turns);
}

QTEST_APPLESS_MAIN(tst_AcrossThreads)
#include "tst_across_threads.moc"

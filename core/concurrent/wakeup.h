// Wakes a thread that waits on a file descriptor. Many notifications before the reader looks cost one system call.
// Why an eventfd: a QSocketNotifier turns it into an event of the reader's own loop, without a queued signal per
// message. Thread: notify() from any thread, acknowledge() in the reader's.
#pragma once

#include <atomic>

namespace obm {

class Wakeup
{
public:
    Wakeup(); // ends the program when the process has no file descriptor left
    ~Wakeup();
    Wakeup(const Wakeup&) = delete;
    Wakeup& operator=(const Wakeup&) = delete;

    void notify();
    void acknowledge(); // before looking at the data: a later notify() wakes again
    [[nodiscard]] int fileDescriptor() const { return m_fd; }

private:
    int m_fd;
    std::atomic<bool> m_pending = false;
};

} // namespace obm

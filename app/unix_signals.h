// SIGINT and SIGTERM as an event of the main thread's loop.
// Why signalfd: no code runs inside a signal handler; the signals are blocked in every thread made after this object.
// Thread: made in main(), before any other thread or after block(); the callback runs in the main thread.
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace obm {

class UnixSignals
{
public:
    // Keeps both signals from every thread made after it, until an object of this class takes them up: for main(), as
    // an application with a display has threads of its own from its constructor on.
    static void block();

    explicit UnixSignals(std::function<void(int signal)> onSignal);
    ~UnixSignals();
    UnixSignals(const UnixSignals&) = delete;
    UnixSignals& operator=(const UnixSignals&) = delete;

private:
    std::function<void(int)> m_onSignal;
    int m_fd;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace obm

#include "app/unix_signals.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sys/signalfd.h>
#include <unistd.h>

namespace obm {

namespace {

sigset_t endSignals()
{
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGINT);
    sigaddset(&mask, SIGTERM);
    return mask;
}

} // namespace

void UnixSignals::block()
{
    const sigset_t mask = endSignals();
    pthread_sigmask(SIG_BLOCK, &mask, nullptr);
}

UnixSignals::UnixSignals(std::function<void(int)> onSignal)
    : m_onSignal(std::move(onSignal))
{
    std::signal(SIGPIPE, SIG_IGN); // a reader that went away is an error of its write, not the end of the program
    block();
    const sigset_t mask = endSignals();
    m_fd = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
    if (m_fd < 0) {
        std::perror("obmonitor: signalfd");
        std::abort();
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] {
        signalfd_siginfo received{};
        while (read(m_fd, &received, sizeof received) == static_cast<ssize_t>(sizeof received))
            m_onSignal(static_cast<int>(received.ssi_signo));
    });
}

UnixSignals::~UnixSignals()
{
    m_notifier.reset();
    close(m_fd);
}

} // namespace obm

#include "concurrent/wakeup.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sys/eventfd.h>
#include <unistd.h>

namespace obm {

Wakeup::Wakeup()
    : m_fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (m_fd < 0) {
        std::perror("obmonitor: eventfd");
        std::abort();
    }
}

Wakeup::~Wakeup()
{
    close(m_fd);
}

void Wakeup::notify()
{
    if (m_pending.exchange(true, std::memory_order_acq_rel))
        return;
    const std::uint64_t one = 1;
    // Only a full counter (2^64-2) can refuse this, and the flag above keeps it at one.
    [[maybe_unused]] const auto written = write(m_fd, &one, sizeof one);
}

void Wakeup::acknowledge()
{
    std::uint64_t count = 0;
    [[maybe_unused]] const auto taken = read(m_fd, &count, sizeof count);
    // An exchange, not a store: whoever found the flag up has put his data before, and this reader must see it.
    m_pending.exchange(false, std::memory_order_acq_rel);
}

} // namespace obm

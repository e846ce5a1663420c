#include "kafka/queue_wakeup.h"

#include <QtCore/QtGlobal>

#include <librdkafka/rdkafka.h>

#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace obm {
namespace {

constexpr std::uint64_t oneEvent = 1; // what an eventfd takes: eight bytes

} // namespace

QueueWakeup::QueueWakeup(rd_kafka_queue_s& queue, std::function<void()> drain)
    : m_queue(queue)
    , m_eventFd(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    if (m_eventFd < 0)
        qFatal("no eventfd: out of file descriptors");
    m_notifier = std::make_unique<QSocketNotifier>(m_eventFd, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this, run = std::move(drain)] {
        clear();
        run();
    });
    rd_kafka_queue_io_event_enable(&m_queue, m_eventFd, &oneEvent, sizeof oneEvent);
    again();
}

QueueWakeup::~QueueWakeup()
{
    rd_kafka_queue_io_event_enable(&m_queue, -1, nullptr, 0);
    m_notifier.reset();
    ::close(m_eventFd);
}

void QueueWakeup::again()
{
    // Fails only when the counter is full, and then the descriptor is readable anyway.
    [[maybe_unused]] const int ignored = ::eventfd_write(m_eventFd, oneEvent);
}

void QueueWakeup::clear()
{
    eventfd_t count = 0;
    [[maybe_unused]] const int ignored = ::eventfd_read(m_eventFd, &count);
}

} // namespace obm

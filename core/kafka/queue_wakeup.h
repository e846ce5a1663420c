// Wakes the event loop when a librdkafka queue gets its first entry: an eventfd that librdkafka writes, seen by a
// QSocketNotifier. Nothing polls.
// librdkafka writes only when an empty queue is no longer empty. So: the eventfd is cleared first and the queue drained
// after that; whoever stops before it is empty calls again(). What is put in during the drain is either drained or has
// written anew, and nothing is lost.
// Thread: that of `context`'s event loop; librdkafka's threads only write the descriptor.
#pragma once

#include <QtCore/QSocketNotifier>

#include <functional>
#include <memory>

struct rd_kafka_queue_s;

namespace obm {

class QueueWakeup
{
public:
    // `drain` also runs once at the start, for what was in the queue before.
    QueueWakeup(rd_kafka_queue_s& queue, std::function<void()> drain);
    ~QueueWakeup();
    QueueWakeup(const QueueWakeup&) = delete;
    QueueWakeup& operator=(const QueueWakeup&) = delete;

    // Drains again after the event loop has seen to everybody else.
    void again();

private:
    void clear();

    rd_kafka_queue_s& m_queue;
    int m_eventFd;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace obm

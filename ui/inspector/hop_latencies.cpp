#include "ui/inspector/hop_latencies.h"

#include <algorithm>

namespace obm {

void HopMeter::seeBook(const BookView& book)
{
    const bool isKnown = book.lastId > 0 && book.appliedMs > 0 && book.receivedMs > 0;
    const std::size_t newest = (m_next + remembered - 1) % remembered;
    if (!isKnown || m_applied[newest].lastId == book.lastId)
        return;
    m_applied[m_next] = {book.lastId, book.appliedMs};
    m_next = (m_next + 1) % remembered;
    const double bookMs = static_cast<double>(book.bookHopUs) / 1000;
    m_latencies.bookMs = bookMs;
    m_latencies.kafkaMs = std::max(0.0, static_cast<double>(book.appliedMs - book.receivedMs) - bookMs);
    if (book.eventTimeMs > 0)
        m_latencies.exchangeMs = static_cast<double>(book.receivedMs - book.eventTimeMs);
}

void HopMeter::seeStore(const StoreRow& row)
{
    const auto applied = std::ranges::find(m_applied, row.lastId, &Applied::lastId);
    if (row.lastId > 0 && applied != m_applied.end())
        m_latencies.redisMs = static_cast<double>(std::max<std::int64_t>(0, row.lastWriteEpochMs - applied->atMs));
}

} // namespace obm

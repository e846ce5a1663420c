#include "book/event_buffer.h"

#include <iterator>

namespace obm {

namespace {

std::size_t bytesOf(const DepthUpdate& update)
{
    return sizeof(DepthUpdate) + (update.bids.size() + update.asks.size()) * sizeof(Level);
}

} // namespace

bool EventBuffer::insert(const DepthUpdate& update, GapOrigin ifGap)
{
    auto at = m_events.end();
    while (at != m_events.begin() && std::prev(at)->update.lastId > update.lastId)
        --at;
    if (at != m_events.begin() && std::prev(at)->update.lastId == update.lastId)
        return false;
    m_events.insert(at, Kept{update, ifGap});
    m_bytes += bytesOf(update);
    return true;
}

std::size_t EventBuffer::trim(const BufferLimits& limits)
{
    std::size_t dropped = 0;
    for (; m_events.size() > 1 && (m_events.size() > limits.eventsMax || m_bytes > limits.bytesMax); ++dropped)
        popFront();
    return dropped;
}

void EventBuffer::popFront()
{
    m_bytes -= bytesOf(front());
    m_events.pop_front();
}

void EventBuffer::clear()
{
    m_events.clear();
    m_bytes = 0;
}

} // namespace obm

// Events kept while a snapshot is on its way, sorted by u, bounded in number and in bytes; the oldest go first.
// Why sorted: two connections that overlap at a reconnect interleave their events, and doubles cost nothing here.
// Thread: none of its own; a plain value.
#pragma once

#include "market/depth.h"
#include "market/gap_origin.h"

#include <cstddef>
#include <deque>

namespace obm {

struct BufferLimits
{
    std::size_t eventsMax;
    std::size_t bytesMax;
};

class EventBuffer
{
public:
    // False if an event with this u is there already. The copy takes no more memory than it needs. ifGap: who is to
    // blame should events be missing before it.
    bool insert(const DepthUpdate& update, GapOrigin ifGap = GapOrigin::Kafka);
    // Drops the oldest until the limits hold; the newest event always stays. Returns how many went.
    std::size_t trim(const BufferLimits& limits);
    void popFront();
    void clear();

    [[nodiscard]] bool isEmpty() const { return m_events.empty(); }
    [[nodiscard]] std::size_t size() const { return m_events.size(); }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    [[nodiscard]] const DepthUpdate& front() const { return m_events.front().update; }
    [[nodiscard]] GapOrigin frontIfGap() const { return m_events.front().ifGap; }

private:
    struct Kept
    {
        DepthUpdate update;
        GapOrigin ifGap;
    };

    std::deque<Kept> m_events;
    std::size_t m_bytes = 0;
};

} // namespace obm

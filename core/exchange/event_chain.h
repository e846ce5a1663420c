// The chain of ids of one symbol where its events come in: is one missing before this one?
// Doubles, late events and those that overlap with what was seen break nothing; an event that is missing stays missing
// here, even if it comes late: it was out of its place when the next one went on its way. Ids that begin anew are
// believed when some events in a row continue each other.
// Source of the rule: Binance USD-M "How to manage a local order book correctly" (pu of an event = u of the previous).
// Thread: a plain value.
#pragma once

#include "market/event_ids.h"

#include <cstdint>

namespace obm {

class EventChain
{
public:
    static constexpr int rowOfNewIds = 8;

    [[nodiscard]] bool isBrokenBy(const EventIds& event)
    {
        if (event.lastId <= m_lastId) {
            noteOlder(event);
            return false;
        }
        const bool isBroken = m_lastId != none && event.previousLastId > m_lastId;
        m_lastId = event.lastId;
        m_olderInARow = 0;
        return isBroken;
    }
    [[nodiscard]] std::int64_t lastId() const { return m_lastId; }

private:
    static constexpr std::int64_t none = -1;

    void noteOlder(const EventIds& event)
    {
        m_olderInARow = event.previousLastId == m_olderId ? m_olderInARow + 1 : 1;
        m_olderId = event.lastId;
        if (m_olderInARow == rowOfNewIds)
            m_lastId = event.lastId;
    }

    std::int64_t m_lastId = none;
    std::int64_t m_olderId = none;
    int m_olderInARow = 0;
};

} // namespace obm

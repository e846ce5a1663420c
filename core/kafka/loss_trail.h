// What became of the messages of one key: is it known that the one before the next has reached Kafka?
// If not, the next one is marked (gap_mark.h), for what it may follow cannot be told any more once it is queued:
// - one was refused or given up, and none that was queued since has come through;
// - those before still wait for Kafka's answer, and may be given up later. That is rare: a symbol's next event comes
//   long after the answer to the one before;
// - it is the first of this process: nobody knows how the one before fared.
// Thread: a plain value.
#pragma once

#include <algorithm>
#include <cstdint>

namespace obm {

class LossTrail
{
public:
    [[nodiscard]] bool isDoubtful() const { return m_answered < std::max(m_queued, m_soundAt); }

    void onQueued() { ++m_queued; }
    void onRefused() { m_soundAt = m_queued + 1; }
    void onDelivered() { ++m_answered; }
    void onGivenUp()
    {
        ++m_answered;
        onRefused();
    }
    void onAllGivenUp()
    {
        if (m_answered == m_queued)
            return;
        m_answered = m_queued;
        onRefused();
    }

private:
    std::uint64_t m_queued = 0;
    std::uint64_t m_answered = 0; // delivered or given up: nearly in the order of queueing
    std::uint64_t m_soundAt = 1;  // with this many answered, one has come through that was queued after the last loss
};

} // namespace obm

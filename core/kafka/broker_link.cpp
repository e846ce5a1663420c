#include "kafka/broker_link.h"

namespace obm {

bool BrokerLink::noteAllDown(std::int64_t nowMs)
{
    return enter(BrokerState::Away, nowMs);
}

bool BrokerLink::noteBrokersUp(int brokersUp, std::int64_t nowMs)
{
    // None up is no proof of the opposite: librdkafka closes idle connections, and opens them when they are needed.
    return brokersUp > 0 && enter(BrokerState::Up, nowMs);
}

bool BrokerLink::enter(BrokerState state, std::int64_t nowMs)
{
    if (m_status.state == state)
        return false;
    m_status.state = state;
    m_status.sinceMs = nowMs;
    if (state == BrokerState::Away)
        ++m_status.timesAway;
    return true;
}

} // namespace obm

#include "kafka/broker_link.h"

namespace obm {

bool BrokerLink::noteAllDown(std::int64_t nowMs)
{
    return enter(BrokerState::Away, nowMs);
}

bool BrokerLink::noteTraffic(std::int64_t nowMs)
{
    m_tries = 0;
    return enter(BrokerState::Up, nowMs);
}

bool BrokerLink::noteBrokers(int up, int tried, std::int64_t nowMs)
{
    if (up > 0)
        return noteTraffic(nowMs);
    // None up is no proof by itself: librdkafka closes idle connections, and opens them when they are needed.
    m_tries = tried > 0 ? m_tries + 1 : 0;
    return m_tries >= triesMax && enter(BrokerState::Away, nowMs);
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

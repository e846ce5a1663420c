// Whether the brokers can be reached, and since when: pure, fed by the client's errors and its statistics.
// Why: librdkafka says when the last broker goes but not when the first comes back; its statistics show that.
// Thread: that of the client's owner. Times in ms since the epoch.
#pragma once

#include <cstdint>

namespace obm {

enum class BrokerState { Connecting, Up, Away };

struct BrokerLinkStatus
{
    BrokerState state = BrokerState::Connecting;
    std::int64_t sinceMs = 0;    // of the state
    std::uint64_t timesAway = 0; // transitions to Away

    [[nodiscard]] bool isUp() const { return state == BrokerState::Up; }
};

class BrokerLink
{
public:
    explicit BrokerLink(std::int64_t nowMs) { m_status.sinceMs = nowMs; }

    // Each returns true when the state has changed, that is, when it is worth saying.
    bool noteAllDown(std::int64_t nowMs);
    bool noteBrokersUp(int brokersUp, std::int64_t nowMs);

    [[nodiscard]] const BrokerLinkStatus& status() const { return m_status; }

private:
    bool enter(BrokerState state, std::int64_t nowMs);

    BrokerLinkStatus m_status;
};

} // namespace obm

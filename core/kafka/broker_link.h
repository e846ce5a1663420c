// Whether the brokers can be reached, and since when: pure, fed by the client's errors and its statistics.
// Why both: librdkafka does not say when the first broker comes back, and does not always say that the last one has
// gone: a group's coordinator that lost its address in the same moment keeps its count from being reached.
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
    // So many statistics in a row, a second each, with attempts and no connection: longer than a reconnect takes.
    static constexpr int triesMax = 3;

    explicit BrokerLink(std::int64_t nowMs) { m_status.sinceMs = nowMs; }

    // Each returns true when the state has changed, that is, when it is worth saying.
    bool noteAllDown(std::int64_t nowMs);
    bool noteTraffic(std::int64_t nowMs);
    // Of each statistics: brokers with a connection, and those to which the client tries to get one.
    bool noteBrokers(int up, int tried, std::int64_t nowMs);

    [[nodiscard]] const BrokerLinkStatus& status() const { return m_status; }

private:
    bool enter(BrokerState state, std::int64_t nowMs);

    BrokerLinkStatus m_status;
    int m_tries = 0; // statistics in a row
};

} // namespace obm

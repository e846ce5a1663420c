// How far a partition is behind, in messages and in time: pure.
// Thread: any. Times in ms since the epoch.
#pragma once

#include <algorithm>
#include <cstdint>

namespace obm {

inline constexpr std::int64_t unknownOffset = -1; // and everything below: librdkafka's logical offsets

struct Position
{
    std::int64_t nextOffset = unknownOffset; // one after the last message handed over
    std::int64_t endOffset = unknownOffset;  // of the log, by the broker's last fetch answer
    std::int64_t lastTimestampMs = -1;       // of the last message handed over
};

struct Lag
{
    std::int64_t messages = 0;
    std::int64_t ms = 0; // 0 while nothing is behind, or before the first message
};

// An unknown offset is no lag: a partition that starts at its end has none until a message comes.
[[nodiscard]] inline Lag lagOf(const Position& position, std::int64_t nowMs)
{
    if (position.nextOffset < 0 || position.endOffset < 0)
        return {};
    Lag lag;
    lag.messages = std::max<std::int64_t>(0, position.endOffset - position.nextOffset);
    if (lag.messages > 0 && position.lastTimestampMs >= 0)
        lag.ms = std::max<std::int64_t>(0, nowMs - position.lastTimestampMs);
    return lag;
}

} // namespace obm

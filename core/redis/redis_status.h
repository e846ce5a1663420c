// What the book store counts, as a value to be copied to whoever looks: GUI, metrics, headless log.
#pragma once

#include "redis/error.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace obm {

enum class BookKey { Live, Full, Status };
inline constexpr std::size_t bookKeyCount = 3;

struct BookKeyCounters
{
    std::uint64_t written = 0;
    std::uint64_t olderUpdate = 0; // refused: Redis holds a higher u
    std::uint64_t notOwner = 0;    // refused: a newer epoch
    std::uint64_t failed = 0;
};

struct RedisStatus
{
    bool connected = false;
    std::array<BookKeyCounters, bookKeyCount> writes;        // by BookKey
    std::array<std::uint64_t, redisErrorKindCount> errors{}; // by RedisErrorKind
    std::uint64_t connects = 0;                              // successful; more than one: reconnects
    std::uint64_t roundTrips = 0;
    std::uint64_t bytesSent = 0;
    std::optional<RedisError> error; // what is wrong now
    std::int64_t errorSinceMs = 0;   // on the caller's clock
};

} // namespace obm

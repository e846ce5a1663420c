// An operating error of Redis as a value: what kind it is, and Redis' or the system's own words.
// The kind decides what happens next (keep the connection or take a new one) and labels a counter.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace obm {

enum class RedisErrorKind {
    Away,          // nobody answers, or the connection broke
    Timeout,       // connected, but no answer within the deadline
    Loading,       // Redis reads its data set from disk
    ReadOnly,      // a replica
    OutOfMemory,   // maxmemory is reached and nothing may be evicted
    NoAuth,        // a password is needed, or this one is wrong
    NoPermission,  // the ACL forbids a command or a key
    WrongType,     // a key of ours holds something else
    DiskFailure,   // MISCONF: Redis cannot save and therefore refuses writes
    Busy,          // a script of somebody else runs for too long
    ForeignSource, // obmonitor:source names another exchange
    Protocol,      // what came back is not what Redis says
    Other,
};
inline constexpr std::size_t redisErrorKindCount = static_cast<std::size_t>(RedisErrorKind::Other) + 1;

struct RedisError
{
    RedisErrorKind kind = RedisErrorKind::Other;
    std::string text;
};

// Short lower-case word for logs and metric labels: "away", "timeout", "read_only", ...
[[nodiscard]] std::string_view redisErrorName(RedisErrorKind kind);

// Classifies an error reply ("READONLY You can't write ..."), also one that a script wrapped.
[[nodiscard]] RedisError redisErrorOf(std::string_view reply);

// Whether the connection is of no use after this error: it is dead, or a new one may reach a better server.
[[nodiscard]] bool needsNewConnection(RedisErrorKind kind);

// Whether Redis answers but takes no writes; that is over when a write is taken, not when a connection is made.
[[nodiscard]] bool isRefusal(RedisErrorKind kind);

} // namespace obm

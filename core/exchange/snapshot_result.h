// What became of asking for a snapshot: the snapshot, or which kind of failure.
// Thread: plain values.
#pragma once

#include "market/depth.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>

namespace obm {

enum class SnapshotFault {
    Unreachable, // no connection, TLS refused, connection lost or truncated in the middle
    TimedOut,
    TooLarge,
    RateLimited, // 429
    Banned,      // 418
    HttpError,   // any other status
    Malformed,   // 200 with something else than a snapshot: HTML, truncated or wrong JSON
    Rejected,    // for good: the exchange does not know the symbol or the limit
};
inline constexpr std::size_t snapshotFaultCount = 8;
const char* toText(SnapshotFault fault);

struct SnapshotFailure
{
    SnapshotFault fault;
    std::string detail;

    [[nodiscard]] bool isFinal() const { return fault == SnapshotFault::Rejected; }
};

using SnapshotResult = std::expected<DepthSnapshot, SnapshotFailure>;

} // namespace obm

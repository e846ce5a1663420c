#include "exchange/snapshot_result.h"

namespace obm {

const char* toText(SnapshotFault fault)
{
    switch (fault) {
    case SnapshotFault::Unreachable:
        return "unreachable";
    case SnapshotFault::TimedOut:
        return "timed out";
    case SnapshotFault::TooLarge:
        return "too large";
    case SnapshotFault::RateLimited:
        return "rate limited";
    case SnapshotFault::Banned:
        return "banned";
    case SnapshotFault::HttpError:
        return "HTTP error";
    case SnapshotFault::Malformed:
        return "malformed";
    case SnapshotFault::Rejected:
        return "rejected";
    }
    return "";
}

} // namespace obm

#include "book/sync_state.h"

namespace obm {

const char* toText(SyncState state)
{
    switch (state) {
    case SyncState::Waiting:
        return "waiting";
    case SyncState::Buffering:
        return "buffering";
    case SyncState::Bridging:
        return "bridging";
    case SyncState::Live:
        return "live";
    case SyncState::Rejected:
        return "rejected";
    }
    return "unknown";
}

const char* toText(SyncReason reason)
{
    switch (reason) {
    case SyncReason::Created:
        return "created";
    case SyncReason::FirstEvent:
        return "first_event";
    case SyncReason::SnapshotLoaded:
        return "snapshot_loaded";
    case SyncReason::Bridged:
        return "bridged";
    case SyncReason::Resumed:
        return "resumed";
    case SyncReason::NotResumed:
        return "not_resumed";
    case SyncReason::SnapshotFailed:
        return "snapshot_failed";
    case SyncReason::UnknownSymbol:
        return "unknown_symbol";
    case SyncReason::Gap:
        return "gap";
    case SyncReason::Malformed:
        return "malformed";
    case SyncReason::Crossed:
        return "crossed";
    case SyncReason::StaleSnapshot:
        return "stale_snapshot";
    case SyncReason::BadSnapshot:
        return "bad_snapshot";
    case SyncReason::RangeExhausted:
        return "range_exhausted";
    case SyncReason::IdsWentBack:
        return "ids_went_back";
    case SyncReason::Audit:
        return "audit";
    case SyncReason::Operator:
        return "operator";
    }
    return "unknown";
}

} // namespace obm

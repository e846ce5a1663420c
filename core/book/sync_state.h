// The words of book synchronisation: states, reasons, outcomes, and the record of a transition.
// Plain values: the store writes them, metrics label with them, the window shows them.
#pragma once

#include "book/audit_report.h"
#include "market/gap_origin.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace obm {

enum class SyncState : std::uint8_t {
    Waiting,   // no event yet
    Buffering, // events are kept; a snapshot is wanted, queued or asked for
    Bridging,  // a snapshot is loaded (or a book taken up again); the event that proves it has not come
    Live,      // proven
    Rejected,  // the exchange does not know the symbol
};
inline constexpr std::size_t syncStateCount = 5;

// Why a state was entered. Those from Gap to Operator are reasons to synchronise again.
enum class SyncReason : std::uint8_t {
    Created,
    FirstEvent,
    SnapshotLoaded,
    Bridged,
    Resumed,        // a book set aside, or left in Redis by its last owner, goes on
    NotResumed,     // the events do not go on from the book that was left: it begins anew
    SnapshotFailed, // the exchange did not deliver one; the buffer is kept
    UnknownSymbol,
    Gap,            // pu > last: at least one event is missing
    Malformed,      // an event could not be read, so it is missing
    Crossed,        // best bid >= best ask after an event
    StaleSnapshot,  // the snapshot is older than the oldest event kept
    BadSnapshot,    // empty, unsorted or crossed in itself
    RangeExhausted, // the price left the range that the snapshot proved
    IdsWentBack,    // later events carry lower ids: the exchange began to count anew
    Audit,          // it differs from a fresh snapshot
    Operator,       // someone asked for it
};
inline constexpr std::size_t syncReasonCount = 17;

// What became of one event or snapshot.
enum class SyncOutcome : std::uint8_t {
    Ignored,   // the symbol is rejected; or a snapshot that nobody waits for
    Buffered,  // kept until a snapshot comes
    Duplicate, // seen before, or older than the snapshot
    Bridging,  // a snapshot was loaded and waits for the event after it
    WentLive,  // applied, and the book is proven from now on
    Applied,
    Audited,   // an audit widened what a live book proves
    SyncAgain, // reason() says why
};

// The snapshot that brings a book to life, or that a live one is held against.
enum class SnapshotPhase : std::uint8_t {
    Unneeded,
    Wanted,    // ask for one as soon as wantsSnapshot() says so
    Queued,    // handed to the snapshot queue
    Requested, // the request is on its way to the exchange
};

[[nodiscard]] constexpr bool isResync(SyncReason reason)
{
    return reason >= SyncReason::Gap;
}

const char* toText(SyncState state);   // as in the status key: "waiting", "buffering", ...
const char* toText(SyncReason reason); // as in metrics' label: "gap", "stale_snapshot", ...

struct SyncTransition
{
    std::int64_t atMs = 0;
    SyncState from = SyncState::Waiting;
    SyncState to = SyncState::Waiting;
    SyncReason reason = SyncReason::Created;
    std::int64_t lastId = 0;          // what the book (or the snapshot) stood at
    std::int64_t eventPreviousId = 0; // pu and u of the event that did it; 0 if none did
    std::int64_t eventLastId = 0;
    std::optional<GapOrigin> origin = {}; // of a gap; none where that is not known
};

struct SyncCounters
{
    std::uint64_t applied = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t gaps = 0;
    std::array<std::uint64_t, gapOriginCount> gapsByOrigin{};
    std::uint64_t malformed = 0;
    std::uint64_t resyncs = 0;
    std::array<std::uint64_t, syncReasonCount> resyncsByReason{};
    std::uint64_t snapshotFailures = 0;
    std::array<std::uint64_t, auditVerdictCount> auditsByVerdict{};
    std::uint64_t bufferTrimmed = 0; // while the snapshot waits for its turn only the newest events are of use
    std::uint64_t bufferDropped = 0; // over the limit while the snapshot was on its way: an overload
};

} // namespace obm

// What a BookSet counts and what each of its books looks like now: plain values for metrics, log and window.
// Units: ms; ages are as of the moment the status was taken.
#pragma once

#include "book/sync_state.h"
#include "market/depth.h"
#include "market/parse_error.h"
#include "metrics/latency_histogram.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace obm {

struct BookRow
{
    std::string symbol;
    int partition = -1;
    SyncState state = SyncState::Waiting;
    SyncReason reason = SyncReason::Created;
    std::int64_t stateForMs = 0;            // -1: not known, of a book that is kept elsewhere
    std::int64_t lastId = 0;                // u of the last event applied; 0: none
    std::int64_t eventTimeMs = 0;           // its E
    std::optional<std::int64_t> eventAgeMs; // since the last event was received; none: no event yet
    std::optional<std::int64_t> latencyMs;  // of the last event applied, from its E
    std::optional<SyncTransition> lastResync;
    std::optional<AuditReport> lastAudit; // of those that could be judged
    std::int64_t auditAgeMs = 0;
    std::optional<Level> bestBid; // of a live book
    std::optional<Level> bestAsk;
    std::size_t bidCount = 0;
    std::size_t askCount = 0;
    std::size_t buffered = 0;
    std::uint64_t events = 0;
    SyncCounters counters;

    // Where the newest gap's events were lost; none where the last resync was no gap, or nobody knows.
    [[nodiscard]] std::optional<GapOrigin> gapOrigin() const { return lastResync ? lastResync->origin : std::nullopt; }
};

struct BookSetCounters
{
    std::uint64_t messages = 0;
    std::uint64_t unknownSymbols = 0;                       // not in exchange.symbols
    std::uint64_t keyMismatches = 0;                        // the key names another symbol than the message
    std::array<std::uint64_t, parseFaultCount> malformed{}; // by ParseFault
    // Over all symbols, also of books given back since: they never fall, as a row's counters do with a new owner.
    std::array<std::uint64_t, syncReasonCount> resyncsByReason{};
    std::array<std::uint64_t, auditVerdictCount> auditsByVerdict{};
    std::array<std::uint64_t, gapOriginCount> gapsByOrigin{};
    LatencyHistogram exchangeHop; // E to receive
    LatencyHistogram kafkaHop;    // receive to consumed
    LatencyHistogram bookHop;     // consumed to applied

    void add(const SyncCounters& counters);
    [[nodiscard]] std::uint64_t unusable() const; // unreadable, or with the key of another symbol
};

// The newest message that was of no use; its texts are cut short.
struct UselessMessage
{
    std::string reason; // "bad_json: the text"
    int partition = -1;
    std::int64_t offset = -1;
};

struct BookSetStatus
{
    std::vector<BookRow> books; // kept here, in the order of the configuration
    BookSetCounters counters;
    UselessMessage lastUnreadable; // or with the key of another symbol
    std::string lastUnknownSymbol;
};

} // namespace obm

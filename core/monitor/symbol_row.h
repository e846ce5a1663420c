// One symbol for a person: a line of the symbols table.
// Units: ms; epoch times since 1970. What is not there is nullopt, and `blank` or, where it is empty, `words` say why.
#pragma once

#include "book/sync_state.h"
#include "market/decimal.h"

#include <cstdint>
#include <optional>
#include <string>

namespace obm {

struct SymbolRow
{
    std::string symbol;
    SyncState state = SyncState::Waiting;
    std::string words; // "live", "waiting for a snapshot: 12 before it, about 34 s", "rejected: unknown symbol"
    std::string blank; // why rates, ages, the latency or the lag of a book that is kept elsewhere are missing
    std::int64_t sinceEpochMs = 0;
    std::optional<Decimal> bestBid;
    std::optional<Decimal> bestAsk;
    std::optional<Decimal> spread;
    std::optional<double> eventsPerSecond;
    std::optional<std::int64_t> ageMs; // since the last event was received
    std::uint64_t gaps = 0;
    std::uint64_t resyncs = 0;
    std::optional<int> auditMatch;           // in 0.01 %: how much of it was equal to a fresh snapshot, the last time
    std::int64_t auditAgeMs = 0;             // since then
    std::optional<std::int64_t> lagMessages; // of its partition
    std::optional<double> writesPerSecond;   // of its live field
    std::optional<std::int64_t> writeAgeMs;
    std::optional<std::int64_t> latencyMs; // of its last event, from the exchange's clock to applied
    std::int64_t lastId = 0;
    int partition = -1;

    bool operator==(const SymbolRow&) const = default;
};

} // namespace obm

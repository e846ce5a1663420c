// When which snapshot is asked for: one queue for all symbols, within the weight budget and the number of requests that
// may be on their way. A symbol stays until it has its snapshot, is cancelled or is refused for good. One that failed
// waits for its own back-off; several failures in a row are taken as the exchange's trouble: then one probe at a time
// goes out, of another symbol each time, and with the first that succeeds all go on: a symbol that alone is sick holds
// up nobody. 429 and 418 stop all symbols, through the budget, until
// Retry-After is over. Pure: no I/O and no clock; every time is UTC ms, as in the budget. Thread: its owner's, as is
// the budget's.
#pragma once

#include "exchange/backoff.h"
#include "exchange/snapshot_queue.h"
#include "exchange/snapshot_result.h"
#include "exchange/weight_budget.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

namespace obm {

struct SnapshotLimits
{
    int requestsInFlightMax = 4;
    int outageAfterFailures = 3; // in a row, over all symbols: from then on one probe at a time
    BackoffLimits retry{1'000, 60'000};
    BackoffLimits outage{1'000, 10'000};
    std::uint64_t seed = 0; // 0: a random one
};

struct QueuePlace
{
    int ahead = 0; // requests that go before it
    bool inFlight = false;
    std::int64_t secondsToGo = 0; // estimate until it is sent, from the budget and the exchange's blocks
};

struct SnapshotClientStatus
{
    int queued = 0; // waiting for a turn or for their retry
    int inFlight = 0;
    int ownWeightUsed = 0; // in this UTC minute
    int weightPerMinute = 0;
    int ipWeightUsed = 0; // X-MBX-USED-WEIGHT-1M of this UTC minute
    int ipWeightLimit = 0;
    std::int64_t blockedUntilMs = 0; // UTC; Retry-After of a 429 or 418; 0: never
    bool outage = false;             // failures in a row: one probe at a time
    std::uint64_t requests = 0;
    std::uint64_t succeeded = 0;
    std::array<std::uint64_t, snapshotFaultCount> failed{}; // by SnapshotFault
    std::string lastError;
    std::int64_t lastErrorMs = 0;
};

class SnapshotSchedule
{
public:
    // weight: of one snapshot. budget: shared with whoever else spends; it outlives the schedule.
    SnapshotSchedule(WeightBudget& budget, int weight, const SnapshotLimits& limits);

    // Higher priority goes first, first come first served inside one. Asking again can only raise it; of one on its
    // way it counts should that fail.
    void request(const std::string& symbol, int priority);
    // True: it was on its way, and its answer is not wanted any more.
    bool cancel(const std::string& symbol);

    // The one to ask for now; it is on its way then, and its weight is to be spent at once.
    [[nodiscard]] std::optional<std::string> take(std::int64_t nowMs);
    // When take() may have one. Nothing: not before another is requested, answered or cancelled.
    [[nodiscard]] std::optional<std::int64_t> nextMs(std::int64_t nowMs);
    void onResult(const std::string& symbol, const SnapshotResult& result, std::int64_t nowMs); // of one on its way

    [[nodiscard]] int weight() const { return m_weight; }
    [[nodiscard]] std::map<std::string, QueuePlace> places(std::int64_t nowMs) const; // of all symbols asked for
    [[nodiscard]] SnapshotClientStatus status(std::int64_t nowMs) const;

private:
    void onFailure(const std::string& symbol, int priority, const SnapshotFailure& failure, std::int64_t nowMs);
    std::int64_t ownDelayMs(const std::string& symbol);
    void noteOutage(SnapshotFault fault, std::int64_t nowMs);
    void endOutage();
    [[nodiscard]] bool isOutage() const { return m_failuresInARow >= m_limits.outageAfterFailures; }
    [[nodiscard]] bool hasRoom() const;

    WeightBudget& m_budget;
    int m_weight;
    SnapshotLimits m_limits;
    SnapshotQueue m_queue;
    std::unordered_map<std::string, int> m_inFlight;     // symbol -> priority
    std::unordered_map<std::string, Backoff> m_backoffs; // of symbols that failed
    std::unordered_map<std::string, int> m_probed;       // failed in this outage -> the priority they have after it
    Backoff m_outageBackoff;
    int m_failuresInARow = 0;
    std::int64_t m_outageUntilMs = 0;
    std::int64_t m_latestMs = 0;
    SnapshotClientStatus m_counters;
};

} // namespace obm

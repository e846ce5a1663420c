// One queue of depth snapshots for all symbols: GET /fapi/v1/depth within the weight budget.
// A request stays until it has its snapshot, is cancelled or is refused for good. A failure is reported and tried again
// with the symbol's own back-off; several in a row are taken as the exchange's trouble, and then one probe at a time
// goes out. 429 and 418 stop all symbols until Retry-After is over. Source: Binance USD-M "Order Book", "Error Codes",
// "Limits". Thread: lives in the thread that made it, as does its RestClient; callbacks come there and may call back
// into it.
#pragma once

#include "exchange/backoff.h"
#include "exchange/rest_client.h"
#include "market/depth.h"
#include "market/parse_error.h"

#include <QObject>

#include <array>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

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
    std::int64_t retryInMs = 0; // of this symbol's own back-off; without meaning when Rejected

    [[nodiscard]] bool isFinal() const { return fault == SnapshotFault::Rejected; }
};

using SnapshotResult = std::expected<DepthSnapshot, SnapshotFailure>;

struct SnapshotSink
{
    std::function<void(const std::string& symbol)> onRequested; // the request goes out now
    std::function<void(const std::string& symbol, SnapshotResult result)> onResult;
};

struct SnapshotLimits
{
    int requestsInFlightMax = 4;
    int outageAfterFailures = 3; // in a row, over all symbols: from then on one probe at a time
    BackoffLimits retry{1'000, 60'000};
    BackoffLimits outage{1'000, 30'000};
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

class SnapshotClient : public QObject
{
    Q_OBJECT

public:
    SnapshotClient(RestClient& rest, int snapshotLimit, SnapshotSink sink, const SnapshotLimits& limits = {},
                   QObject* parent = nullptr);
    ~SnapshotClient() override;

    // Higher priority goes first, first come first served inside one. Asking again for a waiting symbol can only raise
    // it.
    void request(const std::string& symbol, int priority);
    void cancel(const std::string& symbol);

    [[nodiscard]] std::map<std::string, QueuePlace> places() const; // of all symbols asked for
    [[nodiscard]] SnapshotClientStatus status() const;

private:
    struct Impl;
    std::unique_ptr<Impl> d;
};

} // namespace obm

// One queue of depth snapshots for all symbols: GET /fapi/v1/depth within the weight budget.
// When which symbol is asked for is decided by SnapshotSchedule; this class connects it to REST and to the clock. A
// failure is reported and tried again, until the symbol has its snapshot, is cancelled or is refused for good. Source:
// Binance USD-M "Order Book", "Error Codes", "Limits". Thread: lives in the thread that made it, as does its
// RestClient; callbacks come there and may call back into it.
#pragma once

#include "exchange/rest_client.h"
#include "exchange/snapshot_result.h"
#include "exchange/snapshot_schedule.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace obm {

struct SnapshotSink
{
    std::function<void(const std::string& symbol)> onRequested; // the request goes out now
    std::function<void(const std::string& symbol, SnapshotResult result)> onResult;
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

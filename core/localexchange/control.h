// /control/: what a test in another process may ask of the local exchange. Not part of Binance's protocol.
// Thread: the local exchange's.
#pragma once

#include "localexchange/fault_plan.h"
#include "localexchange/http_connection.h"
#include "localexchange/rest_api.h"
#include "localexchange/stream_hub.h"

#include <vector>

namespace obm {
class LocalExchange;
}

namespace obm::localexchange {

class Control
{
public:
    struct Parts
    {
        LocalExchange& exchange;
        Market& market;
        const std::vector<Listing>& listings;
        const StreamHub& hub;
        const FaultPlan& plan;
        const RestApi& rest;
    };

    explicit Control(Parts parts)
        : m_parts(parts)
    {}

    static bool concerns(const HttpRequest& request);
    HttpAnswer answer(const HttpRequest& request);

private:
    HttpAnswer fault(const QUrlQuery& query);
    [[nodiscard]] HttpAnswer truth(const QUrlQuery& query) const;
    HttpAnswer listing(const QUrlQuery& query);
    HttpAnswer still();
    [[nodiscard]] HttpAnswer state() const;

    Parts m_parts;
};

} // namespace obm::localexchange

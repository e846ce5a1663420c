// /fapi/v1: depth with its limits and weights, exchangeInfo, time, ping; errors as the exchange words them.
// Thread: the local exchange's.
#pragma once

#include "localexchange/fault_plan.h"
#include "localexchange/http_connection.h"
#include "localexchange/market.h"
#include "localexchange/weight_meter.h"

#include <QElapsedTimer>
#include <QUrlQuery>

#include <map>
#include <optional>

namespace obm::localexchange {

class RestApi
{
public:
    RestApi(const Market& market, std::vector<Listing>& listings, FaultPlan& plan, int weightLimit);

    HttpAnswer answer(const HttpRequest& request, qint64 planMs);
    // Keeps these books for snapshot-stale.
    void keepBooks(const QString& symbol);
    [[nodiscard]] const WeightMeter& weight() const { return m_weight; }

private:
    struct DepthQuery
    {
        std::size_t symbol;
        std::size_t limit;
    };

    HttpAnswer route(const HttpRequest& request, qint64 planMs);
    HttpAnswer depth(const DepthQuery& query, qint64 planMs);
    [[nodiscard]] std::optional<HttpAnswer> refusal(const HttpRequest& request, qint64 planMs);
    [[nodiscard]] std::optional<HttpAnswer> spoiledDepth(const DepthQuery& query, qint64 planMs);
    [[nodiscard]] std::optional<BookText> spoiledBook(const DepthQuery& query, qint64 planMs);
    [[nodiscard]] QByteArray malformedDepth(const BookText& book);
    [[nodiscard]] HttpAnswer exchangeInfo() const;
    [[nodiscard]] std::optional<std::size_t> indexOf(const QString& symbol) const;

    const Market& m_market;
    std::vector<Listing>& m_listings;
    FaultPlan& m_plan;
    WeightMeter m_weight;
    std::map<std::size_t, BookText> m_keptBooks; // by symbol
    std::size_t m_malformedCount = 0;
};

} // namespace obm::localexchange

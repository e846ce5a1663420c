#include "localexchange/rest_api.h"

#include "localexchange/depth_json.h"

#include <fmt/format.h>

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace obm::localexchange {

namespace {

struct LimitWeight
{
    int limit;
    int weight;
};

constexpr std::array<LimitWeight, 7> depthWeights{{{5, 2}, {10, 2}, {20, 2}, {50, 2}, {100, 5}, {500, 10}, {1000, 20}}};
constexpr int defaultLimit = 500;
constexpr auto depthPath = "/fapi/v1/depth";

HttpAnswer error(int status, int code, const std::string& message)
{
    return {status, QByteArray::fromStdString(fmt::format(R"({{"code":{},"msg":"{}"}})", code, message))};
}

QUrlQuery queryOf(const HttpRequest& request)
{
    return QUrlQuery(request.url);
}

QString symbolOf(const HttpRequest& request)
{
    return queryOf(request).queryItemValue(QStringLiteral("symbol"), QUrl::FullyDecoded);
}

// 0: not a limit of the exchange.
int weightOfLimit(int limit)
{
    const auto found = std::find_if(depthWeights.begin(), depthWeights.end(),
                                    [&](const LimitWeight& entry) { return entry.limit == limit; });
    return found == depthWeights.end() ? 0 : found->weight;
}

int limitOf(const HttpRequest& request)
{
    const QString text = queryOf(request).queryItemValue(QStringLiteral("limit"));
    return text.isEmpty() ? defaultLimit : text.toInt();
}

int weightOf(const HttpRequest& request)
{
    return request.url.path() == QLatin1String(depthPath) ? std::max(1, weightOfLimit(limitOf(request))) : 1;
}

HttpAnswer tooMany(int status, const std::string& message, qint64 retryAfterSeconds)
{
    HttpAnswer answer = error(status, -1003, message);
    answer.headers.append({"Retry-After", QByteArray::number(retryAfterSeconds)});
    return answer;
}

std::string wordsOf429(int limit)
{
    return fmt::format("Too many requests; current limit of IP(127.0.0.1) is {} requests per minute. "
                       "Please use the websocket for live updates to avoid bans.",
                       limit);
}

std::string wordsOf418(qint64 untilMs)
{
    return fmt::format("Way too many requests; IP(127.0.0.1) banned until {}. "
                       "Please use the websocket for live updates to avoid bans.",
                       untilMs);
}

QJsonObject describe(const Listing& listing)
{
    const QString symbol = QString::fromStdString(listing.symbol);
    const QString quote = symbol.endsWith(QLatin1String("USDT")) ? QStringLiteral("USDT") : QString();
    const QJsonObject price{{QStringLiteral("filterType"), QStringLiteral("PRICE_FILTER")},
                            {QStringLiteral("tickSize"), QString::fromStdString(listing.tickSize)}};
    const QJsonObject lot{{QStringLiteral("filterType"), QStringLiteral("LOT_SIZE")},
                          {QStringLiteral("stepSize"), QString::fromStdString(listing.stepSize)}};
    return {{QStringLiteral("symbol"), symbol},
            {QStringLiteral("pair"), symbol},
            {QStringLiteral("contractType"), QStringLiteral("PERPETUAL")},
            {QStringLiteral("status"), QString::fromStdString(listing.status)},
            {QStringLiteral("baseAsset"), symbol.chopped(quote.size())},
            {QStringLiteral("quoteAsset"), quote},
            {QStringLiteral("marginAsset"), quote},
            {QStringLiteral("underlyingType"), QStringLiteral("COIN")},
            {QStringLiteral("filters"), QJsonArray{price, lot}}};
}

QJsonObject rateLimit(const QString& type, int limit)
{
    return {{QStringLiteral("rateLimitType"), type},
            {QStringLiteral("interval"), QStringLiteral("MINUTE")},
            {QStringLiteral("intervalNum"), 1},
            {QStringLiteral("limit"), limit}};
}

} // namespace

RestApi::RestApi(const Market& market, std::vector<Listing>& listings, FaultPlan& plan, int weightLimit)
    : m_market(market)
    , m_listings(listings)
    , m_plan(plan)
    , m_weight(weightLimit)
{}

void RestApi::keepBooks(const QString& symbol)
{
    constexpr std::size_t levelsMax = 1'000;
    for (std::size_t i = 0; i < m_listings.size(); ++i) {
        if (symbol.isEmpty() || symbol.toStdString() == m_listings[i].symbol)
            m_keptBooks[i] = m_market.book(i, levelsMax);
    }
}

std::optional<std::size_t> RestApi::indexOf(const QString& symbol) const
{
    const auto found = std::find_if(m_listings.begin(), m_listings.end(),
                                    [name = symbol.toStdString()](const Listing& l) { return l.symbol == name; });
    if (found == m_listings.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - m_listings.begin());
}

HttpAnswer RestApi::answer(const HttpRequest& request, qint64 planMs)
{
    auto refused = refusal(request, planMs);
    HttpAnswer answer = refused ? *std::move(refused) : route(request, planMs);
    answer.headers.append({"X-MBX-USED-WEIGHT-1M", QByteArray::number(m_weight.used())});
    return answer;
}

std::optional<HttpAnswer> RestApi::refusal(const HttpRequest& request, qint64 planMs)
{
    const qint64 nowMs = QDateTime::currentMSecsSinceEpoch();
    const WeightMeter::Verdict verdict = m_weight.use(weightOf(request), nowMs);
    const qint64 retryAfter = m_weight.retryAfterSeconds(nowMs);
    if (verdict == WeightMeter::Verdict::Banned)
        return tooMany(418, wordsOf418(nowMs + retryAfter * 1'000), retryAfter);
    if (verdict == WeightMeter::Verdict::TooMany)
        return tooMany(429, wordsOf429(m_weight.limit()), retryAfter);

    const QString symbol = symbolOf(request);
    if (const auto fault = m_plan.hit(FaultKind::Http418, symbol, planMs))
        return tooMany(418, wordsOf418(nowMs + fault->ms), (fault->ms + 999) / 1'000);
    if (const auto fault = m_plan.hit(FaultKind::Http429, symbol, planMs))
        return tooMany(429, wordsOf429(m_weight.limit()), (fault->ms + 999) / 1'000);
    return std::nullopt;
}

HttpAnswer RestApi::route(const HttpRequest& request, qint64 planMs)
{
    const QString path = request.url.path();
    if (request.method != "GET")
        return error(405, -1000, "Method Not Allowed");
    if (path == QLatin1String("/fapi/v1/ping"))
        return {200, "{}"};
    if (path == QLatin1String("/fapi/v1/time"))
        return {200, "{\"serverTime\":" + QByteArray::number(QDateTime::currentMSecsSinceEpoch()) + '}'};
    if (path == QLatin1String("/fapi/v1/exchangeInfo"))
        return exchangeInfo();
    if (path != QLatin1String(depthPath))
        return {404, "<html><body><h2>404 Not found</h2></body></html>", "text/html"};

    if (symbolOf(request).isEmpty())
        return error(400, -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.");
    const auto symbol = indexOf(symbolOf(request));
    if (!symbol)
        return error(400, -1121, "Invalid symbol.");
    const int limit = limitOf(request);
    if (weightOfLimit(limit) == 0)
        return error(400, -4021, "Invalid depth limit.");
    return depth({*symbol, static_cast<std::size_t>(limit)}, planMs);
}

HttpAnswer RestApi::depth(const DepthQuery& query, qint64 planMs)
{
    auto spoiled = spoiledDepth(query, planMs);
    HttpAnswer answer =
        spoiled ? *std::move(spoiled)
                : HttpAnswer{200, QByteArray::fromStdString(snapshotJson(m_market.book(query.symbol, query.limit)))};
    const QString symbol = QString::fromStdString(m_listings[query.symbol].symbol);
    if (const auto late = m_plan.hit(FaultKind::SnapshotLate, symbol, planMs))
        answer.delayMs = late->ms;
    return answer;
}

std::optional<HttpAnswer> RestApi::spoiledDepth(const DepthQuery& query, qint64 planMs)
{
    const QString symbol = QString::fromStdString(m_listings[query.symbol].symbol);
    const auto hit = [&](FaultKind kind) { return m_plan.hit(kind, symbol, planMs); };
    if (const auto fault = hit(FaultKind::SnapshotFail))
        return error(fault->status, -1000, "An unknown error occurred while processing the request.");
    if (hit(FaultKind::SnapshotHtml))
        return HttpAnswer{200, "<!DOCTYPE html><html><body>Just a moment...</body></html>", "text/html"};
    if (const auto book = spoiledBook(query, planMs))
        return HttpAnswer{200, QByteArray::fromStdString(snapshotJson(*book))};
    if (hit(FaultKind::SnapshotMalformed))
        return HttpAnswer{200, malformedDepth(m_market.book(query.symbol, query.limit))};
    if (!hit(FaultKind::SnapshotTruncated))
        return std::nullopt;
    QByteArray whole = QByteArray::fromStdString(snapshotJson(m_market.book(query.symbol, query.limit)));
    whole.truncate(whole.size() / 2);
    return HttpAnswer{200, whole};
}

// A snapshot that is well-formed and wrong.
std::optional<BookText> RestApi::spoiledBook(const DepthQuery& query, qint64 planMs)
{
    const QString symbol = QString::fromStdString(m_listings[query.symbol].symbol);
    const auto hit = [&](FaultKind kind) { return m_plan.hit(kind, symbol, planMs).has_value(); };
    if (hit(FaultKind::SnapshotStale) && m_keptBooks.contains(query.symbol)) {
        BookText kept = m_keptBooks[query.symbol];
        kept.bids.resize(std::min(kept.bids.size(), query.limit));
        kept.asks.resize(std::min(kept.asks.size(), query.limit));
        return kept;
    }
    BookText book = m_market.book(query.symbol, query.limit);
    if (hit(FaultKind::SnapshotWrongSymbol)) {
        BookText other = m_market.book((query.symbol + 1) % m_listings.size(), query.limit);
        return BookText{book.lastUpdateId, book.eventTimeMs, std::move(other.bids), std::move(other.asks)};
    }
    if (hit(FaultKind::SnapshotEmpty))
        return BookText{book.lastUpdateId, book.eventTimeMs, {}, {}};
    if (hit(FaultKind::SnapshotOneSided))
        return BookText{book.lastUpdateId, book.eventTimeMs, {}, std::move(book.asks)};
    if (hit(FaultKind::SnapshotCrossed))
        return BookText{book.lastUpdateId, book.eventTimeMs, std::move(book.asks), std::move(book.bids)};
    if (hit(FaultKind::SnapshotUnsorted)) {
        book.bids.push_back(book.bids.front());
        std::reverse(book.bids.begin(), book.bids.end());
        return book;
    }
    if (hit(FaultKind::SnapshotAhead)) {
        book.lastUpdateId *= 2;
        return book;
    }
    return std::nullopt;
}

QByteArray RestApi::malformedDepth(const BookText& book)
{
    constexpr std::array lies{
        R"("lastUpdateId":{0},"bids":[["NaN","1"]],"asks":[])",
        R"("lastUpdateId":{0},"bids":[["1e400","1"]],"asks":[])",
        R"("lastUpdateId":{0},"bids":[["1234567890123456789012345678901234567890","1"]],"asks":[])",
        R"("lastUpdateId":{0},"bids":[[63000.5,1]],"asks":[])",
        R"("lastUpdateId":-{0},"bids":[["1","1"]],"asks":[["2","1"]])",
        R"("lastUpdateId":{0}0000000000,"bids":[["1","1"]],"asks":[["2","1"]])",
        R"("lastUpdateId":null,"bids":[["1","1"]],"asks":[["2","1"]])",
        R"("bids":[["1","1"]],"asks":[["2","1"]])",
        R"("lastUpdateId":{0},"bids":[["1","1"]])",
    };
    const char* const lie = lies[m_malformedCount++ % lies.size()];
    return QByteArray::fromStdString('{' + fmt::format(fmt::runtime(lie), book.lastUpdateId) + '}');
}

HttpAnswer RestApi::exchangeInfo() const
{
    constexpr int ordersPerMinute = 1'200;
    QJsonArray symbols;
    for (const Listing& listing : m_listings)
        symbols.append(describe(listing));
    const QJsonObject body{
        {QStringLiteral("timezone"), QStringLiteral("UTC")},
        {QStringLiteral("serverTime"), QDateTime::currentMSecsSinceEpoch()},
        {QStringLiteral("futuresType"), QStringLiteral("U_MARGINED")},
        {QStringLiteral("rateLimits"), QJsonArray{rateLimit(QStringLiteral("REQUEST_WEIGHT"), m_weight.limit()),
                                                  rateLimit(QStringLiteral("ORDERS"), ordersPerMinute)}},
        {QStringLiteral("exchangeFilters"), QJsonArray{}},
        {QStringLiteral("symbols"), symbols}};
    return {200, QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

} // namespace obm::localexchange

#include "simulation/sim_rest.h"

#include "exchange/weight_budget.h"

#include <algorithm>

namespace obm::sim {

namespace {

constexpr int ipLimit = 2400;

RestReply failure(RestFault fault)
{
    return {{.fault = fault, .httpStatus = 0, .body = {}, .errorText = QStringLiteral("no answer")}, {}, {}};
}

RestReply page(int status, std::string_view body)
{
    const QByteArray bytes(body.data(), static_cast<qsizetype>(body.size()));
    return {{.fault = RestFault::None, .httpStatus = status, .body = bytes, .errorText = {}}, {}, {}};
}

} // namespace

void SimRest::get(const Request& request, std::function<void(RestReply)> onReply)
{
    if (m_timeline.nowMs() < m_clients[request.client].blockedUntilMs)
        m_complain("a request before Retry-After is over");
    if (m_faults.strikes(Fault::RestUnreachable))
        return answer(failure(RestFault::Unreachable), onReply);
    const std::int64_t travelMs = m_chance.between(1, 300);
    m_timeline.after(travelMs, [this, request, onReply = std::move(onReply)] { arrive(request, onReply); });
}

void SimRest::arrive(const Request& request, const std::function<void(RestReply)>& onReply)
{
    Client& client = m_clients[request.client];
    int& used = client.used[m_timeline.nowMs() / minuteMs];
    used += request.weight;
    if (used > request.weightPerMinute)
        m_complain("weight " + std::to_string(used) + " in a minute of at most " +
                   std::to_string(request.weightPerMinute));
    if (m_faults.strikes(Fault::RestTimedOut)) {
        m_timeline.after(deadlineMs, [onReply] { onReply(failure(RestFault::TimedOut)); });
        return;
    }
    RestReply reply = replyTo(request);
    reply.usedWeight = used;
    if (m_faults.strikes(Fault::RestForeignWeight))
        reply.usedWeight = ipLimit - m_chance.below(ipLimit / 3);
    answer(std::move(reply), onReply);
}

void SimRest::answer(RestReply reply, const std::function<void(RestReply)>& onReply)
{
    const bool isLate = m_faults.strikes(Fault::RestLate);
    m_timeline.after(isLate ? m_chance.between(500, 9'000) : m_chance.between(1, 200), [=] { onReply(reply); });
}

void SimRest::onHeard(int client, const RestReply& reply)
{
    const int status = reply.answer.httpStatus;
    if (status != httpTooManyRequests && status != httpBanned)
        return;
    const std::int64_t nowMs = m_timeline.nowMs();
    const std::int64_t untilMinuteMs = minuteMs - nowMs % minuteMs;
    const std::int64_t untoldMs = status == httpBanned ? banWithoutHeaderMs : untilMinuteMs;
    std::int64_t& blockedUntilMs = m_clients[client].blockedUntilMs;
    blockedUntilMs = std::max(blockedUntilMs, nowMs + reply.retryAfterMs.value_or(untoldMs));
    m_latestRetryAfterMs = std::max(m_latestRetryAfterMs, blockedUntilMs);
}

RestReply SimRest::replyTo(const Request& request)
{
    if (m_faults.strikes(Fault::RestServerError))
        return page(503, R"({"code":-1001,"msg":"Internal error."})");
    if (m_faults.strikes(Fault::RestRateLimited))
        return refusal(httpTooManyRequests);
    if (m_faults.strikes(Fault::RestBanned))
        return refusal(httpBanned);
    if (m_faults.strikes(Fault::RestHtml))
        return page(200, "<html><body>Please wait</body></html>");
    const std::string text = snapshotText(request);
    if (m_faults.strikes(Fault::RestTruncated))
        return page(200, std::string_view(text).substr(0, text.size() - 1 - m_chance.below(100)));
    ++m_snapshots;
    return page(200, text);
}

RestReply SimRest::refusal(int status)
{
    RestReply reply = page(status, R"({"code":-1003,"msg":"Too many requests."})");
    if (m_chance.happens(900))
        reply.retryAfterMs = 1'000 * m_chance.between(1, status == httpBanned ? 40 : 15);
    return reply;
}

TrueBook SimRest::bookFor(const Request& request)
{
    if (m_faults.strikes(Fault::RestStale))
        return m_exchange.somePast(request.symbol);
    TrueBook book = m_exchange.now(request.symbol);
    const int other = (request.symbol + 1) % m_exchange.symbolCount();
    if (m_exchange.isTwoSided(request.symbol) && other != request.symbol && m_faults.strikes(Fault::RestWrongSymbol)) {
        const std::int64_t id = m_chance.happens(500) ? book.id : m_exchange.now(other).id; // the first may bridge
        book = m_exchange.now(other);
        book.id = id;
    }
    return book;
}

std::string SimRest::snapshotText(const Request& request)
{
    TrueBook book = bookFor(request);
    if (m_faults.strikes(Fault::RestCrossed))
        std::swap(book.bids, book.asks);
    if (m_faults.strikes(Fault::RestEmpty))
        book = {.id = book.id, .atMs = book.atMs, .bids = {}, .asks = {}};
    // Once a symbol: a market without a side is believed when the next answer says the same.
    if (m_exchange.isTwoSided(request.symbol) && !m_oneSided.contains(request.symbol) &&
        m_faults.strikes(Fault::RestOneSided)) {
        (m_chance.happens(500) ? book.bids : book.asks).clear();
        m_oneSided.insert(request.symbol);
    }
    if (m_faults.strikes(Fault::RestFarId))
        book.id += 1'000'000'000;
    const std::string atMs = std::to_string(book.atMs);
    const auto limit = static_cast<std::size_t>(request.limit);
    return R"({"lastUpdateId":)" + std::to_string(book.id) + R"(,"E":)" + atMs + R"(,"T":)" + atMs + R"(,"bids":)" +
           levelsText(book.bids, limit) + R"(,"asks":)" + levelsText(book.asks, limit) + '}';
}

} // namespace obm::sim

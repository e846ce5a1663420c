#include "exchange/subscription_ledger.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace obm {

namespace {

void appendJsonText(std::string& out, std::string_view text)
{
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escape[7];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
            out += escape;
        } else {
            out += c;
        }
    }
    out += '"';
}

} // namespace

void SubscriptionLedger::add(const std::string& stream)
{
    if (m_streams.try_emplace(stream).second)
        enqueue(Method::Subscribe, stream);
}

void SubscriptionLedger::remove(const std::string& stream)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return;
    const SubscriptionState state = found->second.state;
    m_acknowledged -= state == SubscriptionState::Acknowledged;
    m_streams.erase(found);
    if (state == SubscriptionState::Acknowledged || state == SubscriptionState::Asked)
        enqueue(Method::Unsubscribe, stream);
}

// In order, so that a symbol removed and added again ends subscribed.
void SubscriptionLedger::enqueue(Method method, const std::string& stream)
{
    const std::size_t streamsMax = static_cast<std::size_t>(std::max(1, m_limits.streamsPerRequest));
    if (m_queue.empty() || m_queue.back().method != method || m_queue.back().streams.size() >= streamsMax)
        m_queue.push_back({.method = method, .streams = {}});
    m_queue.back().streams.push_back(stream);
}

std::optional<std::int64_t> SubscriptionLedger::nextRequestMs() const
{
    if (m_asked || m_queue.empty())
        return std::nullopt;
    return m_notBeforeMs;
}

std::optional<std::string> SubscriptionLedger::nextRequest(std::int64_t nowMs)
{
    while (!m_asked && !m_queue.empty() && nowMs >= m_notBeforeMs) {
        Request request = std::move(m_queue.front());
        m_queue.pop_front();
        if (request.method == Method::Subscribe)
            std::erase_if(request.streams, [this](const std::string& stream) { return !m_streams.contains(stream); });
        if (request.streams.empty())
            continue;
        request.id = ++m_lastId;
        request.sentMs = nowMs;
        m_notBeforeMs = nowMs + m_limits.requestIntervalMs;
        if (request.method == Method::Subscribe)
            for (const std::string& stream : request.streams)
                setState(stream, SubscriptionState::Asked);
        m_asked = std::move(request);
        return toJson(*m_asked);
    }
    return std::nullopt;
}

std::optional<RefusedStream> SubscriptionLedger::onAnswer(std::optional<std::int64_t> id, std::string_view error,
                                                          std::int64_t nowMs)
{
    if (!m_asked || (id && *id != m_asked->id) || (!id && error.empty()))
        return std::nullopt;
    const Request request = *std::exchange(m_asked, std::nullopt);
    if (error.empty()) {
        acknowledge(request, nowMs);
        return std::nullopt;
    }
    return refuse(request, error, nowMs);
}

void SubscriptionLedger::acknowledge(const Request& request, std::int64_t nowMs)
{
    if (request.method == Method::Unsubscribe)
        return;
    for (const std::string& stream : request.streams)
        setState(stream, SubscriptionState::Acknowledged);
    m_lastAcknowledgedMs = nowMs;
}

std::optional<RefusedStream> SubscriptionLedger::refuse(Request request, std::string_view error, std::int64_t nowMs)
{
    if (request.method == Method::Unsubscribe)
        return std::nullopt; // what still comes is counted as unknown
    if (request.streams.size() > 1) {
        const auto middle = request.streams.begin() + static_cast<std::ptrdiff_t>(request.streams.size() / 2);
        Request second{.method = request.method, .streams = {middle, request.streams.end()}};
        request.streams.erase(middle, request.streams.end());
        m_queue.push_front(std::move(second));
        m_queue.push_front({.method = request.method, .streams = std::move(request.streams)});
        return std::nullopt;
    }
    const std::string& stream = request.streams.front();
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return std::nullopt;
    found->second = {SubscriptionState::Refused, nowMs};
    return RefusedStream{stream, std::string(error)};
}

bool SubscriptionLedger::isAnswerOverdue(std::int64_t nowMs) const
{
    return m_asked && nowMs - m_asked->sentMs > m_limits.answerDeadlineMs;
}

void SubscriptionLedger::retryRefused(std::int64_t nowMs)
{
    for (auto& [stream, entry] : m_streams) {
        if (entry.state == SubscriptionState::Refused && nowMs - entry.refusedMs >= m_limits.refusedRetryMs) {
            entry.state = SubscriptionState::Waiting;
            enqueue(Method::Subscribe, stream);
        }
    }
}

SubscriptionState SubscriptionLedger::stateOf(const std::string& stream) const
{
    const auto found = m_streams.find(stream);
    return found != m_streams.end() ? found->second.state : SubscriptionState::Waiting;
}

void SubscriptionLedger::setState(const std::string& stream, SubscriptionState state)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return; // removed meanwhile
    m_acknowledged +=
        (state == SubscriptionState::Acknowledged) - (found->second.state == SubscriptionState::Acknowledged);
    found->second.state = state;
}

std::string SubscriptionLedger::toJson(const Request& request)
{
    std::string json = request.method == Method::Subscribe ? R"({"method":"SUBSCRIBE","params":[)"
                                                           : R"({"method":"UNSUBSCRIBE","params":[)";
    for (const std::string& stream : request.streams) {
        if (json.back() != '[')
            json += ',';
        appendJsonText(json, stream);
    }
    return json + R"(],"id":)" + std::to_string(request.id) + '}';
}

} // namespace obm

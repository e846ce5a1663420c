// What one connection has asked for and what the exchange answered: turns wishes into SUBSCRIBE and UNSUBSCRIBE
// requests. One request is on its way at a time and they are spaced, which keeps far below 10 inbound messages a second
// and makes an error without an id attributable. A refused request of many streams is cut in two until the refused
// stream stands alone. Source: Binance USD-M "Live Subscribing/Unsubscribing to streams". Thread: plain value, time as
// argument (monotonic ms).
#pragma once

#include "exchange/stream_limits.h"
#include "exchange/stream_status.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace obm {

struct RefusedStream
{
    std::string stream;
    std::string reason; // the exchange's words
};

class SubscriptionLedger
{
public:
    explicit SubscriptionLedger(const StreamLimits& limits)
        : m_limits(limits)
    {}

    void add(const std::string& stream);
    void remove(const std::string& stream);

    // The next request's JSON if one is due now.
    std::optional<std::string> nextRequest(std::int64_t nowMs);
    // When nextRequest() is worth calling; nothing while an answer is awaited or nothing is to be asked.
    [[nodiscard]] std::optional<std::int64_t> nextRequestMs() const;

    // `error` is empty in an acknowledgement. An answer to something else is ignored.
    std::optional<RefusedStream> onAnswer(std::optional<std::int64_t> id, std::string_view error, std::int64_t nowMs);
    [[nodiscard]] bool isAnswerOverdue(std::int64_t nowMs) const;
    void retryRefused(std::int64_t nowMs); // those refused longer ago than the limit

    [[nodiscard]] SubscriptionState stateOf(const std::string& stream) const;
    [[nodiscard]] bool isSettled() const { return !m_asked && m_queue.empty(); } // every stream acknowledged or refused
    [[nodiscard]] int acknowledgedCount() const { return m_acknowledged; }
    [[nodiscard]] int streamCount() const { return static_cast<int>(m_streams.size()); }
    [[nodiscard]] std::int64_t lastAcknowledgedMs() const { return m_lastAcknowledgedMs; } // 0: never

private:
    enum class Method { Subscribe, Unsubscribe };
    struct Request
    {
        Method method = Method::Subscribe;
        std::vector<std::string> streams;
        std::int64_t id = 0;
        std::int64_t sentMs = 0;
    };
    struct Entry
    {
        SubscriptionState state = SubscriptionState::Waiting;
        std::int64_t refusedMs = 0;
    };

    void enqueue(Method method, const std::string& stream);
    void acknowledge(const Request& request, std::int64_t nowMs);
    std::optional<RefusedStream> refuse(Request request, std::string_view error, std::int64_t nowMs);
    void setState(const std::string& stream, SubscriptionState state);
    [[nodiscard]] static std::string toJson(const Request& request);

    StreamLimits m_limits;
    std::unordered_map<std::string, Entry> m_streams; // wanted
    std::deque<Request> m_queue;
    std::optional<Request> m_asked; // awaits its answer
    std::int64_t m_notBeforeMs = 0;
    std::int64_t m_lastId = 0;
    std::int64_t m_lastAcknowledgedMs = 0;
    int m_acknowledged = 0;
};

} // namespace obm

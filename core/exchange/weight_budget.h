// Decides when a REST request may go out, so that neither this process nor its IP uses more weight than it may.
// Rules (Binance USD-M, "Limits"; contract "Weight"): weight is counted per UTC clock minute; own use stays within
// weight_per_minute; X-MBX-USED-WEIGHT-1M, the use of the whole IP, within 80 % of exchangeInfo's limit; a 429 or 418
// stops everything until its Retry-After is over.
//
// Clocks differ and requests travel: which of the exchange's minutes a request falls into is known only up to a guard.
// So a request counts in every minute it may fall into: from sending less the guard until its answer plus the guard.
//
// A budget below the weight of one request is kept on average: the request goes out in an unused minute and the next
// ones pay for it. Waiting for room that never comes would leave every book unsynced for good.
//
// Thread: plain value without a clock; every method takes UTC milliseconds. Not shared between threads.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace obm {

inline constexpr int defaultWeightLimitPerMinute = 2400;
inline constexpr int ipSharePercent = 80; // of exchangeInfo's limit: the rest is for the operator's other programs
inline constexpr int exchangeInfoWeight = 1;
inline constexpr std::int64_t minuteMs = 60'000;
inline constexpr std::int64_t minuteGuardMs = 2'000; // clock difference allowed for
inline constexpr int httpTooManyRequests = 429;
inline constexpr int httpBanned = 418;
inline constexpr std::int64_t banWithoutHeaderMs = 120'000;          // the shortest ban Binance names
inline constexpr std::int64_t maxRetryAfterMs = 3LL * 24 * 3600'000; // the longest ban Binance names

// Weight of GET /fapi/v1/depth by its limit.
[[nodiscard]] int depthWeight(int limit);

class WeightBudget
{
public:
    using SpendingId = std::uint64_t;

    explicit WeightBudget(int weightPerMinute);

    void setIpLimit(int weightPerMinute); // exchangeInfo's REQUEST_WEIGHT

    [[nodiscard]] bool canSpend(int weight, std::int64_t nowMs);
    // The earliest time at which canSpend may hold if nothing else is spent; nowMs if it holds now.
    [[nodiscard]] std::int64_t nextChanceMs(int weight, std::int64_t nowMs);
    // When the last of `requests` like it can have gone out. For display.
    [[nodiscard]] std::int64_t estimateMs(int requests, int weight, std::int64_t nowMs);

    // At sending. The request counts in each new minute until it was answered or given up.
    SpendingId spend(int weight, std::int64_t nowMs);
    void onAnswered(SpendingId id, std::int64_t nowMs);
    // The exchange's own count. It belongs to the minute of the answer; the highest of a minute holds, for answers
    // overtake each other.
    void onUsedWeightHeader(int usedWeight, std::int64_t nowMs);
    void onRetryAfter(std::int64_t retryAfterMs, std::int64_t nowMs);
    // A 429 or 418 stops everything for as long as it tells, or else for as long as it must last.
    void onHttpStatus(int status, std::optional<std::int64_t> retryAfterMs, std::int64_t nowMs);
    // The clock was set, ahead or (below 0) back, and shows nowMs now. What has to be waited for takes as long as
    // before, and what was used counts in any minute that it may be by the new clock.
    void onClockSet(std::int64_t jumpMs, std::int64_t nowMs);

    [[nodiscard]] int weightPerMinute() const { return m_weightPerMinute; }
    [[nodiscard]] int ipLimit() const { return m_ipLimit; }
    [[nodiscard]] int ownUsed(std::int64_t nowMs);    // in the current minute, what may fall into it included
    [[nodiscard]] int headerUsed(std::int64_t nowMs); // 0 when no answer came in this minute
    [[nodiscard]] std::int64_t blockedUntilMs() const { return m_blockedUntilMs; }

private:
    struct Minute
    {
        std::int64_t index = 0;
        int own = 0;
        int header = 0;
    };
    struct Spending
    {
        SpendingId id = 0;
        int weight = 0;
        std::int64_t lastMinute = 0; // the last one it was counted in
    };

    void roll(std::int64_t nowMs);
    Minute& minute(std::int64_t index);
    void countIn(std::int64_t fromMinute, std::int64_t toMinute, int weight);
    [[nodiscard]] bool hasOwnRoom(int weight, std::int64_t nowMs);
    [[nodiscard]] bool hasIpRoom(int weight, std::int64_t nowMs);

    int m_weightPerMinute;
    int m_ipLimit = defaultWeightLimitPerMinute;
    std::int64_t m_blockedUntilMs = 0; // Retry-After
    std::int64_t m_paidUntilMs = 0;    // a request above the whole budget is paid for until then
    std::deque<Minute> m_minutes;      // previous, current and next at most
    std::vector<Spending> m_unanswered;
    SpendingId m_lastId = 0;
};

} // namespace obm

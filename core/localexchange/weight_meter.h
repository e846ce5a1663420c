// The weight an IP has used in the current UTC minute, and what happens over the limit: 429, and 418 for one that goes
// on. Time is an argument. Thread: plain value.
#pragma once

#include <cstdint>

namespace obm::localexchange {

class WeightMeter
{
public:
    static constexpr int refusalsBeforeBan = 10; // requests after the first 429 of a minute
    static constexpr std::int64_t banMs = 120'000;

    enum class Verdict { Allowed, TooMany, Banned };

    explicit WeightMeter(int limit)
        : m_limit(limit)
    {}

    Verdict use(int weight, std::int64_t nowMs);
    [[nodiscard]] int used() const { return m_used; }
    [[nodiscard]] int limit() const { return m_limit; }
    // Since the start: the most that was used in one minute, refused requests included, and how often it refused.
    [[nodiscard]] int highest() const { return m_highest; }
    [[nodiscard]] int tooManyAnswers() const { return m_tooManyAnswers; } // 429
    [[nodiscard]] int bannedAnswers() const { return m_bannedAnswers; }   // 418
    // How long the last verdict holds.
    [[nodiscard]] std::int64_t retryAfterSeconds(std::int64_t nowMs) const;

private:
    Verdict judge(int weight, std::int64_t nowMs);

    int m_limit;
    int m_used = 0;
    int m_highest = 0;
    int m_tooManyAnswers = 0;
    int m_bannedAnswers = 0;
    int m_refusals = 0;
    std::int64_t m_minute = 0;
    std::int64_t m_bannedUntilMs = 0;
};

} // namespace obm::localexchange

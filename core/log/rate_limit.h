// At most N lines in a window of one kind of message; what was left out is counted and said with the next line.
// Why: a peer that is away or sends rubbish must not fill a disk, and must not go unnoticed either.
// Thread: that of its owner. Time is an argument, in milliseconds of a clock that does not go back.
//
//     if (limit.allow(nowMs))
//         qCWarning(lcKafka).noquote() << text << limit.suppressedNote().c_str();
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace obm {

class RateLimit
{
public:
    static constexpr int linesMaxDefault = 5;
    static constexpr std::int64_t windowMsDefault = 10'000;

    explicit RateLimit(int linesMax = linesMaxDefault, std::int64_t windowMs = windowMsDefault)
        : m_linesMax(linesMax)
        , m_windowMs(windowMs)
    {}

    // The window begins with its first line.
    [[nodiscard]] bool allow(std::int64_t nowMs)
    {
        if (m_lines == 0 || nowMs - m_windowStartMs >= m_windowMs) {
            m_windowStartMs = nowMs;
            m_lines = 0;
        }
        if (m_lines >= m_linesMax) {
            ++m_suppressed;
            return false;
        }
        ++m_lines;
        return true;
    }

    // "(suppressed 41 similar lines)", or nothing; the count starts anew.
    [[nodiscard]] std::string suppressedNote()
    {
        const std::uint64_t count = m_suppressed;
        m_suppressed = 0;
        if (count == 0)
            return {};
        return "(suppressed " + std::to_string(count) + (count == 1 ? " similar line)" : " similar lines)");
    }

private:
    int m_linesMax;
    std::int64_t m_windowMs;
    std::int64_t m_windowStartMs = 0;
    int m_lines = 0;
    std::uint64_t m_suppressed = 0;
};

// A limit for each key, a symbol say. Keys beyond keysMax share one, so that rubbish keys cost no memory.
class RateLimitByKey
{
public:
    static constexpr std::size_t keysMax = 1'024;

    explicit RateLimitByKey(RateLimit each = RateLimit())
        : m_each(each)
        , m_rest(each)
    {}

    [[nodiscard]] RateLimit& of(std::string_view key)
    {
        if (const auto found = m_limits.find(key); found != m_limits.end())
            return found->second;
        if (m_limits.size() >= keysMax)
            return m_rest;
        return m_limits.emplace(key, m_each).first->second;
    }

private:
    RateLimit m_each;
    RateLimit m_rest;
    std::map<std::string, RateLimit, std::less<>> m_limits;
};

} // namespace obm

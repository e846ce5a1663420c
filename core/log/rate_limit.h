// At most N lines in a window of one kind of message; what was left out is counted and said with the next line.
// Why: a peer that is away or sends rubbish must not fill a disk, and must not go unnoticed either.
// Thread: that of its owner. Time is an argument, in milliseconds of any clock that does not go back.
//
//     if (limit.allow(nowMs))
//         qCWarning(lcKafka).noquote() << text << limit.suppressedNote();
#pragma once

#include <cstdint>
#include <string>

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

    [[nodiscard]] bool allow(std::int64_t nowMs)
    {
        if (m_lines == 0 || nowMs - m_windowStartMs >= m_windowMs) {
            m_windowStartMs = nowMs;
            m_lines = 0;
        }
        if (m_lines < m_linesMax) {
            ++m_lines;
            return true;
        }
        ++m_suppressed;
        return false;
    }

    [[nodiscard]] std::uint64_t suppressed() const { return m_suppressed; }

    // "(suppressed 41 similar lines)", or nothing; starts to count anew.
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

} // namespace obm

// How long a connection may deliver nothing before it is taken for dead, although its pongs come.
// Why it adapts: a dead stream and a set of quiet symbols look the same. The first silence is answered with a new
// connection; if that is as silent, the silence was the market's and the allowance doubles. It returns to the base when
// data came soon after the reconnect (the connection had been dead) or has flowed for long without such a pause.
// Thread: plain value, time as argument (monotonic ms).
#pragma once

#include <algorithm>
#include <cstdint>

namespace obm {

class IdleDeadline
{
public:
    static constexpr std::int64_t forgetMs = 600'000; // flowing data for so long forgets an old pause

    IdleDeadline(std::int64_t baseMs, std::int64_t maxMs)
        : m_baseMs(baseMs)
        , m_maxMs(std::max(baseMs, maxMs))
        , m_allowanceMs(baseMs)
    {}

    // The connection is subscribed: data may be expected from now on.
    void onSubscribed(std::int64_t nowMs) { m_lastMs = nowMs; }

    void onData(std::int64_t nowMs)
    {
        const std::int64_t pauseMs = nowMs - m_lastMs;
        m_lastMs = nowMs;
        if (m_allowanceMs == m_baseMs)
            return;
        if (m_afterKill && pauseMs < m_baseMs)
            m_allowanceMs = m_baseMs;
        else if (pauseMs >= m_baseMs)
            m_lastPauseMs = nowMs;
        else if (nowMs - m_lastPauseMs >= forgetMs)
            m_allowanceMs = m_baseMs;
        m_afterKill = false;
    }

    [[nodiscard]] bool isOver(std::int64_t nowMs) const { return nowMs - m_lastMs > m_allowanceMs; }

    void onKill(std::int64_t nowMs)
    {
        m_allowanceMs = std::min(m_allowanceMs * 2, m_maxMs);
        m_lastPauseMs = nowMs;
        m_afterKill = true;
    }

    [[nodiscard]] std::int64_t allowanceMs() const { return m_allowanceMs; }

private:
    std::int64_t m_baseMs;
    std::int64_t m_maxMs;
    std::int64_t m_allowanceMs;
    std::int64_t m_lastMs = 0;      // data, or the subscription
    std::int64_t m_lastPauseMs = 0; // when a pause above the base was last seen
    bool m_afterKill = false;
};

} // namespace obm

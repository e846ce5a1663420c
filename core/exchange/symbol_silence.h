// How long one symbol may deliver nothing while others do, and when its connection is renewed for that.
// Why it adapts: a dead stream and a quiet symbol look the same until the next event. If that one continues the chain,
// nothing was missed, and the symbol may be silent for twice as long before it is named again; if not, the stream was
// dead, and the next time is noticed as soon as the first. A symbol that stays silent on a fresh connection waits twice
// as long for the next one.
// Thread: plain value, time as argument (monotonic ms).
#pragma once

#include <algorithm>
#include <cstdint>

namespace obm {

class SymbolSilence
{
public:
    SymbolSilence(std::int64_t baseMs, std::int64_t maxMs)
        : m_baseMs(baseMs)
        , m_maxMs(std::max(baseMs, maxMs))
        , m_allowanceMs(baseMs)
    {}

    // True: it has just fallen silent. Time without a subscription, and without data of others, is nobody's silence.
    bool look(bool isSubscribed, bool othersHaveData, std::int64_t nowMs)
    {
        if (isSubscribed && !m_isSubscribed)
            m_lastMs = std::max(m_lastMs, nowMs);
        m_isSubscribed = isSubscribed;
        if (m_isSilent || !m_isSubscribed || !othersHaveData || nowMs - m_lastMs <= m_allowanceMs)
            return false;
        m_isSilent = true;
        return true;
    }

    void onData(std::int64_t nowMs) { m_lastMs = nowMs; }

    // With the first data after it.
    void end(bool hasMissedEvents)
    {
        m_isSilent = false;
        m_renewals = 0;
        m_allowanceMs = hasMissedEvents ? m_baseMs : std::min(m_allowanceMs * 2, m_maxMs);
    }

    [[nodiscard]] bool isSilent() const { return m_isSilent; }

    // Is it to be tried on a fresh connection? `renewedMs`: when it last was.
    [[nodiscard]] bool isRenewalDue(std::int64_t renewedMs, std::int64_t nowMs) const
    {
        const std::int64_t waitMs = std::min(m_allowanceMs << std::min(m_renewals, renewalsMax), m_maxMs);
        return m_isSilent && m_isSubscribed && nowMs - std::max(m_lastMs, renewedMs) > waitMs;
    }

    void onRenewal() { m_renewals += m_isSilent; }

private:
    static constexpr int renewalsMax = 10; // that count

    std::int64_t m_baseMs;
    std::int64_t m_maxMs;
    std::int64_t m_allowanceMs;
    std::int64_t m_lastMs = 0; // data, or the subscription
    int m_renewals = 0;        // since the last data
    bool m_isSubscribed = false;
    bool m_isSilent = false;
};

} // namespace obm

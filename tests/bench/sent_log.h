// When each depth event was sent, by symbol and u, so that whoever sees it somewhere else knows how long it took; and
// the times collected so. Times in us of the steady clock. Thread: a SentLog may be used from any.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace obm::bench {

inline std::int64_t nowUs()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

class SentLog
{
public:
    void note(const std::string& symbol, std::int64_t lastId)
    {
        const std::int64_t now = nowUs();
        const std::lock_guard lock(m_mutex);
        m_sent[symbol].emplace(lastId, now);
        ++m_count;
    }
    // Those of the symbol with `after` < u <= `upTo`, in their order: who sees upTo and saw after before has these too.
    [[nodiscard]] std::vector<std::int64_t> sentUs(const std::string& symbol, std::int64_t after,
                                                   std::int64_t upTo) const
    {
        std::vector<std::int64_t> times;
        const std::lock_guard lock(m_mutex);
        const auto events = m_sent.find(symbol);
        if (events == m_sent.end())
            return times;
        const auto end = events->second.upper_bound(upTo);
        for (auto event = events->second.upper_bound(after); event != end; ++event)
            times.push_back(event->second);
        return times;
    }
    [[nodiscard]] std::size_t count() const
    {
        const std::lock_guard lock(m_mutex);
        return m_count;
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::map<std::int64_t, std::int64_t>> m_sent;
    std::size_t m_count = 0;
};

// One thread adds; read when it has ended.
class Latencies
{
public:
    void add(std::int64_t us) { m_us.push_back(us); }
    [[nodiscard]] std::size_t count() const { return m_us.size(); }
    // share: 0.5 is the median, 1 the highest.
    [[nodiscard]] double ms(double share) const
    {
        if (m_us.empty())
            return 0;
        std::vector<std::int64_t> sorted = m_us;
        std::ranges::sort(sorted);
        const auto at = static_cast<std::size_t>(share * static_cast<double>(sorted.size()));
        return static_cast<double>(sorted[std::min(at, sorted.size() - 1)]) / 1000;
    }

private:
    std::vector<std::int64_t> m_us;
};

} // namespace obm::bench

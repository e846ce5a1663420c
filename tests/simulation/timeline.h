// The simulation's only clock and its only source of chance: what happens next, and when. Two runs of one seed take the
// same steps, whatever the machine does.
// Thread: one simulation each. Units: ms of virtual time since 1970, which begin at a full minute.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace obm::sim {

class Chance
{
public:
    explicit Chance(std::uint64_t seed)
        : m_engine(seed)
    {}

    [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(m_engine() % static_cast<std::uint64_t>(high - low + 1));
    }
    [[nodiscard]] int below(int end) { return static_cast<int>(between(0, end - 1)); }
    [[nodiscard]] bool happens(int permille) { return below(1000) < permille; }
    [[nodiscard]] std::uint64_t seed() { return m_engine(); } // for a generator of its own

private:
    std::mt19937_64 m_engine;
};

class Timeline
{
public:
    using Action = std::function<void()>;
    static constexpr std::int64_t beginMs = 1'700'000'040'000; // the first ms of a UTC minute

    [[nodiscard]] std::int64_t nowMs() const { return m_nowMs; }
    [[nodiscard]] std::uint64_t steps() const { return m_steps; }

    // Actions of one moment come in the order in which they were put in.
    void after(std::int64_t waitMs, Action action) { m_turns.push({m_nowMs + waitMs, ++m_puts, std::move(action)}); }

    // For whoever runs a seed again: what happens. words() makes the text, and is called only when somebody listens.
    template <class Words>
    void tell(Words&& words) const
    {
        if (m_listener)
            m_listener(words());
    }
    void listen(std::function<void(const std::string&)> listener) { m_listener = std::move(listener); }

    void step()
    {
        Turn turn = std::move(const_cast<Turn&>(m_turns.top())); // it goes at once
        m_turns.pop();
        m_nowMs = turn.atMs;
        ++m_steps;
        turn.action();
    }

private:
    struct Turn
    {
        std::int64_t atMs;
        std::uint64_t put;
        Action action;
        bool operator>(const Turn& other) const { return std::pair(atMs, put) > std::pair(other.atMs, other.put); }
    };

    std::function<void(const std::string&)> m_listener;
    std::int64_t m_nowMs = beginMs;
    std::uint64_t m_steps = 0;
    std::uint64_t m_puts = 0;
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> m_turns;
};

} // namespace obm::sim

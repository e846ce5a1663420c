// A small seeded generator (splitmix64), so that one number reproduces a market or a fault on every platform.
// Why not <random>: its distributions differ between libraries, and 600 symbols need little state.
#pragma once

#include <cstdint>
#include <string_view>

namespace obm::localexchange {

class Random
{
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {}
    Random(std::uint64_t seed, std::string_view salt)
        : m_state(seed)
    {
        for (const char c : salt)
            m_state = (m_state ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL; // FNV-1a
    }

    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31U);
    }

    // 0 to bound-1; bound > 0. The bias of the modulo does not matter here.
    std::int64_t below(std::int64_t bound)
    {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound));
    }
    std::int64_t between(std::int64_t low, std::int64_t high) { return low + below(high - low + 1); }
    bool oneIn(std::int64_t n) { return below(n) == 0; }

private:
    std::uint64_t m_state;
};

} // namespace obm::localexchange

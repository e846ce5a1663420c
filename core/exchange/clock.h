// The two clocks of the exchange client. Deadlines use the steady one: a wall clock that is set must not end
// connections. The wall clock stamps messages and tells the exchange's UTC minute. Thread: any. Units: milliseconds.
#pragma once

#include "concurrent/clock.h"

#include <chrono>
#include <cstdint>
#include <random>

namespace obm {

inline std::int64_t utcMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

// The seed of a limits struct, or a random one where it is 0.
inline std::uint64_t seedOrRandom(std::uint64_t seed)
{
    return seed != 0 ? seed : std::random_device{}();
}

} // namespace obm

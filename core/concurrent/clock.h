// The two clocks of the process. Steady for waiting and for latencies; epoch for what others read.
// Why here: whoever decides something takes the time as an argument; only the stages ask these.
#pragma once

#include <chrono>
#include <cstdint>

namespace obm {

[[nodiscard]] inline std::int64_t steadyUs()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

[[nodiscard]] inline std::int64_t steadyMs()
{
    return steadyUs() / 1000;
}

[[nodiscard]] inline std::int64_t epochMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace obm

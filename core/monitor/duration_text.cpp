#include "monitor/duration_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace obm {

std::string durationText(std::int64_t ms)
{
    const std::int64_t tenths = std::max<std::int64_t>(0, ms) / 100;
    const std::int64_t seconds = tenths / 10;
    if (seconds < 1)
        return fmt::format("0.{} s", tenths);
    if (seconds < 60)
        return fmt::format("{} s", seconds);
    if (seconds < 3600)
        return fmt::format("{} min {} s", seconds / 60, seconds % 60);
    return fmt::format("{} h {} min", seconds / 3600, seconds / 60 % 60);
}

} // namespace obm

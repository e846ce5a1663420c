#include "monitor/duration_text.h"

#include "monitor/words.h"

#include <algorithm>

namespace obm {

std::string durationText(std::int64_t ms)
{
    const std::int64_t tenths = std::max<std::int64_t>(0, ms) / 100;
    const std::int64_t seconds = tenths / 10;
    if (seconds < 1)
        return obm::words("0.{} s", tenths);
    if (seconds < 60)
        return obm::words("{} s", seconds);
    if (seconds < 3600)
        return obm::words("{} min {} s", seconds / 60, seconds % 60);
    return obm::words("{} h {} min", seconds / 3600, seconds / 60 % 60);
}

} // namespace obm

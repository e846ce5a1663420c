// How well a part of the way does, for a person: one word, worst last.
#pragma once

#include <cstdint>

namespace obm {

enum class Condition : std::uint8_t {
    Off,      // this role does not have it
    Starting, // nothing is wrong yet, nothing has come through either
    Good,
    Degraded, // works, and somebody should know
    Bad,      // does not do its work
};
inline constexpr int conditionCount = 5;

const char* toText(Condition condition); // "off", "starting", "good", "degraded", "bad"

} // namespace obm

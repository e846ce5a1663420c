// A duration in the words of a journal or a stage: "0.4 s", "34 s", "2 min 5 s", "3 h 10 min".
// Thread: any; a pure function.
#pragma once

#include <cstdint>
#include <string>

namespace obm {

[[nodiscard]] std::string durationText(std::int64_t ms); // below zero counts as zero

} // namespace obm

// What no key can tell by itself: rules between keys, and between a key and how the program was started.
// Thread: any.
#pragma once

#include "config/config.h"

#include <optional>
#include <string>

namespace obm {

struct BrokenRule
{
    std::string key; // whose place is named
    std::string expected;
};

[[nodiscard]] std::optional<BrokenRule> firstBrokenRule(const Config& config, bool headless);

} // namespace obm

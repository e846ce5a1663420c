// One fuzz target: bytes from outside, and what must hold of what is made of them. In preset `fuzz` libFuzzer makes the
// inputs; everywhere else those that were kept, in corpus/TARGET, are tried once each (replay.cpp).
#pragma once

#include "market/invariant.h"

#include <string_view>

namespace obm::fuzz {

// Returns if all is well; require() ends the program, with the input still at hand.
void tryInput(std::string_view input);

} // namespace obm::fuzz

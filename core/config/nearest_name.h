// Which known name somebody meant who misspelt one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace obm {

// How many letters have to be put in, taken out or exchanged to make one of the other.
[[nodiscard]] std::size_t editDistance(std::string_view left, std::string_view right);

// Empty when none is near: at most a third of the letters may differ.
[[nodiscard]] std::string nearestName(std::string_view name, const std::vector<std::string>& known);

} // namespace obm

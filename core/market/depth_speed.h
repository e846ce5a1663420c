// How often the exchange pushes a symbol's changes.
#pragma once

#include <cstdint>

namespace obm {

enum class DepthSpeed : std::uint8_t { Ms100, Ms250, Ms500 };

} // namespace obm

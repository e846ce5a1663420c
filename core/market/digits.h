// Decimal digits of an unsigned number, two at a time.
#pragma once

#include <cstddef>
#include <cstdint>

namespace obm {

inline constexpr std::size_t maxUint64Digits = 20;

// Writes without leading zeros and returns the end; at most maxUint64Digits characters.
char* writeDigits(char* out, std::uint64_t value);
// Writes exactly `width` digits, leading zeros included, and returns the end.
char* writeDigits(char* out, std::uint64_t value, int width);

} // namespace obm

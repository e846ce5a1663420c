// Whether a test and what it starts were compiled for the address sanitizer, which keeps freed memory for a while and
// wraps what is in use: how much memory a program takes is no question to ask there.
#pragma once

namespace obm::test {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool isSanitized = true;
#elif defined(__has_feature)
inline constexpr bool isSanitized = __has_feature(address_sanitizer);
#else
inline constexpr bool isSanitized = false;
#endif

} // namespace obm::test

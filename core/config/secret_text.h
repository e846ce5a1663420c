// Takes a secret out of what a library or a server says: some repeat the words that they were given.
// Thread: any; a pure function.
#pragma once

#include <string>
#include <string_view>

namespace obm {

inline constexpr std::string_view maskedSecret = "********";

[[nodiscard]] std::string withoutSecret(std::string text, std::string_view secret);

} // namespace obm

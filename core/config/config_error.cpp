#include "config/config_error.h"

namespace obm {

namespace {

// Names and paths come from outside: a control character in one must not make a second line, and a name may be as long
// as a file.
std::string shown(const std::string& text)
{
    constexpr std::size_t bytesMax = 300;
    std::string line;
    for (const char c : text.substr(0, bytesMax))
        line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    return text.size() > bytesMax ? line + "..." : line;
}

} // namespace

std::string ConfigError::line() const
{
    return shown(place) + ": " + (key.empty() ? "" : shown(key) + ": ") + shown(expected);
}

} // namespace obm

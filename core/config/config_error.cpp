#include "config/config_error.h"

namespace obm {

namespace {

// Names and paths come from outside: a control character in one must not make a second line.
std::string oneLine(const std::string& text)
{
    std::string line;
    for (const char c : text)
        line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    return line;
}

} // namespace

std::string ConfigError::line() const
{
    return oneLine(place + ": " + (key.empty() ? "" : key + ": ") + expected);
}

} // namespace obm

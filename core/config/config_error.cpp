#include "config/config_error.h"

namespace obm {

std::string ConfigError::line() const
{
    return place + ": " + (key.empty() ? "" : key + ": ") + expected;
}

} // namespace obm

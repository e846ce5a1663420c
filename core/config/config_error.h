// Why a configuration was refused, as a value.
// Thread: any. Never holds a secret: the value of a secret key is not quoted.
#pragma once

#include <string>

namespace obm {

struct ConfigError
{
    std::string key;      // "redis.live_levels"; empty when no key can be named (a file that is no TOML)
    std::string place;    // "obmonitor.toml:3:14", "OBMONITOR_REDIS_URL", "--set"
    std::string expected; // "expected a whole number from 1 to 1000, got 0"

    [[nodiscard]] std::string line() const; // all of it in one line
};

} // namespace obm

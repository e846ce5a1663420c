// One row a configuration key: its name, type, limits and field. Loading from a file, the environment and --set,
// printing and checking all go by this table; no key has code of its own elsewhere. Thread: immutable after the first
// call; any.
#pragma once

#include "config/config.h"

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace obm {

// What a value can be in TOML and in bare text.
using ConfigValue = std::variant<std::string, std::int64_t, std::vector<std::string>>;

enum class ConfigType {
    Text,
    Number,
    TextOrList, // a word that stands for a list, or the list
    Property,   // text, a whole number or true/false in TOML; text for whoever gets it
};

struct ConfigKey
{
    std::string name; // "redis.live_levels"
    ConfigType type = ConfigType::Text;
    std::string expected;             // "a whole number from 1 to 1000"
    std::vector<std::string> choices; // bare text of each, where only a few values will do
    bool secret = false;
    std::function<std::optional<std::string>(const ConfigValue&)> problem; // nothing when the value will do
    std::function<ConfigValue(const Config&)> read;
    std::function<void(Config&, const ConfigValue&)> write; // only of a value without a problem

    [[nodiscard]] std::string section() const;  // "redis"
    [[nodiscard]] std::string bareName() const; // "live_levels"; of a property all that follows the section
    [[nodiscard]] std::string variable() const; // "OBMONITOR_REDIS_LIVE_LEVELS"
};

inline constexpr std::string_view propertySection = "kafka.properties";
inline constexpr std::string_view variablePrefix = "OBMONITOR_";

// Every key of a fixed name, in the order they are printed in.
[[nodiscard]] const std::vector<ConfigKey>& configKeys();

// The row of one property of kafka.properties.
[[nodiscard]] ConfigKey propertyKey(const std::string& property);

// The row of a name, or of a variable of the environment. The error says what was expected, with the nearest name.
[[nodiscard]] std::expected<ConfigKey, std::string> findConfigKey(std::string_view name);
[[nodiscard]] std::expected<ConfigKey, std::string> findConfigVariable(std::string_view variable);

} // namespace obm

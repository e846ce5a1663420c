// Values as text: quoted for TOML and for messages, and read from the bare text of --set and the environment.
// Thread: any; pure functions.
#pragma once

#include "config/config_key.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace obm {

// A basic TOML string: quotes, and escapes for what TOML does not allow as it is. One line, whatever the text.
[[nodiscard]] std::string quoted(std::string_view text);

[[nodiscard]] std::string tomlValue(const ConfigValue& value);

// For messages: cut, in one line, and a URL without who logs in.
[[nodiscard]] std::string shownValue(const ConfigValue& value);

// As --set and the environment take it: a list has commas.
[[nodiscard]] std::string bareText(const ConfigValue& value);

// Why a key does not take the value: what was expected and, unless it is a secret, what came.
[[nodiscard]] std::optional<std::string> refusal(const ConfigKey& key, const ConfigValue& value);
[[nodiscard]] std::string refusalOf(const ConfigKey& key, const std::string& expected, const std::string& got);

// The value that a key makes of bare text, or the refusal.
[[nodiscard]] std::expected<ConfigValue, std::string> checkedValue(const ConfigKey& key, std::string_view text);

} // namespace obm

// Values as text: quoted for TOML and for messages, and read from the bare text of --set and the environment.
// Thread: any; pure functions.
#pragma once

#include "config/config_key.h"

#include <optional>
#include <string>
#include <string_view>

namespace obm {

// A basic TOML string: quotes, and escapes for what TOML does not allow as it is. One line, whatever the text.
[[nodiscard]] std::string quoted(std::string_view text);

[[nodiscard]] std::string tomlValue(const ConfigValue& value);

// For messages: cut, in one line, and a URL without who logs in.
[[nodiscard]] std::string shownValue(const ConfigValue& value);

// By the key's type; nothing when the text cannot be one.
[[nodiscard]] std::optional<ConfigValue> parseBareText(const ConfigKey& key, std::string_view text);

} // namespace obm

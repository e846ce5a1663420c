// TOML as a tree with places, or the error of a configuration file. Private to core/config.
// Thread: any.
#pragma once

#include "config/config_error.h"

#include <toml++/toml.h>

#include <expected>
#include <string>

namespace obm {

[[nodiscard]] std::string placeOf(const std::string& file, const toml::source_position& position);
[[nodiscard]] std::expected<toml::table, ConfigError> parseToml(const std::string& file, const std::string& text);

} // namespace obm

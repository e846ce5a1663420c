// What must hold of a configuration, wherever it came from.
#pragma once

#include "config/config_loader.h"
#include "fuzz/fuzz.h"

#include <string_view>

namespace obm::fuzz {

// As if `toml` were a file.
[[nodiscard]] std::expected<LoadedConfig, ConfigError> loadToml(std::string_view toml);

// One line of printable text.
void checkRefusal(const ConfigError& error);

// Printed and loaded again it says the same, but for its secrets, which are not printed.
void checkPrint(const LoadedConfig& loaded);

} // namespace obm::fuzz

// The effective configuration as text: --print-config and --check-config.
// Thread: any.
#pragma once

#include "config/config_loader.h"

#include <string>

namespace obm {

// TOML that can be loaded again; a value that was given carries a comment that says where. Secrets are masked.
[[nodiscard]] std::string toToml(const LoadedConfig& loaded);

// "configuration is valid (obmonitor.toml)": the one line of --check-config.
[[nodiscard]] std::string validLine(const LoadedConfig& loaded);

} // namespace obm

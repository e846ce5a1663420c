// One value put into TOML's text. Private to core/config; config_write checks what comes out.
// Thread: any; a pure function.
#pragma once

#include "config/config_error.h"
#include "config/config_key.h"

#include <expected>
#include <string>

namespace obm {

[[nodiscard]] std::expected<std::string, ConfigError> withTomlValue(const std::string& text, const ConfigKey& key,
                                                                    const ConfigValue& value);

} // namespace obm

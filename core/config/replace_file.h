// Puts a text in a file's place in one step. Private to core/config.
// Thread: any. Errors: what could not be done and why; the file stays what it was.
#pragma once

#include "config/config_error.h"

#include <expected>
#include <string>

namespace obm {

[[nodiscard]] std::expected<void, ConfigError> replaceFile(const std::string& file, const std::string& text);

} // namespace obm

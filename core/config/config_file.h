// The configuration file as a flat list of names and values; what they mean is the table's business.
// Thread: any. Reads one file.
#pragma once

#include "config/config_error.h"
#include "config/config_key.h"

#include <expected>
#include <string>
#include <vector>

namespace obm {

inline constexpr std::size_t configFileBytesMax = 1024 * 1024;

struct FileValue
{
    enum class Form { Text, Number, List, Boolean, Other };

    std::string name;  // dotted, however the file wrote it
    std::string place; // "file:line:column"
    Form form = Form::Other;
    ConfigValue value;    // of Boolean "true" or "false"; of Other nothing
    std::string formName; // "a date", for messages
};

[[nodiscard]] std::expected<std::vector<FileValue>, ConfigError> readConfigFile(const std::string& file);

// The same in two steps. `file` stands in the places of errors.
[[nodiscard]] std::expected<std::string, ConfigError> configFileText(const std::string& file);
[[nodiscard]] std::expected<std::vector<FileValue>, ConfigError> readConfigText(const std::string& text,
                                                                                const std::string& file);

} // namespace obm

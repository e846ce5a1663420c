#include "config/toml_parse.h"

#include "config/config_text.h"

#include <fmt/format.h>

namespace obm {

namespace {

std::string oneLine(std::string_view text)
{
    const std::string inQuotes = quoted(text);
    return inQuotes.substr(1, inQuotes.size() - 2);
}

} // namespace

std::string placeOf(const std::string& file, const toml::source_position& position)
{
    return fmt::format("{}:{}:{}", file, position.line, position.column);
}

std::expected<toml::table, ConfigError> parseToml(const std::string& file, const std::string& text)
{
    try {
        return toml::parse(std::string_view(text), std::string_view(file));
    } catch (const toml::parse_error& error) {
        return std::unexpected(
            ConfigError{"", placeOf(file, error.source().begin), "expected TOML: " + oneLine(error.description())});
    }
}

} // namespace obm

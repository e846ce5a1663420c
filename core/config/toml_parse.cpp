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

// toml++ repeats a number that it cannot take, and that may be a password that somebody forgot to quote. Of anything
// else it shows a character.
std::string withoutNumbers(std::string text)
{
    constexpr std::string_view numberBegins = "+-.0123456789";
    for (std::size_t at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 1)) {
        const std::size_t end = text.find('\'', at + 1);
        if (end != std::string::npos && end > at + 2 && numberBegins.contains(text[at + 1]))
            text.replace(at + 1, end - at - 1, "...");
    }
    return text;
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
            ConfigError{"", placeOf(file, error.source().begin),
                        "expected TOML: " + oneLine(withoutNumbers(std::string(error.description())))});
    }
}

} // namespace obm

#include "config/config_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace obm {

namespace {

constexpr std::size_t shownBytesMax = 80;

std::string escaped(char c)
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        break;
    }
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f ? fmt::format("\\u{:04X}", byte) : std::string(1, c);
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string> splitList(std::string_view text)
{
    std::vector<std::string> items;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t comma = std::min(text.find(',', start), text.size());
        items.emplace_back(trimmed(text.substr(start, comma - start)));
        start = comma + 1;
    }
    return items;
}

std::optional<ConfigValue> parseNumber(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

bool isAsciiLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "redis://ann:secret@host" -> "redis://...@host": a password may have been put there, though it is refused; the scheme
// may have been forgotten.
std::string withoutUser(std::string text)
{
    const std::size_t at = text.rfind('@');
    if (at == std::string::npos)
        return text;
    constexpr std::string_view schemeEnd = "://";
    const std::size_t scheme = std::ranges::find_if_not(text, isAsciiLetter) - text.begin();
    const bool hasScheme = text.compare(scheme, schemeEnd.size(), schemeEnd) == 0;
    const std::size_t begin = hasScheme ? scheme + schemeEnd.size() : 0;
    return text.replace(begin, at - begin, "...");
}

// By the key's type; nothing when the text cannot be one.
std::optional<ConfigValue> parseBareText(const ConfigKey& key, std::string_view text)
{
    if (key.type == ConfigType::Number)
        return parseNumber(text);
    const ConfigValue whole = std::string(text);
    if (key.type != ConfigType::TextOrList || !key.problem(whole))
        return whole;
    return splitList(text);
}

} // namespace

std::string quoted(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text)
        out += escaped(c);
    return out + '"';
}

std::string tomlValue(const ConfigValue& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return std::to_string(*number);
    if (const auto* text = std::get_if<std::string>(&value))
        return quoted(*text);
    std::vector<std::string> items;
    for (const std::string& item : std::get<std::vector<std::string>>(value))
        items.push_back(quoted(item));
    return fmt::format("[{}]", fmt::join(items, ", "));
}

std::string shownValue(const ConfigValue& value)
{
    const auto* text = std::get_if<std::string>(&value);
    std::string shown = tomlValue(text != nullptr ? ConfigValue(withoutUser(*text)) : value);
    if (shown.size() > shownBytesMax)
        shown = shown.substr(0, shownBytesMax) + "...";
    return shown;
}

std::string bareText(const ConfigValue& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return std::to_string(*number);
    if (const auto* text = std::get_if<std::string>(&value))
        return *text;
    return fmt::format("{}", fmt::join(std::get<std::vector<std::string>>(value), ", "));
}

std::string refusalOf(const ConfigKey& key, const std::string& expected, const std::string& got)
{
    return expected + (key.secret ? "" : ", got " + got);
}

std::optional<std::string> refusal(const ConfigKey& key, const ConfigValue& value)
{
    const auto problem = key.problem(value);
    return problem ? std::optional(refusalOf(key, *problem, shownValue(value))) : std::nullopt;
}

std::expected<ConfigValue, std::string> checkedValue(const ConfigKey& key, std::string_view text)
{
    auto value = parseBareText(key, text);
    if (!value)
        return std::unexpected(refusalOf(key, "expected " + key.expected, shownValue(std::string(text))));
    if (auto refused = refusal(key, *value))
        return std::unexpected(std::move(*refused));
    return std::move(*value);
}

} // namespace obm

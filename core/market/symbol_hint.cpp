#include "market/symbol_hint.h"

#include <cstddef>
#include <optional>

namespace obm {

namespace {

constexpr std::string_view blanks = " \t\r\n";

// The characters between quotes, `at` standing on the first quote; leaves it behind the last one.
std::optional<std::string_view> takeQuoted(std::string_view text, std::size_t& at)
{
    const std::size_t begin = ++at;
    for (; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return text.substr(begin, at++ - begin);
    }
    return std::nullopt;
}

// `at` stands behind a key: the string that is its value, if one follows.
std::string_view valueAfterKey(std::string_view text, std::size_t at)
{
    at = text.find_first_not_of(blanks, at);
    if (at == std::string_view::npos || text[at] != ':')
        return {};
    at = text.find_first_not_of(blanks, at + 1);
    if (at == std::string_view::npos || text[at] != '"')
        return {};
    const std::string_view value = takeQuoted(text, at).value_or("");
    return value.find('\\') == std::string_view::npos ? value : std::string_view();
}

} // namespace

std::string_view symbolHint(std::string_view data)
{
    int depth = 0;
    for (std::size_t at = 0; at < data.size();) {
        const char c = data[at];
        if (c == '"') {
            const auto quoted = takeQuoted(data, at);
            if (!quoted)
                return {};
            if (const auto symbol = depth == 1 && quoted == "s" ? valueAfterKey(data, at) : ""; !symbol.empty())
                return symbol;
            continue;
        }
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        ++at;
    }
    return {};
}

} // namespace obm

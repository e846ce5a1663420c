// The fields of the outermost object of a text, followed without parsing it: by its quotes and brackets alone.
// Why: of a message that cannot be parsed something may be told all the same; and of one whose levels nobody wants
// here, the few fields in front of them are had for the price of reading so far. Inside core/market only.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace obm::text {

// The characters between quotes, `at` standing on the first quote; leaves it behind the last one.
inline std::optional<std::string_view> takeQuoted(std::string_view text, std::size_t& at)
{
    const std::size_t begin = at + 1;
    for (std::size_t end = begin; end < text.size(); ++end) { // a place of its own can stay in a register
        if (text[end] == '"') {
            at = end + 1;
            return text.substr(begin, end - begin);
        }
        end += text[end] == '\\';
    }
    return std::nullopt;
}

// Past the blanks at the beginning.
inline std::string_view withoutBlanks(std::string_view text)
{
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
        text.remove_prefix(1);
    return text;
}

// Behind a row of numbers and of what stands between fields, which are neighbours in the alphabet.
inline std::size_t endOfNumbers(std::string_view text, std::size_t at)
{
    while (at < text.size() && text[at] >= ',' && text[at] <= ':')
        ++at;
    return at;
}

// onField(key, what begins with its value) -> true: that was enough.
template <class OnField>
void forEachOuterField(std::string_view data, OnField&& onField)
{
    int depth = 0;
    for (std::size_t at = 0; at < data.size();) {
        switch (data[at]) {
        case '"': {
            const auto key = takeQuoted(data, at);
            if (!key)
                return;
            if (depth != 1)
                break;
            const std::string_view rest = withoutBlanks(data.substr(at));
            if (rest.starts_with(':') && onField(*key, withoutBlanks(rest.substr(1))))
                return;
            break;
        }
        case '{':
        case '[':
            ++depth, ++at;
            break;
        case '}':
        case ']':
            --depth, ++at;
            break;
        default:
            at = endOfNumbers(data, at + 1);
        }
    }
}

} // namespace obm::text

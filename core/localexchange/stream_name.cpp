#include "localexchange/stream_name.h"

#include <algorithm>

namespace obm::localexchange {

namespace {

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

std::optional<Speed> speedOf(std::string_view suffix)
{
    if (suffix == "depth")
        return Speed::Ms250;
    if (suffix == "depth@100ms" || suffix == "depth@0ms") // 0 ms: the name under which older recordings were taken
        return Speed::Ms100;
    if (suffix == "depth@500ms")
        return Speed::Ms500;
    return std::nullopt;
}

} // namespace

std::optional<StreamName> parseStreamName(std::string_view name)
{
    const std::size_t at = name.find('@');
    if (at == std::string_view::npos || at == 0 || std::any_of(name.begin(), name.end(), isUpper))
        return std::nullopt;
    const auto speed = speedOf(name.substr(at + 1));
    if (!speed)
        return std::nullopt;

    StreamName stream{std::string(name.substr(0, at)), *speed};
    for (char& c : stream.symbol) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    }
    return stream;
}

} // namespace obm::localexchange

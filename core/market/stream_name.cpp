#include "market/stream_name.h"

#include <algorithm>

namespace obm {

namespace {

constexpr std::string_view diffDepth = "@depth";
constexpr std::string_view milliseconds = "ms";

std::string_view suffixOf(DepthSpeed speed)
{
    switch (speed) {
    case DepthSpeed::Ms100:
        return "@100ms";
    case DepthSpeed::Ms250:
        return ""; // the default; spelt out it is acknowledged and silent
    case DepthSpeed::Ms500:
        return "@500ms";
    }
    return "";
}

bool isDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "" or "@100ms"
bool isSpeed(std::string_view text)
{
    if (text.empty())
        return true;
    if (!text.starts_with('@') || !text.ends_with(milliseconds))
        return false;
    return isDigits(text.substr(1, text.size() - 1 - milliseconds.size()));
}

} // namespace

std::string toLowerAscii(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

std::string toUpperAscii(std::string_view text)
{
    std::string upper(text);
    for (char& c : upper)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return upper;
}

std::string depthStreamName(std::string_view symbol, DepthSpeed speed)
{
    return toLowerAscii(symbol).append(diffDepth).append(suffixOf(speed));
}

std::optional<std::string_view> symbolOfDepthStream(std::string_view stream)
{
    const std::size_t at = stream.find('@');
    if (at == 0 || at == std::string_view::npos)
        return std::nullopt;
    const std::string_view kind = stream.substr(at);
    if (!kind.starts_with(diffDepth) || !isSpeed(kind.substr(diffDepth.size())))
        return std::nullopt;
    return stream.substr(0, at);
}

} // namespace obm

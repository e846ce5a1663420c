#include "config/config_rules.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace obm {

namespace {

constexpr std::string_view symbolPlace = "{symbol}";
constexpr std::string_view ownKeys = "obmonitor:";                  // epochs and the source live under these
constexpr std::string_view statusKey = "orderbook:{symbol}:status"; // written beside the book

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool isAsciiWord(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
           c == '-';
}

bool isPort(std::string_view text)
{
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size();
}

bool isHost(std::string_view text)
{
    if (text.starts_with('[') && text.ends_with(']'))
        return isIpv6(text.substr(1, text.size() - 2));
    return !text.empty() && std::ranges::all_of(text, isAsciiWord);
}

// How many bytes a UTF-8 sequence has by its first byte; 0 where none begins.
std::size_t sequenceBytes(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return 2;
    if (first >= 0xe0 && first <= 0xef)
        return 3;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

// The second byte has a narrower range after these (overlong forms, surrogates, beyond U+10FFFF): RFC 3629, section 4.
bool isSecondByte(unsigned char first, unsigned char second)
{
    const unsigned least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    const unsigned most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    return second >= least && second <= most;
}

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text[0]);
        const std::size_t bytes = sequenceBytes(first);
        if (bytes == 0 || text.size() < bytes)
            return false;
        if (bytes > 1 && !isSecondByte(first, static_cast<unsigned char>(text[1])))
            return false;
        for (std::size_t i = 2; i < bytes; ++i) {
            if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80)
                return false;
        }
        text.remove_prefix(bytes);
    }
    return true;
}

bool isClean(std::string_view text)
{
    return isUtf8(text) && std::ranges::none_of(text, isControl);
}

enum class Port { Needed, Optional };

bool isHostAndPort(std::string_view text, Port port)
{
    const std::size_t colon = text.rfind(':');
    const bool hasPort = colon != std::string_view::npos && !text.ends_with(']');
    if (!hasPort)
        return port == Port::Optional && isHost(text);
    return isHost(text.substr(0, colon)) && isPort(text.substr(colon + 1));
}

bool isRedisKey(std::string_view text)
{
    return !text.empty() && text.size() <= redisKeyBytesMax && !text.starts_with(ownKeys) && isClean(text);
}

} // namespace

bool isPlainText(std::string_view text)
{
    return text.size() <= plainTextBytesMax && isClean(text);
}

bool isSymbol(std::string_view text)
{
    constexpr std::string_view forbidden = " /@{}\"'\\,:?#&%";
    const auto isForbidden = [&](char c) { return forbidden.contains(c); };
    return !text.empty() && text.size() <= symbolBytesMax && isClean(text) && std::ranges::none_of(text, isForbidden);
}

bool isIpv6(std::string_view text)
{
    const auto inAddress = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
    };
    return text.size() >= 2 && text.contains(':') && std::ranges::all_of(text, inAddress);
}

bool isKafkaName(std::string_view text)
{
    return !text.empty() && text.size() <= kafkaNameBytesMax && text != "." && text != ".." &&
           std::ranges::all_of(text, isAsciiWord);
}

bool isServerList(std::string_view text)
{
    if (text.size() > urlBytesMax)
        return false;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t comma = std::min(text.find(',', start), text.size());
        std::string_view server = text.substr(start, comma - start);
        if (const std::size_t scheme = server.find("://"); scheme != std::string_view::npos)
            server.remove_prefix(scheme + 3);
        if (!isHostAndPort(server, Port::Optional))
            return false;
        start = comma + 1;
    }
    return true;
}

bool isUrl(std::string_view text, std::initializer_list<std::string_view> schemes)
{
    const std::size_t schemeEnd = text.find("://");
    if (schemeEnd == std::string_view::npos || std::ranges::find(schemes, text.substr(0, schemeEnd)) == schemes.end())
        return false;
    const std::string_view rest = text.substr(schemeEnd + 3);
    const std::string_view authority = rest.substr(0, rest.find('/'));
    const auto isBad = [](char c) { return isControl(c) || c == ' ' || c == '?' || c == '#' || c == '@'; };
    return text.size() <= urlBytesMax && isUtf8(text) && std::ranges::none_of(rest, isBad) &&
           isHostAndPort(authority, Port::Optional);
}

bool isListenAddress(std::string_view text)
{
    return isHostAndPort(text, Port::Needed);
}

bool isLiveKey(std::string_view text)
{
    return isRedisKey(text) && !text.contains(symbolPlace);
}

bool isFullKey(std::string_view text)
{
    const std::size_t place = text.find(symbolPlace);
    return isRedisKey(text) && text != statusKey && place != std::string_view::npos &&
           !text.substr(place + symbolPlace.size()).contains(symbolPlace);
}

bool isPropertyName(std::string_view text)
{
    return !text.empty() && text.size() <= kafkaNameBytesMax && !text.starts_with('.') && !text.ends_with('.') &&
           std::ranges::all_of(text, isAsciiWord);
}

bool isPropertyValue(std::string_view text)
{
    return isUtf8(text) && !text.contains('\0');
}

} // namespace obm

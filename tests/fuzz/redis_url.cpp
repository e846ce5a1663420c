// redis.url: what is taken makes the same URL again, and no refusal repeats what stands before the @.
#include "config/redis_url.h"
#include "config/config_key.h"
#include "config/config_text.h"
#include "fuzz/fuzz.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>

namespace obm::fuzz {

namespace {

std::string percentEncoded(std::string_view text)
{
    std::string encoded;
    for (const char c : text)
        encoded += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    return encoded;
}

std::string textOf(const RedisUrl& url)
{
    if (url.transport == RedisUrl::Transport::Embedded)
        return "embedded";
    if (url.transport == RedisUrl::Transport::Unix)
        return fmt::format("unix://{}?db={}", url.path, url.database);
    const std::string user = url.username.empty() ? "" : percentEncoded(url.username) + '@';
    const std::string host = url.host.contains(':') ? '[' + url.host + ']' : url.host;
    const char* const scheme = url.transport == RedisUrl::Transport::Tls ? "rediss" : "redis";
    return fmt::format("{}://{}{}:{}/{}", scheme, user, host, url.port, url.database);
}

// The value as --check-config repeats it; nothing where it is taken.
std::string repeated(const std::string& text)
{
    const auto refused = checkedValue(findConfigKey("redis.url").value(), text);
    const std::string error = refused ? "" : refused.error();
    return error.substr(std::min(error.size(), error.find(", got ")));
}

// Whatever the password is, what is repeated is the same.
void checkRefusal(std::string_view input)
{
    const std::size_t at = input.rfind('@');
    const std::size_t colon = input.substr(0, at).rfind(':');
    if (at == std::string_view::npos || colon == std::string_view::npos)
        return;
    std::string another(input);
    for (char& c : std::span(another).subspan(colon + 1, at - colon - 1))
        c = c >= 'a' && c <= 'z' ? 'x' : c;
    const std::string told = repeated(std::string(input));
    const std::string toldOfAnother = repeated(another);
    require(told.empty() || toldOfAnother.empty() || told == toldOfAnother, "a refusal without a password");
}

} // namespace

void tryInput(std::string_view input)
{
    checkRefusal(input);
    const auto url = parseRedisUrl(input, true);
    if (!url)
        return require(!url.error().empty() && url.error().size() < 200, "one clause says why");
    require(url->port >= 1 && url->port <= 65535 && url->database >= 0, "numbers that a server can have");
    require(!url->host.empty() || url->path.starts_with('/') || url->transport == RedisUrl::Transport::Embedded,
            "somewhere to connect to");
    require(!url->username.contains('\0'), "no text that ends early");
    const std::string text = textOf(*url); // its user's name takes three bytes a letter here
    if (const auto again = parseRedisUrl(text, true); text.size() <= 1024)
        require(again.has_value() && *again == *url, "the same URL again");
}

} // namespace obm::fuzz

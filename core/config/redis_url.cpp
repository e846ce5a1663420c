#include "config/redis_url.h"

#include "config/config_rules.h"

#include <charconv>
#include <optional>

namespace obm {

namespace {

using Parsed = std::expected<RedisUrl, std::string>;

constexpr int portMax = 65535;
constexpr int databaseMax = 1'000'000; // Redis' own limit is its `databases` setting

std::optional<int> numberUpTo(std::string_view text, int max)
{
    int value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = fault == std::errc{} && end == text.data() + text.size();
    return isWhole && value >= 0 && value <= max ? std::optional(value) : std::nullopt;
}

std::optional<std::string> percentDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        unsigned code = 0;
        const std::string_view digits = text.substr(i + 1, 2);
        const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        if (digits.size() != 2 || fault != std::errc{} || end != digits.data() + 2 || code == 0)
            return std::nullopt;
        decoded += static_cast<char>(code);
        i += 2;
    }
    return decoded;
}

std::unexpected<std::string> wrong(std::string text)
{
    return std::unexpected(std::move(text));
}

Parsed withDatabase(RedisUrl url, std::string_view text)
{
    const std::optional<int> database = numberUpTo(text, databaseMax);
    if (!database)
        return wrong("the database has to be a number, as in redis://localhost:6379/0");
    url.database = *database;
    return url;
}

Parsed withUser(RedisUrl url, std::string_view user)
{
    if (user.contains(':'))
        return wrong("a password in the URL would show in logs and --print-config: it belongs in redis.password");
    const std::optional<std::string> decoded = percentDecoded(user);
    if (!decoded || decoded->empty())
        return wrong("the user before the @ is empty or badly percent-encoded");
    url.username = *decoded;
    return url;
}

Parsed withPort(RedisUrl url, std::string_view text)
{
    const std::optional<int> port = numberUpTo(text, portMax);
    if (!port || *port == 0)
        return wrong("the port has to be 1 to 65535");
    url.port = *port;
    return url;
}

Parsed withBracketedHost(RedisUrl url, std::string_view text)
{
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !isIpv6(text.substr(1, end - 1)))
        return wrong("an IPv6 address is written in brackets, as in redis://[::1]:6379/0");
    url.host = text.substr(1, end - 1);
    const std::string_view rest = text.substr(end + 1);
    if (rest.empty())
        return url;
    return rest.front() == ':' ? withPort(std::move(url), rest.substr(1)) : wrong("only a port may follow the ]");
}

Parsed withHost(RedisUrl url, std::string_view text)
{
    if (text.starts_with('['))
        return withBracketedHost(std::move(url), text);
    const std::size_t colon = text.find(':');
    url.host = text.substr(0, colon);
    if (url.host.empty())
        return wrong("the host is missing, as in redis://localhost:6379/0");
    if (url.host.find_first_of(" \t?#%[]@") != std::string::npos)
        return wrong("the host has a character that no host name has");
    return colon == std::string_view::npos ? Parsed(std::move(url)) : withPort(std::move(url), text.substr(colon + 1));
}

// user@host:port/db; the steps pass the URL on until one of them finds a mistake.
Parsed parseNetwork(RedisUrl::Transport transport, std::string_view rest)
{
    Parsed url;
    url->transport = transport;
    const std::size_t slash = rest.find('/');
    std::string_view authority = rest.substr(0, slash);
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        url = withUser(std::move(*url), authority.substr(0, at));
        authority.remove_prefix(at + 1);
    }
    if (url)
        url = withHost(std::move(*url), authority);
    const std::string_view database = slash == std::string_view::npos ? "" : rest.substr(slash + 1);
    return url && !database.empty() ? withDatabase(std::move(*url), database) : url;
}

Parsed parseUnix(std::string_view rest)
{
    constexpr std::size_t socketPathBytesMax = 107; // sockaddr_un
    constexpr std::string_view databaseKey = "db=";
    const std::size_t mark = rest.find('?');
    RedisUrl url;
    url.transport = RedisUrl::Transport::Unix;
    url.path = rest.substr(0, mark);
    if (!url.path.starts_with('/') || url.path.size() < 2)
        return wrong("a unix socket needs an absolute path, as in unix:///run/redis/redis.sock?db=0");
    if (url.path.size() > socketPathBytesMax)
        return wrong("the path of a unix socket may have 107 bytes");
    if (mark == std::string_view::npos)
        return url;
    const std::string_view query = rest.substr(mark + 1);
    if (!query.starts_with(databaseKey))
        return wrong("after the ? only db=N is known");
    return withDatabase(std::move(url), query.substr(databaseKey.size()));
}

} // namespace

std::expected<RedisUrl, std::string> parseRedisUrl(std::string_view text, bool tlsBuilt)
{
    if (text == "embedded") {
        RedisUrl url;
        url.transport = RedisUrl::Transport::Embedded;
        return url;
    }
    if (!isPlainText(text))
        return wrong("expected UTF-8 without control characters, of 1024 bytes at most");
    const std::size_t schemeEnd = text.find("://");
    const std::string_view scheme = text.substr(0, schemeEnd == std::string_view::npos ? 0 : schemeEnd);
    const std::string_view rest = schemeEnd == std::string_view::npos ? "" : text.substr(schemeEnd + 3);
    if (scheme == "redis")
        return parseNetwork(RedisUrl::Transport::Tcp, rest);
    if (scheme == "unix")
        return parseUnix(rest);
    if (scheme != "rediss")
        return wrong("expected redis://, rediss://, unix:// or \"embedded\"");
    if (!tlsBuilt)
        return wrong("this build has no TLS for Redis (it needs hiredis 1.x with hiredis_ssl)");
    return parseNetwork(RedisUrl::Transport::Tls, rest);
}

} // namespace obm

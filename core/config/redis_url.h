// What redis.url says: redis://user@host:port/db, rediss:// (TLS), unix:///path?db=N or "embedded".
// Pure; it lives beside the configuration so that a wrong URL is named before anything connects.
// A password in the URL is refused: --print-config and the log show URLs, redis.password is masked.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace obm {

// Whether this build speaks TLS to Redis (hiredis 1.x with hiredis_ssl; Debian 12 has neither).
#ifdef OBM_REDIS_TLS
inline constexpr bool redisTlsBuilt = true;
#else
inline constexpr bool redisTlsBuilt = false;
#endif

struct RedisUrl
{
    enum class Transport { Embedded, Tcp, Tls, Unix };
    static constexpr int defaultPort = 6379;

    Transport transport = Transport::Tcp;
    std::string host; // Tcp and Tls; an IPv6 address without its brackets
    int port = defaultPort;
    std::string path; // Unix
    int database = 0;
    std::string username; // "": redis.username, or Redis' default user

    bool operator==(const RedisUrl&) const = default;
};

// The error is one clause without the key's name, ready to follow "redis.url: "; it never repeats a password.
[[nodiscard]] std::expected<RedisUrl, std::string> parseRedisUrl(std::string_view text, bool tlsBuilt = redisTlsBuilt);

} // namespace obm

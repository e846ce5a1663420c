#include "redis/error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace obm {

namespace {

using Code = std::pair<std::string_view, RedisErrorKind>;

constexpr std::array codes = {
    Code{"LOADING", RedisErrorKind::Loading},     Code{"READONLY", RedisErrorKind::ReadOnly},
    Code{"MASTERDOWN", RedisErrorKind::ReadOnly}, Code{"OOM", RedisErrorKind::OutOfMemory},
    Code{"NOAUTH", RedisErrorKind::NoAuth},       Code{"WRONGPASS", RedisErrorKind::NoAuth},
    Code{"NOPERM", RedisErrorKind::NoPermission}, Code{"WRONGTYPE", RedisErrorKind::WrongType},
    Code{"MISCONF", RedisErrorKind::DiskFailure}, Code{"BUSY", RedisErrorKind::Busy},
    Code{"UNKILLABLE", RedisErrorKind::Busy},     Code{"FOREIGNSOURCE", RedisErrorKind::ForeignSource},
};

// Redis 6 puts "@user_script: 12: -" before the words of a command that failed inside a script.
std::string_view withoutScriptPlace(std::string_view reply)
{
    if (reply.starts_with("@user_script"))
        for (int colons = 0; colons < 2; ++colons)
            reply.remove_prefix(std::min(reply.find(':') + 1, reply.size()));
    const std::size_t start = reply.find_first_not_of(" -");
    return reply.substr(std::min(start, reply.size()));
}

RedisErrorKind kindOfText(std::string_view text)
{
    if (text.contains("max number of clients"))
        return RedisErrorKind::Away;
    if (text.contains("ACL failure in script") || text.contains("user executing the script can't"))
        return RedisErrorKind::NoPermission;
    if (text.contains("AUTH") || text.contains("invalid password"))
        return RedisErrorKind::NoAuth;
    return RedisErrorKind::Other;
}

} // namespace

std::string_view redisErrorName(RedisErrorKind kind)
{
    static constexpr std::array<std::string_view, redisErrorKindCount> names = {
        "away",       "timeout",      "loading", "read_only",      "out_of_memory", "no_auth", "no_permission",
        "wrong_type", "disk_failure", "busy",    "foreign_source", "protocol",      "other"};
    return names[static_cast<std::size_t>(kind)];
}

RedisError redisErrorOf(std::string_view reply)
{
    const std::string_view text = withoutScriptPlace(reply);
    const std::string_view code = text.substr(0, text.find(' '));
    const auto* known = std::ranges::find(codes, code, &Code::first);
    const RedisErrorKind kind = known == codes.end() ? kindOfText(text) : known->second;
    return {.kind = kind, .text = std::string(text)};
}

bool needsNewConnection(RedisErrorKind kind)
{
    switch (kind) {
    case RedisErrorKind::Away:
    case RedisErrorKind::Timeout:
    case RedisErrorKind::Protocol:
    case RedisErrorKind::NoAuth:   // the password may have been corrected
    case RedisErrorKind::ReadOnly: // after a failover the name may lead to the new primary
        return true;
    default:
        return false;
    }
}

bool isRefusal(RedisErrorKind kind)
{
    switch (kind) {
    case RedisErrorKind::ReadOnly:
    case RedisErrorKind::OutOfMemory:
    case RedisErrorKind::NoPermission:
    case RedisErrorKind::WrongType:
    case RedisErrorKind::DiskFailure:
        return true;
    default:
        return false;
    }
}

} // namespace obm

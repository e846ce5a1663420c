#include "monitor/happening.h"
#include "monitor/words.h"

#include <fmt/format.h>

namespace obm {

namespace {

constexpr const char* part = "redis";

std::string errorText(const RedisError& error)
{
    return fmt::format("{}: {}", redisErrorName(error.kind), error.text);
}

// Faults that came and went between two looks are told by their counters.
void addErrors(const RedisStatus& before, const RedisStatus& now, Happenings& out)
{
    for (std::size_t i = 0; i < redisErrorKindCount; ++i) {
        const auto kind = static_cast<RedisErrorKind>(i);
        const std::uint64_t times = riseOf(before.errors[i], now.errors[i]);
        const bool isStanding = now.error && now.error->kind == kind;
        const bool isTold = before.error && before.error->kind == kind;
        if (isStanding && !isTold)
            out.push_back(
                {part, obm::words("fault: {}", redisErrorName(kind)), Severity::Error, "", errorText(*now.error)});
        else if (times > 0 && !isStanding && !isTold)
            out.push_back({part, obm::words("fault: {}", redisErrorName(kind)), Severity::Warning, "",
                           obm::words("{}, over already", redisErrorName(kind))});
    }
    if (before.error && !now.error)
        out.push_back(
            {part, obm::words("fault is over"), Severity::Note, "", obm::words("over: {}", errorText(*before.error))});
}

void addWrites(const RedisStatus& before, const RedisStatus& now, Happenings& out)
{
    BookKeyCounters rise;
    for (std::size_t key = 0; key < bookKeyCount; ++key) {
        rise.notOwner += riseOf(before.writes[key].notOwner, now.writes[key].notOwner);
        rise.olderUpdate += riseOf(before.writes[key].olderUpdate, now.writes[key].olderUpdate);
    }
    if (rise.notOwner > 0)
        out.push_back({part, obm::words("write refused: a newer owner"), Severity::Warning, "",
                       rise.notOwner == 1
                           ? obm::words("1 write refused: another process owns these books")
                           : obm::words("{} writes refused: another process owns these books", rise.notOwner)});
    if (rise.olderUpdate > 0)
        out.push_back({part, obm::words("write refused: older"), Severity::Note, "",
                       rise.olderUpdate == 1
                           ? obm::words("1 write refused: Redis holds a newer book")
                           : obm::words("{} writes refused: Redis holds a newer book", rise.olderUpdate)});
}

} // namespace

void addRedisHappenings(const RedisStatus& before, const RedisStatus& now, Happenings& out)
{
    addErrors(before, now, out);
    if (const std::uint64_t connects = riseOf(before.connects, now.connects); connects > 0)
        out.push_back({part, obm::words("connected"), Severity::Note, "",
                       before.connects == 0 ? obm::words("connected") : obm::words("connected again")});
    addWrites(before, now, out);
}

} // namespace obm

#include "monitor/stage_verdict.h"
#include "monitor/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace obm {

namespace {

constexpr std::size_t namedMax = 3; // symbols; the others are counted

std::string namesOf(const std::vector<std::string>& symbols)
{
    const std::size_t named = std::min(namedMax, symbols.size());
    std::string names = fmt::format("{}", fmt::join(symbols.begin(), symbols.begin() + named, ", "));
    return symbols.size() == named ? names : obm::words("{} and {} more", names, symbols.size() - named);
}

} // namespace

StageVerdict outsideBooksVerdict(const OutsideView& outside, StageVerdict kept)
{
    if (!outside.noBooks.empty())
        return {Condition::Bad, outside.noBooks};
    if (outside.owners.empty() && outside.withoutBook.empty())
        return {Condition::Starting, obm::words("Redis holds no book")};
    if (outside.owners.empty())
        return {Condition::Bad, obm::words("nobody keeps {}", namesOf(outside.withoutBook))};
    if (outside.withoutBook.empty())
        return kept;
    return {kept.condition == Condition::Bad ? Condition::Bad : Condition::Degraded,
            kept.words + "; " + obm::words("nobody keeps {}", namesOf(outside.withoutBook))};
}

StageVerdict outsideRedisVerdict(const OutsideView& outside, const RedisStatus& redis, StageVerdict told)
{
    if (redis.error || !redis.connected)
        return told;
    if (outside.owners.empty())
        return {Condition::Degraded, obm::words("answers, but nobody writes")};
    return outside.noCounters.empty() ? std::move(told) : StageVerdict{Condition::Good, obm::words("answers")};
}

} // namespace obm

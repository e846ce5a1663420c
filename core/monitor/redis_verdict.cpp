#include "monitor/duration_text.h"
#include "monitor/stage_verdict.h"
#include "monitor/words.h"
#include "pipeline/status_sums.h"

namespace obm {

StageVerdict redisVerdict(const StoreStatus& store, const std::optional<LatencyPair>& latency, double refusedPerSecond,
                          std::int64_t steadyMs)
{
    const RedisStatus& redis = store.redis;
    if (redis.error)
        return {Condition::Bad, obm::words("{} for {}: {}", redisErrorName(redis.error->kind),
                                           durationText(steadyMs - redis.errorSinceMs), redis.error->text)};
    if (!redis.connected)
        return {Condition::Starting, obm::words("connecting")};
    if (refusedPerSecond > 0)
        return {Condition::Degraded,
                obm::words("{:.1f} writes/s refused: another process owns these books", refusedPerSecond)};
    if (latency && latency->p99Ms > redisSlowMs)
        return {Condition::Degraded,
                obm::words("slow: p99 {:.1f} s, {} books wait", latency->p99Ms / 1000, store.waiting)};
    if (writtenOf(redis) == 0)
        return {Condition::Starting, obm::words("connected, nothing written yet")};
    return {Condition::Good, obm::words("writes")};
}

} // namespace obm

// How one stage is, in one word and in a sentence, by what it has published: a file for each part of the way.
// Units: epoch ms and ms of a steady clock, as named. Thread: any; pure functions.
#pragma once

#include "monitor/book_tally.h"
#include "monitor/condition.h"
#include "monitor/stage_row.h"
#include "pipeline/status.h"

#include <cstdint>
#include <optional>
#include <string>

namespace obm {

struct StageVerdict
{
    Condition condition = Condition::Starting;
    std::string words; // what is wrong now and for how long; where nothing is, what works
};

inline constexpr std::int64_t lagDegradedMs = 5'000;
inline constexpr double redisSlowMs = 1'000; // p99 from applied to acknowledged

// exchangeInfo: null where another thread asks for it.
[[nodiscard]] StageVerdict exchangeVerdict(const ExchangeStreamStatus& stream,
                                           const ExchangeInfoClientStatus* exchangeInfo, std::int64_t epochMs);
// lostPerSecond: messages that Kafka did not get, of late.
[[nodiscard]] StageVerdict kafkaInVerdict(const ProducerStatus& producer, double lostPerSecond, std::int64_t epochMs);
[[nodiscard]] StageVerdict kafkaOutVerdict(const ConsumerStatus& consumer, std::int64_t epochMs);
// Of a group that is asked from outside: by what it has committed.
[[nodiscard]] StageVerdict groupVerdict(const ConsumerStatus& group, std::int64_t epochMs);
[[nodiscard]] StageVerdict booksVerdict(const BookStatus& book, const BookTally& tally, std::int64_t epochMs);
// refusedPerSecond: writes that a newer owner's epoch refused, of late.
[[nodiscard]] StageVerdict redisVerdict(const StoreStatus& store, const std::optional<LatencyPair>& latency,
                                        double refusedPerSecond, std::int64_t steadyMs);

// What is seen from outside comes before what the pipeline would say of itself.
[[nodiscard]] StageVerdict outsideBooksVerdict(const OutsideView& outside, StageVerdict kept);
[[nodiscard]] StageVerdict outsideRedisVerdict(const OutsideView& outside, const RedisStatus& redis, StageVerdict told);

} // namespace obm

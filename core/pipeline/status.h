// What each stage looks like now: immutable values that a stage publishes a few times a second and any head pulls.
// Units: epoch times in ms since 1970; `takenMs` on the steady clock, so that a reader can tell a stuck stage.
#pragma once

#include "book/book_set_status.h"
#include "exchange/exchange_info_client.h"
#include "exchange/snapshot_schedule.h"
#include "exchange/stream_status.h"
#include "kafka/consumer.h"
#include "kafka/producer.h"
#include "metrics/latency_histogram.h"
#include "redis/redis_status.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace obm {

inline constexpr int statusIntervalMs = 250;        // how often a stage publishes
inline constexpr std::int64_t stuckAfterMs = 5'000; // a stage that published nothing for so long is stuck

struct FeedStatus
{
    std::int64_t takenMs = 0;
    ExchangeStreamStatus stream;
    ProducerStatus producer;
};

struct BookStatus
{
    std::int64_t takenMs = 0;
    BookSetStatus set;
    ConsumerStatus consumer;
    SnapshotClientStatus snapshots;
    ExchangeInfoClientStatus exchangeInfo;
    std::map<std::string, QueuePlace> snapshotPlaces; // of the symbols that wait for one
};

// What Redis acknowledged of the live field of one symbol.
struct StoreRow
{
    std::string symbol;
    std::uint64_t writes = 0;
    std::int64_t lastId = 0;
    std::int64_t lastWriteEpochMs = 0;
};

struct StoreStatus
{
    std::int64_t takenMs = 0;
    RedisStatus redis;
    std::vector<StoreRow> rows;
    std::size_t waiting = 0;   // books that are due and not written yet
    LatencyHistogram redisHop; // applied to acknowledged
    LatencyHistogram roundTrip;
};

// Of a pipeline that is looked at from outside (role viewer): what is not known of it, and why.
struct OutsideView
{
    std::string noBooks = {};                  // why the books are not known now; empty: they are
    std::string noCounters = {};               // why rates, latencies and weight are not; empty: its metrics tell them
    std::vector<std::string> withoutBook = {}; // symbols that are in no row: nobody keeps them, unless noBooks says why
    std::vector<std::string> owners = {};      // host:pid:epoch of those who keep the others, sorted
};

// Null where the role has no such stage, or it has not begun.
struct PipelineStatus
{
    std::shared_ptr<const FeedStatus> feed;
    std::shared_ptr<const BookStatus> book;
    std::shared_ptr<const StoreStatus> store;
    std::shared_ptr<const OutsideView> outside = nullptr; // null: of this process

    [[nodiscard]] bool hasCounters() const { return !outside || outside->noCounters.empty(); }
};

} // namespace obm

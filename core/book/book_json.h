// The JSON texts that obmonitor writes to Redis, byte for byte as readers expect them: no spaces, numbers as numbers,
// prices and quantities as the strings in which they came. Each call appends to `out`, whose memory is reused.
// Units: ms since the epoch. Thread: any; pure functions.
#pragma once

#include "book/order_book.h"
#include "book/sync_state.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace obm {

// Field of the live hash: {"s":"BTCUSDT","b":[["63947.30","0.113"],...],"a":[...],"u":4984028370730}
void appendLiveJson(std::string& out, std::string_view symbol, const OrderBook& book, std::size_t levelsMax,
                    std::int64_t lastId);

struct FullBookStamp
{
    std::int64_t lastUpdateId = 0; // u of the last event applied
    std::int64_t eventTimeMs = 0;  // its E
    std::int64_t updatedAtMs = 0;
    int partition = 0; // where that event lay in Kafka
    std::int64_t offset = 0;
};

// {"symbol":..,"lastUpdateId":..,"bids":[..],"asks":[..],"timestamp":..,"updatedAt":"..","partition":..,"offset":..}
void appendFullJson(std::string& out, std::string_view symbol, const OrderBook& book, const FullBookStamp& stamp);

struct StatusStamp
{
    SyncState state = SyncState::Waiting;
    std::int64_t lastId = 0; // 0: nothing applied yet
    std::int64_t ageMs = 0;  // since the last event was received
    std::uint64_t gaps = 0;
    std::uint64_t resyncs = 0;
    std::string_view owner; // host:pid:epoch
    std::int64_t updatedAtMs = 0;
};

// {"state":"live","u":..,"ageMs":..,"gaps":..,"resyncs":..,"owner":"..","updatedAt":".."}
void appendStatusJson(std::string& out, const StatusStamp& stamp);

// 2026-11-22T13:15:02.123Z
void appendIsoTime(std::string& out, std::int64_t epochMs);

} // namespace obm

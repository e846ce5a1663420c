// Books for tests of the store: what is written, and one write at a time.
#pragma once

#include "redis/book_store.h"

#include <fmt/format.h>

#include <array>
#include <string>

namespace obm::test {

inline const std::string btc = "BTCUSDT";
inline const std::string eth = "ETHUSDT";
inline const std::string source = "https://fapi.binance.com";
inline constexpr std::int64_t nowMs = 1'000'000;
inline constexpr std::string_view liveKey = "LIVE_ORDERBOOK";

inline std::string liveJson(const std::string& symbol, std::int64_t u)
{
    return fmt::format(R"({{"s":"{}","b":[["63947.30","0.113"]],"a":[["63947.40","2.5"]],"u":{}}})", symbol, u);
}

inline std::string fullJson(const std::string& symbol, std::int64_t u, std::int64_t eventMs = 1)
{
    return fmt::format(R"({{"symbol":"{}","lastUpdateId":{},"bids":[["63947.30","0.113"]],"asks":[],)"
                       R"("timestamp":{},"updatedAt":"2026-11-22T13:15:02.123Z","partition":0,"offset":7}})",
                       symbol, u, eventMs);
}

inline LiveWrite live(std::int64_t u, const std::string& symbol = btc)
{
    return {symbol, u, liveJson(symbol, u)};
}

inline FullWrite full(std::int64_t u, const std::string& symbol = btc)
{
    return {symbol, u, fullJson(symbol, u), 1};
}

inline WriteOutcome write(BookStore& store, const LiveWrite& item)
{
    return store.write(std::array{item}, {}, {}, nowMs).live.front();
}

inline WriteOutcome write(BookStore& store, const FullWrite& item)
{
    return store.write({}, std::array{item}, {}, nowMs).full.front();
}

inline WriteOutcome writeStatus(BookStore& store, const std::string& json, std::int64_t u = 0)
{
    return store.write({}, {}, std::array{StatusWrite{btc, json, u}}, nowMs).status.front();
}

} // namespace obm::test

// The whole book read back from Redis, where anybody may have written it.
#include "market/full_book.h"
#include "book/book_json.h"
#include "book/order_book.h"
#include "fuzz/depth_text.h"
#include "fuzz/fuzz.h"
#include "market/depth_parser.h"

namespace obm::fuzz {

namespace {

constexpr std::size_t snapshotLimit = 1'000;

// What was written is what is read.
void checkComesBack(const FullBook& read, const OrderBook& book)
{
    const std::string symbol = "BTCUSDT";
    std::string json;
    appendFullJson(json, symbol, book,
                   {.lastUpdateId = read.levels.lastUpdateId,
                    .eventTimeMs = read.levels.eventTimeMs,
                    .partition = std::max(0, read.partition),
                    .offset = std::max<std::int64_t>(0, read.offset)});
    const auto again = parseFullBook(json);
    require(again.has_value(), "a written book can be read");
    require(again->symbol == symbol && again->levels.lastUpdateId == read.levels.lastUpdateId &&
                again->levels.eventTimeMs == read.levels.eventTimeMs,
            "the same stamp again");
    require(again->levels.bids.size() == book.bids().size() && again->levels.asks.size() == book.asks().size(),
            "every level again");
    OrderBook other;
    require(other.load(again->levels, snapshotLimit).has_value(), "a book again");
}

} // namespace

void tryInput(std::string_view input)
{
    const auto full = parseFullBook(input);
    if (!full)
        return checkError(full.error());
    require(!full->symbol.empty() && full->levels.lastUpdateId >= 0 && full->levels.eventTimeMs >= 0,
            "a symbol, and no negative numbers");
    require(full->partition >= -1 && full->offset >= -1, "a place in Kafka, or none");
    require(std::max(full->levels.bids.size(), full->levels.asks.size()) <= maxLevelsPerSide,
            "levels within their limit");
    if (OrderBook book; book.load(full->levels, snapshotLimit))
        checkComesBack(*full, book);
}

} // namespace obm::fuzz

// What books take of the heap, beside what their levels take at the least: price and quantity of 8 bytes each.
// Prints rows: report.h.
#include "bench/heap_count.h"
#include "bench/recorded_traffic.h"
#include "bench/report.h"
#include "market/depth_parser.h"
#include "market/invariant.h"

#include <fmt/format.h>

#include <memory>
#include <string_view>
#include <vector>

namespace {

using namespace obm;
using bench::FollowedBooks;
using bench::heapBytes;
using bench::Traffic;

constexpr std::size_t leastLevelBytes = 16;
constexpr std::size_t syntheticBooks = 600;
constexpr std::size_t syntheticLevels = 1000;

std::size_t levelsOf(const OrderBook& book)
{
    return book.bids().size() + book.asks().size();
}

std::string kilobytes(double bytes)
{
    return fmt::format("{:.1f} kB", bytes / 1e3);
}

void row(const std::string& what, std::size_t bytes, std::size_t levels, std::size_t things = 1)
{
    const double least = static_cast<double>(leastLevelBytes * levels) / static_cast<double>(things);
    const double each = static_cast<double>(bytes) / static_cast<double>(things);
    bench::report({fmt::format("{}, {} levels", what, levels / things), kilobytes(each),
                   fmt::format("{}, {} bytes a level", kilobytes(least), leastLevelBytes), ""});
}

// What comes next allocates for the books alone: parser and update have been as large as they will be.
struct WarmParser
{
    explicit WarmParser(const Traffic& traffic)
    {
        for (const std::string& data : traffic.updates)
            parser.parseUpdate(data, update).value();
    }

    DepthParser parser;
    DepthUpdate update;
};

void measureRecorded(const Traffic& traffic, WarmParser& warm, const std::string& symbol)
{
    const std::size_t before = heapBytes();
    FollowedBooks books(traffic);
    for (const std::string& data : traffic.updates) {
        warm.parser.parseUpdate(data, warm.update).value();
        if (warm.update.symbol == symbol)
            books.apply(warm.update);
    }
    const std::size_t bytes = heapBytes() - before;
    books.requireLive();
    row("book of " + symbol + " after the recording", bytes, levelsOf(books.books().at(symbol).book()));
}

// While its snapshot is queued a symbol keeps the newest events, up to SyncLimits::queued: here when they took most.
void measureWaiting(const Traffic& traffic, WarmParser& warm)
{
    const std::size_t before = heapBytes();
    const auto sync = std::make_unique<BookSync>(0);
    std::size_t bytes = 0;
    std::size_t levels = 0;
    for (const std::string& data : traffic.updates) {
        warm.parser.parseUpdate(data, warm.update).value();
        if (warm.update.symbol == "BTCUSDT")
            sync->onUpdate(warm.update, 0);
        if (heapBytes() - before <= bytes)
            continue;
        bytes = heapBytes() - before;
        levels = (sync->buffer().bytes() - sync->buffer().size() * sizeof(DepthUpdate)) / sizeof(Level);
    }
    require(sync->counters().bufferTrimmed > 0, "the buffer of a waiting symbol is full");
    row("BTCUSDT waiting for its snapshot, at most", bytes, levels);
}

Level levelAt(std::int64_t tick)
{
    constexpr std::int64_t unitsPerTick = Decimal::unitsPerOne / 100;
    return {Decimal::fromUnits(tick * unitsPerTick, 2), Decimal::fromUnits(Decimal::unitsPerOne, 3)};
}

// A thousand levels a side, and an event that changes one of each.
void sync(BookSync& book)
{
    constexpr std::int64_t middle = 1'000'000;
    DepthSnapshot snapshot{.lastUpdateId = 1, .bids = {}, .asks = {}};
    for (std::size_t i = 1; i <= syntheticLevels; ++i) {
        snapshot.bids.push_back(levelAt(middle - static_cast<std::int64_t>(i)));
        snapshot.asks.push_back(levelAt(middle + static_cast<std::int64_t>(i)));
    }
    book.onUpdate({.symbol = "",
                   .firstId = 1,
                   .lastId = 2,
                   .previousLastId = 0,
                   .bids = {snapshot.bids.front()},
                   .asks = {snapshot.asks.front()}},
                  0);
    book.onSnapshot(snapshot, 0);
    require(book.state() == SyncState::Live, "a synthetic book is live");
}

void measureMarket()
{
    const std::size_t before = heapBytes();
    std::vector<std::unique_ptr<BookSync>> books;
    std::size_t levels = 0;
    for (std::size_t i = 0; i < syntheticBooks; ++i) {
        sync(*books.emplace_back(std::make_unique<BookSync>(0)));
        levels += levelsOf(books.back()->book());
    }
    row(fmt::format("one of {} live books", syntheticBooks), heapBytes() - before, levels, syntheticBooks);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc > 2 || (argc == 2 && argv[1] != std::string_view("--quick"))) { // quick it is anyway
        fmt::print(stderr, "usage: bench_memory [--quick]\n");
        return 2;
    }
    const auto traffic = bench::loadTraffic();
    if (!traffic)
        return 0;
    WarmParser warm(*traffic);
    measureRecorded(*traffic, warm, "BTCUSDT");
    measureRecorded(*traffic, warm, "ETHUSDT");
    measureWaiting(*traffic, warm);
    measureMarket();
}

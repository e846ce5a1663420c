// What a depth update costs, on recorded traffic (OBM_RECORDINGS): parse alone, parse and apply, and the top 10 as
// JSON. Counter per_level: time by levels in the messages. Figures: RESULTS.md.
#include "book/book_json.h"
#include "book/book_sync.h"
#include "market/depth_parser.h"
#include "support/recording.h"

#include <benchmark/benchmark.h>

#include <cstring>
#include <map>

namespace {

using namespace obm;

struct Traffic
{
    std::vector<std::string> updates; // `data` of each frame
    std::map<std::string, DepthSnapshot> snapshots;
    std::size_t levels = 0;
};

const Traffic* traffic()
{
    static const std::optional<Traffic> loaded = []() -> std::optional<Traffic> {
        const auto recording = test::loadRecording("usdm-20240718");
        if (!recording)
            return std::nullopt;
        Traffic all;
        DepthParser parser;
        DepthUpdate update;
        for (const std::string& line : recording->lines) {
            all.updates.emplace_back(parser.parseFrame(line).value().data);
            parser.parseUpdate(all.updates.back(), update).value();
            all.levels += update.bids.size() + update.asks.size();
        }
        for (const test::RecordedSnapshot& snapshot : recording->snapshots)
            all.snapshots[snapshot.symbol] = parser.parseSnapshot(snapshot.body).value();
        return all;
    }();
    return loaded ? &*loaded : nullptr;
}

void reportPerLevel(benchmark::State& state, const Traffic& all)
{
    state.counters["per_level"] = benchmark::Counter(
        static_cast<double>(all.levels), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    state.counters["levels"] = static_cast<double>(all.levels);
}

void parseFrames(benchmark::State& state)
{
    const auto recording = test::loadRecording("usdm-20240718");
    if (!recording)
        return state.SkipWithError("no recordings");
    DepthParser parser;
    for (auto _ : state) {
        for (const std::string& line : recording->lines)
            benchmark::DoNotOptimize(parser.parseFrame(line)->data.size());
    }
    state.counters["per_frame"] =
        benchmark::Counter(static_cast<double>(recording->lines.size()),
                           benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(parseFrames)->Unit(benchmark::kMillisecond);

// The floor: each byte of the messages looked at once.
void scanMemory(benchmark::State& state)
{
    const Traffic* const all = traffic();
    if (!all)
        return state.SkipWithError("no recordings");
    for (auto _ : state) {
        std::uint64_t sum = 0;
        for (const std::string& data : all->updates) {
            std::uint64_t word = 0;
            for (std::size_t at = 0; at + sizeof word <= data.size(); at += sizeof word) {
                std::memcpy(&word, data.data() + at, sizeof word);
                sum += word;
            }
        }
        benchmark::DoNotOptimize(sum);
    }
    reportPerLevel(state, *all);
}
BENCHMARK(scanMemory)->Unit(benchmark::kMillisecond);

void parseAlone(benchmark::State& state)
{
    const Traffic* const all = traffic();
    if (!all)
        return state.SkipWithError("no recordings");
    DepthParser parser;
    DepthUpdate update;
    for (auto _ : state) {
        for (const std::string& data : all->updates)
            benchmark::DoNotOptimize(parser.parseUpdate(data, update).has_value());
    }
    reportPerLevel(state, *all);
}
BENCHMARK(parseAlone)->Unit(benchmark::kMillisecond);

// A book that follows its symbol from the snapshot on, as the product does.
BookSync syncedBook(const DepthSnapshot& snapshot, const DepthUpdate& firstUpdate)
{
    BookSync sync(0);
    sync.onUpdate(firstUpdate, 0);
    sync.onSnapshot(snapshot, 0);
    return sync;
}

void parseAndApply(benchmark::State& state)
{
    const Traffic* const all = traffic();
    if (!all)
        return state.SkipWithError("no recordings");
    DepthParser parser;
    DepthUpdate update;
    for (auto _ : state) {
        std::map<std::string, BookSync, std::less<>> books;
        for (const std::string& data : all->updates) {
            benchmark::DoNotOptimize(parser.parseUpdate(data, update).has_value());
            const auto book = books.find(update.symbol);
            if (book == books.end())
                books.emplace(update.symbol, syncedBook(all->snapshots.at(update.symbol), update));
            else
                book->second.onUpdate(update, 0);
        }
        for (const auto& [symbol, book] : books) {
            if (book.state() != SyncState::Live || book.counters().gaps != 0)
                return state.SkipWithError("a book is not live");
        }
    }
    reportPerLevel(state, *all);
}
BENCHMARK(parseAndApply)->Unit(benchmark::kMillisecond);

void encodeTop10(benchmark::State& state)
{
    const Traffic* const all = traffic();
    if (!all)
        return state.SkipWithError("no recordings");
    OrderBook book;
    if (!book.load(all->snapshots.at("BTCUSDT"), 1000))
        return state.SkipWithError("no book");
    std::string json;
    for (auto _ : state) {
        json.clear();
        appendLiveJson(json, "BTCUSDT", book, 10, 4984028370730);
        benchmark::DoNotOptimize(json.data());
    }
}
BENCHMARK(encodeTop10);

void encodeFullBook(benchmark::State& state)
{
    const Traffic* const all = traffic();
    if (!all)
        return state.SkipWithError("no recordings");
    OrderBook book;
    if (!book.load(all->snapshots.at("BTCUSDT"), 1000))
        return state.SkipWithError("no book");
    std::string json;
    for (auto _ : state) {
        json.clear();
        appendFullJson(json, "BTCUSDT", book, {.lastUpdateId = 4984028370730});
        benchmark::DoNotOptimize(json.data());
    }
}
BENCHMARK(encodeFullBook)->Unit(benchmark::kMicrosecond);

} // namespace

// What a depth update costs on recorded traffic (OBM_RECORDINGS): finding it in a frame, parsing it, applying it, and
// writing the book as JSON; and what 800 symbols that wait for a snapshot cost. Prints rows: report.h.
//   bench_book [--quick] [options of Google Benchmark]
//   bench_book --once      does each of the first works once and says how much that was: for tests/bench/instructions
#include "bench/median_reporter.h"
#include "bench/recorded_traffic.h"
#include "bench/report.h"
#include "book/book_json.h"
#include "exchange/snapshot_client.h"
#include "market/depth_parser.h"
#include "market/invariant.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <iostream>
#include <ranges>
#include <span>
#include <string_view>

namespace {

using namespace obm;
using bench::each;
using bench::FollowedBooks;
using bench::Traffic;
using benchmark::DoNotOptimize;

constexpr std::size_t topLevels = 10;
constexpr std::size_t topsWanted = 512;   // so many that no branch predictor learns their digits by heart
constexpr std::size_t levelBytesMax = 64; // of JSON
constexpr int waitingSymbols = 800;
constexpr std::int64_t someId = 4984028370730;

// The best levels of a book at some moment, their text, and the numbers in it.
struct Top
{
    std::string symbol;
    OrderBook book;
    std::string json;
    std::vector<std::int64_t> numbers;
};

struct Work
{
    explicit Work(const Traffic& recorded)
        : traffic(recorded)
        , books(recorded)
    {}

    const Traffic& traffic;
    FollowedBooks books; // as the recording leaves them
    std::size_t levels = 0;
    std::vector<Top> tops;
};

std::vector<Level> bestOf(const PriceLadder& ladder)
{
    std::vector<Level> levels;
    for (const Level& level : ladder.bestFirst() | std::views::take(topLevels))
        levels.push_back(level);
    return levels;
}

std::int64_t writtenNumber(Decimal value)
{
    const auto unused = static_cast<std::size_t>(Decimal::maxFractionDigits - value.fractionDigits());
    return value.units() / static_cast<std::int64_t>(powersOfTen[unused]);
}

Top topOf(const std::string& symbol, const OrderBook& book)
{
    const DepthSnapshot best{.lastUpdateId = 0, .bids = bestOf(book.bids()), .asks = bestOf(book.asks())};
    Top top{.symbol = symbol, .book = {}, .json = {}, .numbers = {}};
    require(top.book.load(best, topLevels).has_value(), "the best levels of a book are one");
    top.json.reserve(levelBytesMax * 2 * topLevels);
    appendLiveJson(top.json, symbol, top.book, topLevels, someId);
    for (const auto& side : {best.bids, best.asks})
        for (const Level& level : side)
            top.numbers.insert(top.numbers.end(), {writtenNumber(level.price), writtenNumber(level.quantity)});
    return top;
}

// One pass: it counts the levels, leaves the books, and takes their best levels now and then.
void prepare(Work& work)
{
    DepthParser parser;
    DepthUpdate update;
    const std::size_t step = std::max<std::size_t>(1, work.traffic.updates.size() / topsWanted);
    for (std::size_t i = 0; i < work.traffic.updates.size(); ++i) {
        parser.parseUpdate(work.traffic.updates[i], update).value();
        work.levels += update.bids.size() + update.asks.size();
        const BookSync& sync = work.books.apply(update);
        if (i % step == 0 && sync.state() == SyncState::Live)
            work.tops.push_back(topOf(update.symbol, sync.book()));
    }
    work.books.requireLive();
}

std::uint64_t sumOf(const std::vector<std::string>& texts)
{
    std::uint64_t sum = 0;
    for (const std::string& text : texts) {
        std::uint64_t word = 0;
        for (std::size_t at = 0; at + sizeof word <= text.size(); at += sizeof word) {
            std::memcpy(&word, text.data() + at, sizeof word);
            sum += word;
        }
    }
    return sum;
}

void scanFrames(benchmark::State& state, const Work& work)
{
    for (auto _ : state)
        DoNotOptimize(sumOf(work.traffic.frames));
    each(state, work.traffic.frames.size());
}

void parseFrames(benchmark::State& state, const Work& work)
{
    DepthParser parser;
    for (auto _ : state)
        for (const std::string& frame : work.traffic.frames)
            DoNotOptimize(parser.parseFrame(frame)->data.size());
    each(state, work.traffic.frames.size());
}

void scanUpdates(benchmark::State& state, const Work& work)
{
    for (auto _ : state)
        DoNotOptimize(sumOf(work.traffic.updates));
    each(state, work.levels);
}

void parseAlone(benchmark::State& state, const Work& work)
{
    DepthParser parser;
    DepthUpdate update;
    for (auto _ : state)
        for (const std::string& data : work.traffic.updates)
            DoNotOptimize(parser.parseUpdate(data, update).has_value());
    each(state, work.levels);
}

void parseAndApply(benchmark::State& state, const Work& work)
{
    DepthParser parser;
    DepthUpdate update;
    for (auto _ : state) {
        FollowedBooks books(work.traffic);
        for (const std::string& data : work.traffic.updates) {
            DoNotOptimize(parser.parseUpdate(data, update).has_value());
            books.apply(update);
        }
        books.requireLive();
    }
    each(state, work.levels);
}

void encodeTops(benchmark::State& state, const Work& work)
{
    std::string json;
    for (auto _ : state)
        for (const Top& top : work.tops) {
            json.clear();
            appendLiveJson(json, top.symbol, top.book, topLevels, someId);
            DoNotOptimize(json.data());
        }
    each(state, work.tops.size());
}

void copyTops(benchmark::State& state, const Work& work)
{
    std::string json;
    for (auto _ : state)
        for (const Top& top : work.tops) {
            json.assign(top.json);
            DoNotOptimize(json.data());
        }
    each(state, work.tops.size());
}

void numbersOfTops(benchmark::State& state, const Work& work)
{
    std::array<char, 2 * 2 * topLevels * maxUint64Digits> text;
    for (auto _ : state)
        for (const Top& top : work.tops) {
            char* at = text.data();
            for (const std::int64_t number : top.numbers)
                at = std::to_chars(at, text.data() + text.size(), number).ptr;
            DoNotOptimize(at);
        }
    each(state, work.tops.size());
}

const BookSync& wholeBook(const Work& work)
{
    return work.books.books().at("BTCUSDT");
}

std::string fullJson(const Work& work)
{
    std::string json;
    appendFullJson(json, "BTCUSDT", wholeBook(work).book(), {.lastUpdateId = someId});
    return json;
}

void encodeFull(benchmark::State& state, const Work& work)
{
    std::string json;
    for (auto _ : state) {
        json.clear();
        appendFullJson(json, "BTCUSDT", wholeBook(work).book(), {.lastUpdateId = someId});
        DoNotOptimize(json.data());
    }
    each(state, 1);
}

void copyFull(benchmark::State& state, const Work& work)
{
    const std::string text = fullJson(work);
    std::string json;
    for (auto _ : state) {
        json.assign(text);
        DoNotOptimize(json.data());
    }
    each(state, 1);
}

// Nothing is sent: no event loop runs.
struct WaitingSymbols
{
    RestClient rest{ExchangeConfig{}};
    SnapshotClient client{rest, 1000, {}};

    WaitingSymbols()
    {
        constexpr int stride = 7919; // a prime: in the order of names nobody waits
        for (int i = 0; i < waitingSymbols; ++i)
            client.request(fmt::format("S{:03}USDT", i * stride % waitingSymbols), 0);
    }
};

void placesInQueue(benchmark::State& state)
{
    const WaitingSymbols waiting;
    for (auto _ : state)
        DoNotOptimize(waiting.client.places().size());
    each(state, 1);
}

void copyOfPlaces(benchmark::State& state)
{
    const WaitingSymbols waiting;
    const std::map<std::string, QueuePlace> places = waiting.client.places();
    for (auto _ : state) {
        const std::map<std::string, QueuePlace> copy = places;
        DoNotOptimize(copy.size());
    }
    each(state, 1);
}

void registerAll(const Work& work)
{
    using Measured = void (*)(benchmark::State&, const Work&);
    const auto add = [&work](const char* name, Measured measured) {
        benchmark::RegisterBenchmark(name, [measured, &work](benchmark::State& state) { measured(state, work); });
    };
    add("scanFrames", scanFrames);
    add("parseFrames", parseFrames);
    add("scanUpdates", scanUpdates);
    add("parseAlone", parseAlone);
    add("parseAndApply", parseAndApply);
    add("encodeTops", encodeTops);
    add("copyTops", copyTops);
    add("numbersOfTops", numbersOfTops);
    add("encodeFull", encodeFull);
    add("copyFull", copyFull);
    benchmark::RegisterBenchmark("placesInQueue", placesInQueue);
    benchmark::RegisterBenchmark("copyOfPlaces", copyOfPlaces);
}

std::string time(double ns)
{
    if (ns < 1'000)
        return fmt::format("{:.{}f} ns", ns, ns < 100 ? 1 : 0);
    return fmt::format("{:.{}f} us", ns / 1e3, ns < 10'000 ? 2 : 1);
}

using Floors = std::initializer_list<std::pair<const char*, const char*>>; // name, words

std::string floorText(const bench::MedianReporter& medians, Floors floors)
{
    std::string text;
    for (const auto& [name, words] : floors)
        if (const auto ns = medians.ns(name))
            text += fmt::format("{}{}, {}", text.empty() ? "" : "; ", time(*ns), words);
    return text;
}

// Nothing if the benchmark was filtered out.
void row(const bench::MedianReporter& medians, const std::string& what, const char* name, Floors floors,
         const char* target = "")
{
    if (const auto ns = medians.ns(name))
        bench::report({what, time(*ns), floorText(medians, floors), target});
}

void reportAll(const bench::MedianReporter& medians, const Work& work)
{
    row(medians, "find the update in a frame", "parseFrames", {{"scanFrames", "memory scan"}});
    row(medians, "parse, a level", "parseAlone", {{"scanUpdates", "memory scan"}});
    row(medians, "parse and apply, a level", "parseAndApply", {{"parseAlone", "parse alone"}}, "60 ns");
    const auto parse = medians.ns("parseAlone");
    const auto both = medians.ns("parseAndApply");
    if (parse && both)
        bench::report({"parse and apply : parse alone", fmt::format("{:.2f}", *both / *parse), "1", "2.5"});
    row(medians, "top 10 of both sides as JSON", "encodeTops",
        {{"copyTops", "copy of the text"}, {"numbersOfTops", "std::to_chars of its numbers"}}, "500 ns");
    const OrderBook& book = wholeBook(work).book();
    row(medians, fmt::format("whole book as JSON, {} levels", book.bids().size() + book.asks().size()), "encodeFull",
        {{"copyFull", "copy of the text"}});
    row(medians, fmt::format("places of {} symbols in the snapshot queue", waitingSymbols), "placesInQueue",
        {{"copyOfPlaces", "copy of the result"}});
}

// Own options are taken out, the rest goes to Google Benchmark.
std::vector<char*> benchmarkOptions(int argc, char** argv, bool isQuick)
{
    static std::vector<std::string> texts{argv[0], "--benchmark_enable_random_interleaving=true",
                                          isQuick ? "--benchmark_repetitions=3" : "--benchmark_repetitions=7",
                                          isQuick ? "--benchmark_min_time=0.02" : "--benchmark_min_time=0.15"};
    for (int i = 1; i < argc; ++i)
        if (std::string_view(argv[i]) != "--quick")
            texts.emplace_back(argv[i]);
    std::vector<char*> options;
    for (std::string& text : texts)
        options.push_back(text.data());
    return options;
}

} // namespace

int main(int argc, char** argv)
{
    const auto has = [arguments = std::span(argv, static_cast<std::size_t>(argc))](std::string_view option) {
        return std::ranges::find(arguments, option) != arguments.end();
    };
    const auto traffic = bench::loadTraffic();
    if (!traffic)
        return 0;
    Work work(*traffic);
    prepare(work);
    if (has("--once")) {
        std::printf("levels %zu texts %zu\n", work.levels, work.tops.size());
        return 0;
    }
    auto options = benchmarkOptions(argc, argv, has("--quick"));
    int count = static_cast<int>(options.size());
    benchmark::Initialize(&count, options.data());
    if (benchmark::ReportUnrecognizedArguments(count, options.data()))
        return 2;
    const QCoreApplication app(argc, argv);
    registerAll(work);
    bench::MedianReporter medians;
    medians.SetErrorStream(&std::cerr);
    benchmark::RunSpecifiedBenchmarks(&medians);
    reportAll(medians, work);
}

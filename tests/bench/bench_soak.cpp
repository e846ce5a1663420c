// What a handler takes of the heap for each symbol while the market drifts for days; played, not waited for.
// A day: from 1 h to 12 h the exchange's REST answers in each fourth hour only, so that books have to live off their
// events; then it answers, and one event in 20,000 is lost, one is garbled; from 13 h Redis is away for half an hour,
// at 18 h the partitions change hands for a minute. From 23 h on nothing goes wrong. Each symbol has an event a turn.
// Prints rows: report.h; the days go to stderr. Fails if at the end of a day a symbol takes more than the product's own
// limits allow (a book at its largest, and the events of one that waits for its snapshot), or than twice its levels.
#include "bench/heap_count.h"
#include "bench/report.h"
#include "bench/soaked_member.h"
#include "support/drifting_market.h"

#include <QLoggingCategory>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace obm;
using bench::heapBytes;
using bench::SoakedMember;
using bench::Uncounted;

constexpr std::size_t symbolCount = 4;
constexpr std::int64_t hourMs = 3'600'000;
constexpr std::int64_t dayMs = 24 * hourMs;

constexpr std::size_t leastLevelBytes = 16;
// Rank and cell of a ladder, 8 and 16 bytes, which grows by a quarter.
constexpr std::size_t levelBytesMax = 24 * 5 / 4;
constexpr std::size_t levelsMax = 2 * OrderBook::levelsPerLimitMax * SyncLimits().snapshotLimit;
constexpr std::size_t bytesMax = levelsMax * levelBytesMax + SyncLimits().queued.bytesMax;

// What was larger is given back in an hour without faults: texts and an audit on their way come on top of the levels.
double calmBytesMax(std::size_t levels)
{
    return 2.0 * static_cast<double>(levels * levelBytesMax);
}

std::string kilobytes(double bytes)
{
    return fmt::format("{:.1f} kB", bytes / 1e3);
}

struct Day
{
    double meanBytes = 0; // a symbol, over the minutes of the day; as all of these
    double mostBytes = 0;
    double endBytes = 0;
    std::size_t levels = 0;
    std::size_t mostLevels = 0;
    std::size_t levelsAtExchange = 0;
    bool isLive = false;
};

// As the exchange writes it.
void write(const DepthUpdate& update, std::string& text)
{
    const auto writeSide = [&text](const char* name, const std::vector<Level>& levels) {
        text += name;
        for (const Level& level : levels) {
            text += &level == levels.data() ? "[\"" : ",[\"";
            level.price.appendTo(text);
            text += "\",\"";
            level.quantity.appendTo(text);
            text += "\"]";
        }
    };
    text.clear();
    fmt::format_to(std::back_inserter(text),
                   R"({{"e":"depthUpdate","E":{0},"T":{0},"s":"{1}","U":{2},"u":{3},"pu":{4})", update.eventTimeMs,
                   update.symbol, update.firstId, update.lastId, update.previousLastId);
    writeSide(R"(,"b":[)", update.bids);
    writeSide(R"(],"a":[)", update.asks);
    text += "]}";
}

class Soak
{
public:
    Soak()
        : m_heapBefore(heapBytes())
        , m_member(symbols(), [this](std::size_t symbol) { return answer(symbol); })
    {
        const Uncounted theirs;
        for (const std::string& symbol : symbols())
            m_markets.emplace_back(m_markets.size() + 1, symbol);
        m_offsets.resize(symbolCount);
    }

    Day playDay()
    {
        Day day;
        std::size_t minutes = 0;
        for (m_timeMs = 0; m_timeMs < dayMs; m_timeMs += SoakedMember::turnMs) {
            playTurn();
            if (m_timeMs % minuteMs != 0)
                continue;
            day.mostBytes = std::max(day.mostBytes, bytes());
            day.meanBytes += bytes();
            day.mostLevels = std::max(day.mostLevels, levels());
            ++minutes;
        }
        day.meanBytes /= static_cast<double>(minutes);
        day.endBytes = bytes();
        day.levels = levels();
        for (const test::DriftingMarket& market : m_markets)
            day.levelsAtExchange += market.levels() / symbolCount;
        day.isLive = std::ranges::all_of(m_member.books().books,
                                         [](const BookRow& row) { return row.state == SyncState::Live; });
        return day;
    }

    [[nodiscard]] std::string story() const
    {
        const BookSetCounters counters = m_member.books().counters;
        return fmt::format(
            "{} events, {} snapshots, {} writes; resyncs: {} by a gap, {} by a garbled event, {} by a range used up",
            counters.messages, m_member.snapshots(), m_member.writes(), resyncs(SyncReason::Gap),
            resyncs(SyncReason::Malformed), resyncs(SyncReason::RangeExhausted));
    }

private:
    static std::vector<std::string> symbols()
    {
        std::vector<std::string> names;
        for (std::size_t i = 1; i <= symbolCount; ++i)
            names.push_back(fmt::format("S{}USDT", i));
        return names;
    }

    [[nodiscard]] double bytes() const { return static_cast<double>(heapBytes() - m_heapBefore) / symbolCount; }
    [[nodiscard]] std::size_t levels() const
    {
        std::size_t sum = 0;
        for (const BookRow& row : m_member.books().books)
            sum += row.bidCount + row.askCount;
        return sum / symbolCount;
    }
    [[nodiscard]] std::uint64_t resyncs(SyncReason reason) const
    {
        return m_member.books().counters.resyncsByReason[static_cast<std::size_t>(reason)];
    }

    [[nodiscard]] bool isBetween(std::int64_t from, std::int64_t to) const { return m_timeMs >= from && m_timeMs < to; }
    bool happens(int oneIn) { return isBetween(12 * hourMs, 23 * hourMs) && m_markets.front().below(oneIn) == 0; }

    SnapshotResult answer(std::size_t symbol) const
    {
        const bool isAway = isBetween(1 * hourMs, 12 * hourMs) && m_timeMs / hourMs % 4 != 0;
        if (isAway)
            return std::unexpected(SnapshotFailure{.fault = SnapshotFault::TimedOut, .detail = "no answer"});
        return m_markets[symbol].snapshot(SyncLimits().snapshotLimit, m_member.nowMs());
    }

    void playTurn()
    {
        m_member.setRedisAway(isBetween(13 * hourMs, 13 * hourMs + 30 * minuteMs));
        if (m_timeMs == 18 * hourMs)
            m_member.leaveGroup();
        if (m_timeMs == 18 * hourMs + minuteMs)
            m_member.joinGroup();
        for (std::size_t symbol = 0; symbol < symbolCount; ++symbol)
            playEvent(symbol);
        m_member.endTurn();
    }

    void playEvent(std::size_t symbol)
    {
        {
            const Uncounted theirs;
            write(m_markets[symbol].nextEvent(m_member.nowMs()), m_text);
        }
        const std::int64_t offset = m_offsets[symbol]++;
        const bool isPassedOver = isBetween(18 * hourMs, 18 * hourMs + minuteMs); // nobody reads it
        if (isPassedOver || happens(20'000))
            return;
        m_member.receive(symbol, happens(20'000) ? std::string_view("{") : m_text, offset);
    }

    std::size_t m_heapBefore;
    std::vector<test::DriftingMarket> m_markets;
    std::vector<std::int64_t> m_offsets;
    std::string m_text;
    std::int64_t m_timeMs = 0; // of the day
    SoakedMember m_member;
};

// By least squares over the second half of the days.
double growthADay(const std::vector<Day>& days)
{
    const std::size_t first = days.size() / 2;
    const double middle = static_cast<double>(first + days.size() - 1) / 2;
    double product = 0;
    double square = 0;
    for (std::size_t i = first; i < days.size(); ++i) {
        const double distance = static_cast<double>(i) - middle;
        product += distance * days[i].meanBytes;
        square += distance * distance;
    }
    return square > 0 ? product / square : 0;
}

std::optional<std::string> faultOf(const Day& day)
{
    if (!day.isLive)
        return "not every book is live";
    for (const double most : {static_cast<double>(bytesMax), calmBytesMax(day.levels)})
        if (day.endBytes > most)
            return fmt::format("{} a symbol are left, of {} that it may take", kilobytes(day.endBytes),
                               kilobytes(most));
    return std::nullopt;
}

void tell(const std::vector<Day>& days, const Soak& soak)
{
    const Day& day = days.back();
    fmt::print(
        stderr,
        "day {}: a symbol takes {} at its end, {} on average, {} at most; levels {} at its end, {} at most, {} at "
        "the exchange; so far {}\n",
        days.size(), kilobytes(day.endBytes), kilobytes(day.meanBytes), kilobytes(day.mostBytes), day.levels,
        day.mostLevels, day.levelsAtExchange, soak.story());
}

void report(const std::vector<Day>& days)
{
    double mostBytes = 0; // after the first day
    for (const Day& day : days | std::views::drop(1))
        mostBytes = std::max(mostBytes, day.mostBytes);
    const Day& last = days.back();
    bench::report({fmt::format("{} symbols at {} ms for {} simulated days: memory a symbol after day 1, at most after "
                               "that, at the end",
                               symbolCount, SoakedMember::turnMs, days.size()),
                   fmt::format("{}, {}, {}; {:+.2f} kB a day", kilobytes(days.front().endBytes), kilobytes(mostBytes),
                               kilobytes(last.endBytes), growthADay(days) / 1e3),
                   fmt::format("{} at the end, {} bytes a level",
                               kilobytes(static_cast<double>(leastLevelBytes * last.levels)), leastLevelBytes),
                   fmt::format("under {} at the end", kilobytes(bytesMax))});
}

std::optional<std::size_t> dayCountOf(int argc, char** argv)
{
    constexpr std::size_t usual = 7;
    if (argc == 1)
        return usual;
    const std::string_view argument = argv[1];
    if (argument == "--quick")
        return 2;
    std::size_t days = 0;
    const auto read = std::from_chars(argument.begin(), argument.end(), days);
    return argc == 2 && read.ec == std::errc() && read.ptr == argument.end() && days > 0 ? std::optional(days)
                                                                                         : std::nullopt;
}

} // namespace

int main(int argc, char** argv)
{
    const std::optional<std::size_t> dayCount = dayCountOf(argc, argv);
    if (!dayCount) {
        fmt::print(stderr, "usage: bench_soak [--quick | DAYS]\n");
        return 2;
    }
    QLoggingCategory::setFilterRules(QStringLiteral("obm.*=false"));
    std::vector<Day> days;
    days.reserve(*dayCount); // before the soak looks at the heap
    Soak soak;
    while (days.size() < *dayCount) {
        days.push_back(soak.playDay());
        tell(days, soak);
        if (const auto wrong = faultOf(days.back())) {
            fmt::print(stderr, "bench_soak: day {}: {}\n", days.size(), *wrong);
            return 1;
        }
    }
    report(days);
}

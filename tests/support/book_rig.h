// A BookSet on a clock of its own, with everything it asks for and hands on written down.
// BTCUSDT's key goes to partition 0, ETHUSDT's to 1, every other to 2; offsets count from 0 in each partition.
#pragma once

#include "book/book_set.h"
#include "support/make_sync.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace obm::test {

inline const std::string btc = "BTCUSDT";
inline const std::string eth = "ETHUSDT";
inline const std::string ada = "ADAUSDT";
using Names = std::vector<std::string>;
using Offsets = std::map<int, std::int64_t>;

inline int partitionOfName(std::string_view symbol)
{
    return symbol == btc ? 0 : symbol == eth ? 1 : 2;
}

inline std::string levelsJson(Texts levels)
{
    std::string text;
    for (const auto& [price, quantity] : levels)
        text += fmt::format(R"({}["{}","{}"])", text.empty() ? "" : ",", price, quantity);
    return '[' + text + ']';
}

inline std::string eventJson(std::string_view symbol, Ids ids, Texts bids, Texts asks, std::int64_t eventTimeMs)
{
    return fmt::format(R"({{"e":"depthUpdate","E":{0},"T":{0},"s":"{1}","U":{2},"u":{3},"pu":{4},"b":{5},"a":{6}}})",
                       eventTimeMs, symbol, ids.first, ids.last, ids.previous, levelsJson(bids), levelsJson(asks));
}

class BookRig
{
public:
    static constexpr std::int64_t epochAtStartMs = 1'800'000'000'000;

    explicit BookRig(BookSetLimits limits = {})
        : set(std::move(limits), {[this] { return nowMs * 1000; }, [this] { return epochAtStartMs + nowMs; }},
              {.requestSnapshot = [this](const std::string& symbol,
                                         int priority) { requested.emplace_back(symbol, priority); },
               .cancelSnapshot = [this](const std::string& symbol) { cancelled.push_back(symbol); },
               .kept = [this](const Names& symbols) { kept.insert(kept.end(), symbols.begin(), symbols.end()); },
               .live = [this](BookText text) { live.push_back(std::move(text)); },
               .full = [this](BookText text) { full.push_back(std::move(text)); },
               .hasRoomForFull = [this] { return hasRoom; }})
    {}

    Names select(const Names& symbols) { return set.setSymbols(symbols, &partitionOfName); }

    // As Kafka delivers it; the time the producer received it is now.
    void message(std::string_view key, std::string_view value, int partition)
    {
        set.onMessage({.key = key,
                       .value = value,
                       .partition = partition,
                       .offset = nextOffset[partition]++,
                       .receivedEpochMs = epochAtStartMs + nowMs,
                       .mark = std::exchange(nextMark, std::nullopt)});
    }
    void event(const std::string& symbol, Ids ids, Texts bids = {}, Texts asks = {})
    {
        eventAt(partitionOfName(symbol), symbol, ids, bids, asks);
    }
    void eventAt(int partition, const std::string& symbol, Ids ids, Texts bids = {}, Texts asks = {})
    {
        message(symbol, eventJson(symbol, ids, bids, asks, epochAtStartMs + nowMs - 5), partition);
    }

    void snapshot(const std::string& symbol, std::int64_t lastUpdateId)
    {
        set.onSnapshotRequested(symbol);
        set.onSnapshot(symbol, snapshotAt(lastUpdateId));
    }

    // Live at u = 100, and published.
    void goLive(const std::string& symbol)
    {
        event(symbol, {90, 91, 100});
        snapshot(symbol, 95);
        set.publish();
    }

    [[nodiscard]] const BookRow* row(const std::string& symbol)
    {
        status = set.status();
        const auto found = std::ranges::find(status.books, symbol, &BookRow::symbol);
        return found == status.books.end() ? nullptr : &*found;
    }
    // "live bridged", or "not kept".
    [[nodiscard]] std::string state(const std::string& symbol)
    {
        const BookRow* found = row(symbol);
        return found ? fmt::format("{} {}", toText(found->state), toText(found->reason)) : "not kept";
    }
    void forgetOutputs()
    {
        requested.clear();
        cancelled.clear();
        kept.clear();
        live.clear();
        full.clear();
    }

    std::int64_t nowMs = 1'000;
    std::map<int, std::int64_t> nextOffset;
    std::optional<GapOrigin> nextMark;                  // of the next message
    std::vector<std::pair<std::string, int>> requested; // symbol, priority
    Names cancelled;
    Names kept;
    std::vector<BookText> live;
    std::vector<BookText> full;
    bool hasRoom = true; // for whole books
    BookSetStatus status;
    BookSet set;
};

} // namespace obm::test

// The true exchange: markets that change a level an id, what they send, and their books as they were at every event.
// By other means than the product's: std::map, prices as ticks, texts by hand. All symbols share one count of ids and
// their prices lie far apart.
// Thread: one simulation each.
#pragma once

#include "simulation/timeline.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace obm::sim {

struct TrueLevel
{
    int ticks;
    int lots;
};

struct TrueBook
{
    std::int64_t id = 0; // of the last change in it
    std::int64_t atMs = 0;
    std::vector<TrueLevel> bids; // best first
    std::vector<TrueLevel> asks;
};

// [["100.1","0.005"],...]
[[nodiscard]] std::string levelsText(const std::vector<TrueLevel>& levels, std::size_t levelsMax);

struct SentEvent
{
    int symbol = 0;
    std::int64_t lastId = 0;
    std::string json;
};

class SimExchange
{
public:
    SimExchange(Timeline& timeline, Chance& chance, int symbols);

    [[nodiscard]] int symbolCount() const { return static_cast<int>(m_markets.size()); }
    [[nodiscard]] const std::string& name(int symbol) const { return market(symbol).name; }
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] int indexOf(const std::string& name) const;
    // Every event of it sets a level on both sides near the best prices: then no other symbol's snapshot can pass.
    [[nodiscard]] bool isTwoSided(int symbol) const { return market(symbol).isTwoSided; }

    void run(std::function<void(SentEvent)> onEvent); // markets move from now on
    void setTrending(bool isTrending) { m_isTrending = isTrending; }
    void calm() { m_isCalm = true; } // levels change, prices do not: no book can run out of its range
    void stop() { m_isStopped = true; }
    void countAnew(); // ids far below all before
    // Of an id: how often the exchange had begun anew before it.
    [[nodiscard]] std::int64_t count() const { return countOf(m_lastId); }
    [[nodiscard]] static std::int64_t countOf(std::int64_t id)
    {
        return (firstIdEver + countApart / 2 - id) / countApart;
    }

    [[nodiscard]] TrueBook now(int symbol) const;                             // also between two events
    [[nodiscard]] const TrueBook* at(int symbol, std::int64_t eventId) const; // null: no event had this u
    [[nodiscard]] const TrueBook& somePast(int symbol);
    [[nodiscard]] std::int64_t lastEventId(int symbol) const { return market(symbol).eventId; }
    // The newest event that is older than this.
    [[nodiscard]] std::int64_t eventIdBefore(int symbol, std::int64_t atMs) const;

private:
    static constexpr std::int64_t firstIdEver = 3'000'000'000'000;
    static constexpr std::int64_t countApart = 1'000'000'000;
    using Side = std::map<int, int>; // ticks -> lots
    struct Market
    {
        std::string name;
        bool isTwoSided = false;
        int middle = 0;
        int trend = 0;             // the middle's bias
        std::int64_t changeMs = 0; // a change in so many, on average
        Side bids;
        Side asks;
        Side changedBids; // since the last event
        Side changedAsks;
        std::int64_t firstId = 0;
        std::int64_t lastId = 0;
        std::int64_t eventId = 0;
        std::map<std::int64_t, TrueBook> past; // by u of the event
        std::vector<std::int64_t> pastIds;     // as they followed each other
    };

    [[nodiscard]] Market& market(int symbol) { return m_markets[static_cast<std::size_t>(symbol)]; }
    [[nodiscard]] const Market& market(int symbol) const { return m_markets[static_cast<std::size_t>(symbol)]; }
    void change(Market& market);
    void set(Market& market, bool isBid, int ticks, int lots);
    void runMarket(int symbol);
    void runEvents(int symbol);
    [[nodiscard]] SentEvent takeEvent(int symbol);

    Timeline& m_timeline;
    Chance& m_chance;
    std::vector<Market> m_markets;
    std::function<void(SentEvent)> m_onEvent;
    std::int64_t m_lastId = firstIdEver;
    bool m_isTrending = false;
    bool m_isCalm = false;
    bool m_isStopped = false;
};

} // namespace obm::sim

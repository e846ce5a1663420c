// A market that wanders for days, and what its exchange says of it: events, snapshots, and the whole truth.
// The truth is a std::map a side; a snapshot has its best levels only. Levels that the price leaves behind stay.
// Thread: none of its own; a plain value, the same for the same seed.
#pragma once

#include "book/price_ladder.h"
#include "market/depth.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>

namespace obm::test {

class DriftingMarket
{
public:
    explicit DriftingMarket(std::uint64_t seed, std::string symbol = "BTCUSDT")
        : m_random(seed)
        , m_symbol(std::move(symbol))
    {
        for (int i = 1; i <= 400; ++i) {
            m_bids[m_middle - i] = 1 + below(99);
            m_asks[m_middle + i] = 1 + below(99);
        }
    }

    int below(int end) { return std::uniform_int_distribution(0, end - 1)(m_random); }

    DepthUpdate nextEvent(std::int64_t eventTimeMs)
    {
        DepthUpdate update{
            .symbol = m_symbol, .eventTimeMs = eventTimeMs, .previousLastId = m_id, .bids = {}, .asks = {}};
        update.firstId = m_id + 1;
        update.lastId = m_id = m_id + 1 + below(5);
        drift(update);
        for (int i = 0; i < 4; ++i)
            set(update, below(2), below(40), below(3) ? 1 + below(99) : 0);
        return update;
    }

    [[nodiscard]] DepthSnapshot snapshot(std::size_t limit, std::int64_t eventTimeMs) const
    {
        DepthSnapshot made{.lastUpdateId = m_id, .eventTimeMs = eventTimeMs, .bids = {}, .asks = {}};
        for (auto bid = m_bids.rbegin(); bid != m_bids.rend() && made.bids.size() < limit; ++bid)
            made.bids.push_back(levelOf(bid->first, bid->second));
        for (auto ask = m_asks.begin(); ask != m_asks.end() && made.asks.size() < limit; ++ask)
            made.asks.push_back(levelOf(ask->first, ask->second));
        return made;
    }

    // Whether each side is the truth from its best level to its worst one.
    [[nodiscard]] bool isTrue(const PriceLadder& bids, const PriceLadder& asks) const
    {
        return isTrue(bids, m_bids.rbegin(), m_bids.rend()) && isTrue(asks, m_asks.begin(), m_asks.end());
    }
    [[nodiscard]] std::size_t levels() const { return m_bids.size() + m_asks.size(); }

private:
    using Prices = std::map<int, int>; // ticks -> quantity

    static Level levelOf(int price, int quantity)
    {
        return {Decimal::fromUnits(price * (Decimal::unitsPerOne / 10), 1),
                Decimal::fromUnits(quantity * Decimal::unitsPerOne, 0)};
    }

    template <class Truth>
    static bool isTrue(const PriceLadder& ladder, Truth truth, Truth end)
    {
        for (const Level& level : ladder.bestFirst()) {
            if (truth == end || level.price != levelOf(truth->first, 1).price ||
                level.quantity != levelOf(truth->first, truth->second).quantity)
                return false;
            ++truth;
        }
        return true;
    }

    // In one direction for hours, and then in the other one.
    void drift(DepthUpdate& update)
    {
        if (below(20'000) == 0)
            m_isRising = !m_isRising;
        if (below(30) != 0)
            return;
        const int ticks = 1 + below(3);
        m_middle += m_isRising ? ticks : -ticks;
        clear(update, m_bids, m_bids.lower_bound(m_middle), m_bids.end(), true);
        clear(update, m_asks, m_asks.begin(), m_asks.upper_bound(m_middle), false);
        set(update, true, 0, 1 + below(99));
        set(update, false, 0, 1 + below(99));
    }

    static void clear(DepthUpdate& update, Prices& side, Prices::iterator from, Prices::iterator to, bool isBid)
    {
        for (auto level = from; level != to; ++level)
            (isBid ? update.bids : update.asks).push_back(levelOf(level->first, 0));
        side.erase(from, to);
    }

    void set(DepthUpdate& update, bool isBid, int distance, int quantity)
    {
        const int price = isBid ? m_middle - 1 - distance : m_middle + 1 + distance;
        Prices& side = isBid ? m_bids : m_asks;
        if (quantity == 0 && side.size() < 50)
            return;
        if (quantity == 0)
            side.erase(price);
        else
            side[price] = quantity;
        (isBid ? update.bids : update.asks).push_back(levelOf(price, quantity));
    }

    std::mt19937_64 m_random;
    std::string m_symbol;
    Prices m_bids;
    Prices m_asks;
    int m_middle = 5'000'000;
    bool m_isRising = true;
    std::int64_t m_id = 1;
};

} // namespace obm::test

// A book that looks like a market's, made from a seed and changed a little at each step: for ladders under test, in
// benchmarks and in pictures.
#pragma once

#include "book/book_view.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>

namespace obm::test {

class MadeBook
{
public:
    struct Market
    {
        std::string symbol = "BTCUSDT";
        std::int64_t midTicks = 639'473; // of the price, in ticks
        int priceDecimals = 1;           // a tick is one of the last digit
        int quantityDecimals = 3;
        double typicalQuantity = 0.8;
        std::size_t levels = 20;
    };

    MadeBook(Market market, std::uint64_t seed)
        : m_market(std::move(market))
        , m_random(seed)
    {
        for (std::size_t i = 0; i < m_market.levels; ++i) {
            place(m_bids, m_market.midTicks - 1 - static_cast<std::int64_t>(i * 5 / 4));
            place(m_asks, m_market.midTicks + static_cast<std::int64_t>(i * 5 / 4));
        }
    }

    // Sets `count` levels anew, most of them near the best price, and now and then takes one away.
    void step(int count)
    {
        for (int i = 0; i < count; ++i) {
            std::geometric_distribution<std::int64_t> distance(0.08);
            auto& side = m_random() % 2 == 0 ? m_bids : m_asks;
            const bool isBid = &side == &m_bids;
            const std::int64_t ticks = m_market.midTicks + (isBid ? -1 - distance(m_random) : distance(m_random));
            if (m_random() % 4 == 0 && side.size() > m_market.levels / 2)
                side.erase(ticks);
            else
                place(side, ticks);
        }
        m_lastId += 1 + static_cast<std::int64_t>(m_random() % 900);
    }

    [[nodiscard]] std::shared_ptr<BookView> view() const
    {
        auto view = std::make_shared<BookView>();
        view->symbol = m_market.symbol;
        view->state = SyncState::Live;
        view->reason = SyncReason::Bridged;
        for (auto bid = m_bids.rbegin(); bid != m_bids.rend() && view->bids.size() < m_market.levels; ++bid)
            view->bids.push_back(levelOf(*bid));
        for (auto ask = m_asks.begin(); ask != m_asks.end() && view->asks.size() < m_market.levels; ++ask)
            view->asks.push_back(levelOf(*ask));
        view->bidCount = m_bids.size();
        view->askCount = m_asks.size();
        view->lastId = m_lastId;
        return view;
    }

private:
    using Side = std::map<std::int64_t, std::int64_t>; // ticks to steps of the quantity

    static std::int64_t powerOfTen(int digits) { return static_cast<std::int64_t>(std::llround(std::pow(10, digits))); }

    void place(Side& side, std::int64_t ticks)
    {
        std::lognormal_distribution<double> quantity(std::log(m_market.typicalQuantity), 1.1);
        const auto steps =
            static_cast<std::int64_t>(quantity(m_random) * static_cast<double>(powerOfTen(m_market.quantityDecimals)));
        side[ticks] = std::max<std::int64_t>(1, steps);
    }

    [[nodiscard]] Level levelOf(const Side::value_type& item) const
    {
        const auto decimal = [](std::int64_t value, int digits) {
            return Decimal::fromUnits(value * powerOfTen(Decimal::maxFractionDigits - digits), digits);
        };
        return {decimal(item.first, m_market.priceDecimals), decimal(item.second, m_market.quantityDecimals)};
    }

    Market m_market;
    std::mt19937_64 m_random;
    Side m_bids;
    Side m_asks;
    std::int64_t m_lastId = 4'984'028'370'730;
};

} // namespace obm::test

#include "simulation/sim_exchange.h"

#include <algorithm>
#include <iterator>

namespace obm::sim {

namespace {

constexpr int ticksApart = 10'000; // of the symbols' prices: none comes near another's
constexpr int reachTicks = 40;     // levels lie so far from the middle
constexpr std::int64_t eventEveryMs = 250;

void appendLevel(std::string& out, int ticks, int lots)
{
    const std::string fraction = std::to_string(1000 + lots % 1000);
    out.append(R"([")").append(std::to_string(ticks / 10)).append(".").append(std::to_string(ticks % 10));
    out.append(R"(",")").append(std::to_string(lots / 1000)).append(".").append(fraction, 1).append(R"("])");
}

std::string changesText(const std::map<int, int>& side)
{
    std::string out;
    for (const auto& [ticks, lots] : side) {
        out += out.empty() ? '[' : ',';
        appendLevel(out, ticks, lots);
    }
    return out.empty() ? "[]" : out + ']';
}

template <class BestFirst>
std::vector<TrueLevel> levelsOf(BestFirst begin, BestFirst end)
{
    std::vector<TrueLevel> levels;
    for (; begin != end; ++begin)
        levels.push_back({begin->first, begin->second});
    return levels;
}

} // namespace

std::string levelsText(const std::vector<TrueLevel>& levels, std::size_t levelsMax)
{
    std::string out = "[";
    for (std::size_t i = 0; i < levels.size() && i < levelsMax; ++i) {
        if (i > 0)
            out += ',';
        appendLevel(out, levels[i].ticks, levels[i].lots);
    }
    return out + ']';
}

SimExchange::SimExchange(Timeline& timeline, Chance& chance, int symbols)
    : m_timeline(timeline)
    , m_chance(chance)
{
    for (int i = 0; i < symbols; ++i) {
        Market market;
        market.name = std::string(1, static_cast<char>('A' + i)) + "USDT";
        market.isTwoSided = chance.happens(700);
        market.middle = (i + 1) * ticksApart;
        market.trend = chance.below(3) - 1;
        market.changeMs = chance.happens(250) ? chance.between(500, 3'000) : chance.between(60, 250);
        for (int changes = 0; changes < 4 * reachTicks; ++changes)
            change(market);
        market.changedBids.clear();
        market.changedAsks.clear();
        market.firstId = 0;
        market.eventId = market.lastId; // what came before was never sent
        m_markets.push_back(std::move(market));
    }
}

std::vector<std::string> SimExchange::names() const
{
    std::vector<std::string> names;
    for (const Market& market : m_markets)
        names.push_back(market.name);
    return names;
}

int SimExchange::indexOf(const std::string& name) const
{
    return name.front() - 'A';
}

void SimExchange::run(std::function<void(SentEvent)> onEvent)
{
    m_onEvent = std::move(onEvent);
    for (int symbol = 0; symbol < symbolCount(); ++symbol) {
        runMarket(symbol);
        m_timeline.after(m_chance.below(eventEveryMs), [this, symbol] { runEvents(symbol); });
    }
}

void SimExchange::runMarket(int symbol)
{
    m_timeline.after(m_chance.between(1, 2 * market(symbol).changeMs), [this, symbol] {
        if (m_isStopped)
            return;
        change(market(symbol));
        runMarket(symbol);
    });
}

void SimExchange::runEvents(int symbol)
{
    if (market(symbol).firstId != 0)
        m_onEvent(takeEvent(symbol));
    if (!m_isStopped)
        m_timeline.after(eventEveryMs, [this, symbol] { runEvents(symbol); });
}

// What was changed and not yet sent is the first of the new count.
void SimExchange::countAnew()
{
    m_lastId = firstIdEver - (countOf(m_lastId) + 1) * countApart;
    for (Market& market : m_markets) {
        market.eventId = ++m_lastId;
        market.firstId = market.firstId == 0 ? 0 : ++m_lastId;
        market.lastId = m_lastId;
    }
}

// One id: a level changes, or the middle moves over one that has to go first.
void SimExchange::change(Market& market)
{
    const bool isMove = !m_isCalm && m_chance.below(10) == 0;
    const bool isTrend = m_isTrending && market.trend != 0 && isMove;
    const bool isBid = isTrend ? market.trend < 0 : m_chance.below(2) == 0;
    const int away = isMove ? 1 : 1 + m_chance.below(reachTicks);
    const int lots = isMove || (!m_isCalm && m_chance.below(4) == 0) ? 0 : 1 + m_chance.below(2'000);
    set(market, isBid, market.middle + (isBid ? -away : away), lots);
    if (isMove)
        market.middle += isBid ? -1 : 1;
}

void SimExchange::set(Market& market, bool isBid, int ticks, int lots)
{
    Side& side = isBid ? market.bids : market.asks;
    if (lots == 0)
        side.erase(ticks);
    else
        side[ticks] = lots;
    (isBid ? market.changedBids : market.changedAsks)[ticks] = lots;
    market.lastId = ++m_lastId;
    if (market.firstId == 0)
        market.firstId = market.lastId;
}

SentEvent SimExchange::takeEvent(int symbol)
{
    Market& from = market(symbol);
    if (from.isTwoSided)
        for (const bool isBid : {true, false})
            set(from, isBid, from.middle + (isBid ? -1 : 1) * (1 + m_chance.below(4)), 1 + m_chance.below(2'000));
    const std::string nowMs = std::to_string(m_timeline.nowMs());
    SentEvent event{.symbol = symbol, .lastId = from.lastId, .json = {}};
    event.json = R"({"e":"depthUpdate","E":)" + nowMs + R"(,"T":)" + nowMs + R"(,"s":")" + from.name + R"(","U":)" +
                 std::to_string(from.firstId) + R"(,"u":)" + std::to_string(from.lastId) + R"(,"pu":)" +
                 std::to_string(from.eventId) + R"(,"b":)" + changesText(from.changedBids) + R"(,"a":)" +
                 changesText(from.changedAsks) + '}';
    from.changedBids.clear();
    from.changedAsks.clear();
    from.firstId = 0;
    from.eventId = from.lastId;
    from.past.emplace(from.lastId, now(symbol));
    from.pastIds.push_back(from.lastId);
    return event;
}

TrueBook SimExchange::now(int symbol) const
{
    const Market& from = market(symbol);
    return {.id = from.lastId,
            .atMs = m_timeline.nowMs(),
            .bids = levelsOf(from.bids.rbegin(), from.bids.rend()),
            .asks = levelsOf(from.asks.begin(), from.asks.end())};
}

const TrueBook* SimExchange::at(int symbol, std::int64_t eventId) const
{
    const auto found = market(symbol).past.find(eventId);
    return found == market(symbol).past.end() ? nullptr : &found->second;
}

const TrueBook& SimExchange::somePast(int symbol)
{
    constexpr int eventsBackMax = 40;
    const auto& ids = market(symbol).pastIds;
    const int back = static_cast<int>(m_chance.between(1, std::min<std::int64_t>(eventsBackMax, std::ssize(ids))));
    return market(symbol).past.at(*std::prev(ids.end(), back));
}

std::int64_t SimExchange::eventIdBefore(int symbol, std::int64_t atMs) const
{
    const auto& ids = market(symbol).pastIds;
    auto event = ids.end();
    while (event != ids.begin() && market(symbol).past.at(*std::prev(event)).atMs >= atMs)
        --event;
    return event == ids.begin() ? 0 : *std::prev(event);
}

} // namespace obm::sim

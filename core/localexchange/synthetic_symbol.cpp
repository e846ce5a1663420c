#include "localexchange/synthetic_symbol.h"

#include "localexchange/depth_json.h"

#include <algorithm>
#include <bit>

namespace obm::localexchange {

namespace {

constexpr int levelsAtStart = 1'500; // more than the 1,000 of the largest snapshot
constexpr std::size_t levelsMin = 1'200;
constexpr std::size_t levelsMax = 2'000;
constexpr int burstOneIn = 300; // base ticks
constexpr int burstTicksMax = 12;
constexpr int burstFactor = 6;

} // namespace

SyntheticSymbol::SyntheticSymbol(SymbolProfile profile, std::uint64_t seed, std::int64_t firstId)
    : m_profile(std::move(profile))
    , m_random(seed, m_profile.symbol)
    , m_lastId(firstId)
    , m_mid(m_profile.midTicks)
{
    fill();
}

// Recorded books are nearly dense: 1,000 levels span some 1,300 ticks.
void SyntheticSymbol::fill()
{
    std::int64_t bid = m_mid;
    std::int64_t ask = m_mid + 1;
    for (int i = 0; i < levelsAtStart; ++i) {
        m_bids.emplace(bid, drawLots());
        m_asks.emplace(ask, drawLots());
        bid -= m_random.oneIn(4) ? 2 : 1;
        ask += m_random.oneIn(4) ? 2 : 1;
    }
}

// Log-normal by whole numbers: recorded quantities lie within a factor of five of the median half of the time,
// and one in a hundred is a hundred times the median.
std::int64_t SyntheticSymbol::drawLots()
{
    constexpr std::uint64_t coins = 0xfff;
    constexpr int exponentMax = 8;
    const int exponent = std::min(2 * std::popcount(m_random.next() & coins) - 12, exponentMax);
    const std::int64_t scaled = exponent >= 0 ? m_profile.typicalLots << exponent : m_profile.typicalLots >> -exponent;
    const std::int64_t base = std::max<std::int64_t>(scaled, 1);
    return base + m_random.below(base);
}

// Most changes are near the top, some anywhere in the book.
std::int64_t SyntheticSymbol::drawDistance()
{
    constexpr std::int64_t middle = 400;
    constexpr std::int64_t far = 1'900;
    const std::int64_t where = m_random.below(10);
    if (where < 6)
        return m_random.below(std::int64_t{1} << m_random.between(1, 5));
    return m_random.below(where < 9 ? middle : far);
}

void SyntheticSymbol::advance()
{
    if (!m_random.oneIn(m_profile.moveOneIn))
        return;
    if (m_burstTicks > 0)
        --m_burstTicks;
    else if (m_random.oneIn(burstOneIn))
        m_burstTicks = static_cast<int>(m_random.between(2, burstTicksMax));

    m_lastId += m_random.between(2, 60); // ids run over all symbols: U is never the last u + 1
    drift();
    const std::int64_t changes =
        m_random.between(m_profile.changesMin, m_profile.changesMax) * (m_burstTicks > 0 ? burstFactor : 1);
    for (std::int64_t i = 0; i < changes; ++i)
        changeLevel();
    trim(Side::Bid);
    trim(Side::Ask);
}

// A random walk that is drawn back to where it began, so that a market lives for days.
void SyntheticSymbol::drift()
{
    constexpr std::int64_t span = 1'000;
    if (!m_random.oneIn(4))
        return;
    const std::int64_t away = std::clamp(m_mid - m_profile.midTicks, -span, span);
    const std::int64_t ticks = m_random.between(1, m_burstTicks > 0 ? 12 : 2);
    moveMid(m_random.below(2 * span) < span - away ? m_mid + ticks : m_mid - ticks);
}

void SyntheticSymbol::moveMid(std::int64_t mid)
{
    const bool up = mid > m_mid;
    m_mid = mid;
    while (m_asks.begin()->first <= mid)
        set(Side::Ask, m_asks.begin()->first, 0);
    while (m_bids.rbegin()->first > mid)
        set(Side::Bid, m_bids.rbegin()->first, 0);
    if (up)
        set(Side::Bid, mid, drawLots());
    else
        set(Side::Ask, mid + 1, drawLots());
}

void SyntheticSymbol::changeLevel()
{
    const Side side = m_random.oneIn(2) ? Side::Bid : Side::Ask;
    const std::int64_t distance = drawDistance();
    const std::int64_t tick = side == Side::Bid ? m_mid - distance : m_mid + 1 + distance;
    const bool crowded = levels(side).size() > levelsAtStart;
    if (m_random.oneIn(crowded ? 2 : 4))
        removeLevel(side, tick);
    else
        set(side, tick, drawLots());
}

// Also of a level that is not there: the exchange does that all the time.
void SyntheticSymbol::removeLevel(Side side, std::int64_t tick)
{
    const bool thin = levels(side).size() <= levelsMin;
    set(side, tick, thin ? drawLots() : 0);
}

void SyntheticSymbol::trim(Side side)
{
    while (levels(side).size() > levelsMax)
        set(side, side == Side::Bid ? m_bids.begin()->first : m_asks.rbegin()->first, 0);
}

void SyntheticSymbol::set(Side side, std::int64_t tick, std::int64_t lots)
{
    if (lots == 0)
        levels(side).erase(tick);
    else
        levels(side)[tick] = lots;

    m_lastId += m_random.between(1, 3);
    for (Chain& chain : m_chains) {
        if (!chain.wanted)
            continue;
        if (chain.changes.empty())
            chain.firstId = m_lastId;
        chain.changes.push_back({side, tick});
    }
}

void SyntheticSymbol::setWanted(Speed speed, bool wanted)
{
    Chain& chain = m_chains[static_cast<std::size_t>(speed)];
    if (chain.wanted == wanted)
        return;
    chain = {};
    chain.wanted = wanted;
    chain.previousLastId = m_lastId;
}

std::optional<std::string> SyntheticSymbol::takeEvent(Speed speed, std::int64_t nowMs)
{
    Chain& chain = m_chains[static_cast<std::size_t>(speed)];
    if (chain.changes.empty())
        return std::nullopt;
    std::sort(chain.changes.begin(), chain.changes.end());
    chain.changes.erase(std::unique(chain.changes.begin(), chain.changes.end()), chain.changes.end());

    const DepthEvent event{m_profile.symbol, nowMs, chain.firstId, m_lastId, chain.previousLastId};
    std::string json =
        depthEventJson(event, changesJson(Side::Bid, chain.changes), changesJson(Side::Ask, chain.changes));
    chain.previousLastId = m_lastId;
    chain.changes.clear();
    return json;
}

std::string SyntheticSymbol::changesJson(Side side, const std::vector<Change>& changes) const
{
    const Levels& book = levels(side);
    std::string json = "[";
    for (const Change& change : changes) {
        if (change.side != side)
            continue;
        if (json.size() > 1)
            json.push_back(',');
        const auto found = book.find(change.tick);
        appendLevel(json, priceText(change.tick), lotsText(found == book.end() ? 0 : found->second));
    }
    json.push_back(']');
    return json;
}

BookText SyntheticSymbol::book(std::size_t count) const
{
    BookText text;
    text.lastUpdateId = m_lastId;
    for (auto level = m_bids.rbegin(); level != m_bids.rend() && text.bids.size() < count; ++level)
        text.bids.push_back({priceText(level->first), lotsText(level->second)});
    for (auto level = m_asks.begin(); level != m_asks.end() && text.asks.size() < count; ++level)
        text.asks.push_back({priceText(level->first), lotsText(level->second)});
    return text;
}

Listing SyntheticSymbol::listing() const
{
    return {m_profile.symbol, priceText(1), lotsText(1)};
}

std::string SyntheticSymbol::priceText(std::int64_t tick) const
{
    std::string text;
    appendDecimal(text, tick * m_profile.tickUnits, m_profile.priceDecimals);
    return text;
}

std::string SyntheticSymbol::lotsText(std::int64_t lots) const
{
    std::string text;
    appendDecimal(text, lots, m_profile.quantityDecimals);
    return text;
}

} // namespace obm::localexchange

// One synthetic market: a book of some 1,500 levels a side that moves in base ticks of 50 ms, and its three streams.
// Each stream is a chain of its own, as on the exchange: an event carries what changed since the stream's last event,
// and its pu is that event's u.
// Invariants: bids <= mid < asks (in ticks), never an empty side. The sequence of changes depends on seed and name
// only. Prices are counted in ticks and quantities in lots; text is made of them when it is sent.
#pragma once

#include "localexchange/market.h"
#include "localexchange/random.h"
#include "localexchange/symbol_profile.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace obm::localexchange {

class SyntheticSymbol
{
public:
    SyntheticSymbol(SymbolProfile profile, std::uint64_t seed, std::int64_t firstId);

    void advance(); // one base tick
    void setWanted(Speed speed, bool wanted);
    // The event that is due on this stream, as JSON; empty: nothing changed.
    std::optional<std::string> takeEvent(Speed speed, std::int64_t nowMs);

    [[nodiscard]] std::int64_t lastId() const { return m_lastId; }
    [[nodiscard]] BookText book(std::size_t levelsMax) const;
    [[nodiscard]] Listing listing() const;

private:
    enum class Side : std::uint8_t { Bid, Ask };
    using Levels = std::map<std::int64_t, std::int64_t>; // tick -> lots

    struct Change
    {
        Side side;
        std::int64_t tick;
        auto operator<=>(const Change&) const = default;
    };

    struct Chain
    {
        bool wanted = false;
        std::int64_t firstId = 0;
        std::int64_t previousLastId = 0;
        std::vector<Change> changes;
    };

    void fill();
    void drift();
    void moveMid(std::int64_t mid);
    void changeLevel();
    void removeLevel(Side side, std::int64_t tick);
    void trim(Side side);
    void set(Side side, std::int64_t tick, std::int64_t lots); // lots 0 removes
    std::int64_t drawDistance();
    std::int64_t drawLots();
    Levels& levels(Side side) { return side == Side::Bid ? m_bids : m_asks; }
    [[nodiscard]] const Levels& levels(Side side) const { return side == Side::Bid ? m_bids : m_asks; }
    [[nodiscard]] std::string priceText(std::int64_t tick) const;
    [[nodiscard]] std::string lotsText(std::int64_t lots) const;
    [[nodiscard]] std::string changesJson(Side side, const std::vector<Change>& changes) const;

    SymbolProfile m_profile;
    Random m_random;
    std::int64_t m_lastId;
    std::int64_t m_mid;
    int m_burstTicks = 0;
    Levels m_bids;
    Levels m_asks;
    std::array<Chain, speedCount> m_chains;
};

} // namespace obm::localexchange

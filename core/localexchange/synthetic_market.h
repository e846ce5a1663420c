// Seeded synthetic markets: the clock only paces them, what happens depends on the seed.
// Streams of different symbols fall on different base ticks, as they do on the exchange.
// Thread: that of the timer, the local exchange's.
#pragma once

#include "localexchange/market.h"
#include "localexchange/synthetic_symbol.h"

#include <QElapsedTimer>
#include <QTimer>

namespace obm::localexchange {

class SyntheticMarket : public Market
{
public:
    // busy: each symbol changes in every base tick, and so in every interval of every stream.
    SyntheticMarket(const std::vector<std::string>& symbols, std::uint64_t seed, bool busy);

    std::vector<Listing> listings() const override;
    BookText book(std::size_t symbol, std::size_t levelsMax) const override;
    void setWanted(std::size_t symbol, Speed speed, bool wanted) override;
    void play() override;
    bool standStill() override;
    std::int64_t ticksSkipped() const override { return m_ticksSkipped; }

private:
    void onTimer();
    void advance(); // one base tick of every symbol
    void emitDue(std::size_t symbol, Speed speed, std::int64_t nowMs);

    std::vector<SyntheticSymbol> m_symbols;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::int64_t m_ticksDone = 0;
    std::int64_t m_ticksSkipped = 0; // of the clock
};

} // namespace obm::localexchange

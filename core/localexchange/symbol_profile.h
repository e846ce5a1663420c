// How a synthetic market looks: price, tick, lot and activity, near those of the real symbol where the name is known.
// Thread: pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace obm::localexchange {

struct SymbolProfile
{
    std::string symbol;
    int priceDecimals = 2;      // of the text
    std::int64_t tickUnits = 1; // tick in units of the last decimal: BTCUSDT writes 0.10 as its tick
    std::int64_t midTicks = 0;
    int quantityDecimals = 3;
    std::int64_t typicalLots = 100; // median quantity of a level, in units of the last decimal
    int changesMin = 1;             // levels touched in a base tick of 50 ms in which the symbol moves
    int changesMax = 5;
    int moveOneIn = 2; // it moves in one of so many base ticks
};

// Any name has a profile: an unknown one gets its own from its letters, and one of seven is quiet for seconds.
SymbolProfile profileOf(const std::string& symbol);
// Best known names first, then S0001USDT, ...
std::vector<std::string> symbolNames(int count);
// 640123, 2 -> 6401.23
void appendDecimal(std::string& out, std::int64_t units, int decimals);

} // namespace obm::localexchange

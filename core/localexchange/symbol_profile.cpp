#include "localexchange/symbol_profile.h"

#include "localexchange/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace obm::localexchange {

namespace {

struct KnownProfile
{
    const char* symbol;
    int priceDecimals;
    std::int64_t tickUnits;
    std::int64_t midTicks;
    int quantityDecimals;
    std::int64_t typicalLots;
    int changesMin;
    int changesMax;
    int moveOneIn;
};

constexpr std::array<KnownProfile, 7> known{{
    {"BTCUSDT", 2, 10, 640'000, 3, 60, 3, 14, 1},
    {"ETHUSDT", 2, 1, 342'500, 3, 700, 3, 12, 1},
    {"BNBUSDT", 3, 10, 58'000, 2, 150, 2, 9, 1},
    {"SOLUSDT", 4, 100, 16'000, 0, 20, 2, 9, 1},
    {"ADAUSDT", 5, 10, 4'300, 0, 900, 1, 7, 2},
    {"XRPUSDT", 4, 1, 5'800, 1, 9'000, 2, 8, 1},
    {"1000SATSUSDT", 8, 1, 20'345, 0, 120'000'000, 1, 6, 2}, // a tick of 1e-8 and levels of 6e10: at the edge of int64
}};

SymbolProfile generatedProfile(const std::string& symbol)
{
    constexpr std::int64_t quietOneIn = 7;
    Random random(0, symbol);
    SymbolProfile profile;
    profile.symbol = symbol;
    profile.priceDecimals = static_cast<int>(random.between(2, 6));
    profile.midTicks = random.between(6'000, 200'000);
    profile.quantityDecimals = static_cast<int>(random.between(0, 3));
    profile.typicalLots = random.between(20, 5'000);
    profile.changesMin = 1;
    profile.changesMax = static_cast<int>(random.between(3, 8));
    profile.moveOneIn = random.oneIn(quietOneIn) ? 200 : 2;
    return profile;
}

} // namespace

SymbolProfile profileOf(const std::string& symbol)
{
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const KnownProfile& profile) { return symbol == profile.symbol; });
    if (found == known.end())
        return generatedProfile(symbol);
    return {symbol,
            found->priceDecimals,
            found->tickUnits,
            found->midTicks,
            found->quantityDecimals,
            found->typicalLots,
            found->changesMin,
            found->changesMax,
            found->moveOneIn};
}

std::vector<std::string> symbolNames(int count)
{
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) {
        const auto index = static_cast<std::size_t>(i);
        if (index < known.size())
            names.emplace_back(known[index].symbol);
        else
            names.push_back(fmt::format("S{:04}USDT", i + 1 - static_cast<int>(known.size())));
    }
    return names;
}

void appendDecimal(std::string& out, std::int64_t units, int decimals)
{
    const fmt::format_int digits(units);
    const std::size_t point = static_cast<std::size_t>(decimals);
    const std::size_t padding = digits.size() > point ? 0 : point + 1 - digits.size();
    const std::size_t start = out.size();
    out.append(padding, '0').append(digits.data(), digits.size());
    if (decimals > 0)
        out.insert(start + padding + digits.size() - point, 1, '.');
}

} // namespace obm::localexchange

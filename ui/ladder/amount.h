// A sum of quantities, or of prices times quantities: exact, wider than a level, and how it is written in a column.
// Units: as AmountStyle says. Sums stop at the largest value instead of wrapping. Thread: plain values.
#pragma once

#include "market/decimal.h"

#include <QString>

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace obm {

__extension__ typedef __int128 Amount; // never negative

inline constexpr Amount amountMax = std::numeric_limits<std::int64_t>::max() * (Amount{1} << 64) + ~std::uint64_t{0};

constexpr Amount addAmounts(Amount a, Amount b)
{
    return a > amountMax - b ? amountMax : a + b;
}

// What sizes are counted in: the base coin (quantity) or the quote coin (price * quantity).
enum class LadderUnits : std::uint8_t { Base, Quote };

constexpr int scaleDigits(LadderUnits units)
{
    return units == LadderUnits::Base ? Decimal::maxFractionDigits : 2 * Decimal::maxFractionDigits;
}

// The largest product of two decimals fits.
constexpr Amount amountOf(Decimal price, Decimal quantity, LadderUnits units)
{
    return units == LadderUnits::Base ? Amount{quantity.units()} : Amount{price.units()} * quantity.units();
}

// One way of writing for a whole column, so that its points stand below each other: "0.113", "12345.6K".
struct AmountStyle
{
    int scale = Decimal::maxFractionDigits; // an amount of 10^scale is 1
    int power = 0;                          // 0, 3, 6, 9, 12: shown in thousands ("K"), millions ("M"), ...
    int decimals = 0;

    bool operator==(const AmountStyle&) const = default;
};

// Few enough characters for the largest amount of the column, and no more decimals than the data have.
AmountStyle styleFor(Amount largest, LadderUnits units, int dataDecimals);

// Rounded half up to the decimals of the style. The text lies in the buffer.
inline constexpr std::size_t amountTextMax = 48;
std::string_view writeAmount(Amount amount, const AmountStyle& style, std::span<char, amountTextMax> buffer);
QString amountText(Amount amount, const AmountStyle& style);

double toDouble(Amount amount, int scale); // for bars and charts only
Amount amountNear(double amount);          // back from a scale of bars; never over amountMax

} // namespace obm

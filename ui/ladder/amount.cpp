#include "ui/ladder/amount.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace obm {

namespace {

constexpr int plainDigitsMax = 7;   // of the whole part, before thousands are shown as K
constexpr int charactersMax = 8;    // digits of both parts
constexpr int shortDecimalsMax = 3; // behind the point of a number with a suffix
constexpr int powerMax = 12;
constexpr int amountDigitsMax = 39;

constexpr auto powersOfTenWide = [] {
    std::array<Amount, amountDigitsMax> powers{};
    powers[0] = 1;
    for (std::size_t i = 1; i < powers.size(); ++i)
        powers[i] = powers[i - 1] * 10;
    return powers;
}();

int wholeDigits(Amount amount, int scale)
{
    int digits = 1;
    while (scale + digits < amountDigitsMax && amount >= powersOfTenWide[static_cast<std::size_t>(scale + digits)])
        ++digits;
    return digits;
}

// Writes from the back; returns where the text begins.
template <typename Number>
char* writeBackwards(Number value, int decimals, char* end)
{
    for (int written = 0; value != 0 || written <= decimals; ++written) {
        if (written == decimals && decimals > 0)
            *--end = '.';
        *--end = static_cast<char>('0' + static_cast<int>(value % 10));
        value /= 10;
    }
    return end;
}

} // namespace

AmountStyle styleFor(Amount largest, LadderUnits units, int dataDecimals)
{
    AmountStyle style;
    style.scale = scaleDigits(units);
    const int whole = wholeDigits(largest, style.scale);
    if (whole <= plainDigitsMax) {
        style.decimals = std::clamp(charactersMax - whole, 0, dataDecimals);
        return style;
    }
    style.power = std::min(powerMax, (whole - 4) / 3 * 3);
    style.decimals = std::clamp(charactersMax - 2 - (whole - style.power), 0, shortDecimalsMax);
    return style;
}

std::string_view writeAmount(Amount amount, const AmountStyle& style, std::span<char, amountTextMax> buffer)
{
    static constexpr std::array<char, 5> suffixes{'\0', 'K', 'M', 'B', 'T'};
    char* const bufferEnd = buffer.data() + buffer.size();
    char* end = bufferEnd;
    if (const char suffix = suffixes[static_cast<std::size_t>(style.power / 3)])
        *--end = suffix;
    const Amount divisor = powersOfTenWide[static_cast<std::size_t>(style.scale + style.power - style.decimals)];
    const Amount value = addAmounts(amount, divisor / 2) / divisor;
    const char* const begin = value <= std::numeric_limits<std::uint64_t>::max()
                                  ? writeBackwards(static_cast<std::uint64_t>(value), style.decimals, end)
                                  : writeBackwards(value, style.decimals, end);
    return {begin, bufferEnd};
}

QString amountText(Amount amount, const AmountStyle& style)
{
    std::array<char, amountTextMax> buffer;
    return QString::fromLatin1(QByteArrayView(writeAmount(amount, style, buffer)));
}

double toDouble(Amount amount, int scale)
{
    return static_cast<double>(amount) / std::pow(10.0, scale);
}

Amount amountNear(double amount)
{
    return amount >= static_cast<double>(amountMax) ? amountMax : static_cast<Amount>(std::max(0.0, amount));
}

} // namespace obm

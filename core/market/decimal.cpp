#include "market/decimal.h"

#include "market/invariant.h"

#include <array>

namespace obm {

namespace {

// Leaves `at` behind the digits. Of too many digits the value wraps: the caller counts them.
std::uint64_t readDigits(const char*& at, const char* end)
{
    std::uint64_t value = 0;
    for (; at != end && isDigit(*at); ++at)
        value = value * 10 + static_cast<std::uint64_t>(*at - '0');
    return value;
}

} // namespace

std::expected<Decimal, DecimalFault> Decimal::parse(std::string_view text)
{
    const auto scanned = scan(text.data(), text.data() + text.size());
    if (!scanned)
        return std::unexpected(scanned.error());
    if (scanned->end != text.data() + text.size())
        return std::unexpected(DecimalFault::NotDecimal);
    return scanned->value;
}

std::expected<Decimal::Scanned, DecimalFault> Decimal::scan(const char* begin, const char* end)
{
    constexpr std::ptrdiff_t wholeDigitsMax = 11;
    const char* at = begin;
    const std::uint64_t whole = readDigits(at, end);
    const std::ptrdiff_t wholeDigits = at - begin;
    if (wholeDigits == 0 || (wholeDigits > 1 && *begin == '0'))
        return std::unexpected(DecimalFault::NotDecimal);
    if (wholeDigits > wholeDigitsMax)
        return std::unexpected(DecimalFault::DoesNotFit);

    std::ptrdiff_t fractionDigits = 0;
    std::uint64_t fraction = 0;
    if (at != end && *at == '.') {
        const char* const firstDigit = ++at;
        fraction = readDigits(at, end);
        fractionDigits = at - firstDigit;
        if (fractionDigits == 0)
            return std::unexpected(DecimalFault::NotDecimal);
        if (fractionDigits > maxFractionDigits)
            return std::unexpected(DecimalFault::DoesNotFit);
        fraction *= powersOfTen[static_cast<std::size_t>(maxFractionDigits - fractionDigits)];
    }
    const std::uint64_t units = whole * unitsPerOne + fraction; // below 2^64: 11 digits before the point
    if (units > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return std::unexpected(DecimalFault::DoesNotFit);
    return Scanned{Decimal(static_cast<std::int64_t>(units), static_cast<std::uint8_t>(fractionDigits)), at};
}

Decimal Decimal::fromUnits(std::int64_t units, int fractionDigits)
{
    require(units >= 0, "a decimal below zero");
    require(fractionDigits >= 0 && fractionDigits <= maxFractionDigits, "fraction digits of a decimal");
    const auto unused = static_cast<std::size_t>(maxFractionDigits - fractionDigits);
    require(static_cast<std::uint64_t>(units) % powersOfTen[unused] == 0, "a decimal finer than its digits");
    return Decimal(units, static_cast<std::uint8_t>(fractionDigits));
}

char* Decimal::writeLong(char* out) const
{
    const auto units = static_cast<std::uint64_t>(m_units);
    char* const point = writeDigits(out, units / unitsPerOne);
    if (m_fractionDigits == 0)
        return point;
    *point = '.';
    writeDigitValues(point + 1, digitsOf(static_cast<std::uint32_t>(units % unitsPerOne)));
    return point + 1 + m_fractionDigits;
}

void Decimal::appendTo(std::string& out) const
{
    std::array<char, maxTextBytes> text;
    out.append(text.data(), write(text.data()));
}

std::string Decimal::toString() const
{
    std::string text;
    appendTo(text);
    return text;
}

} // namespace obm

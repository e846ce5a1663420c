#include "market/decimal.h"

#include "market/digits.h"
#include "market/invariant.h"

namespace obm {

std::expected<Decimal, DecimalFault> Decimal::parse(std::string_view text)
{
    const auto scanned = scan(text.data(), text.data() + text.size());
    if (!scanned)
        return std::unexpected(scanned.error());
    if (scanned->end != text.data() + text.size())
        return std::unexpected(DecimalFault::NotDecimal);
    return scanned->value;
}

Decimal Decimal::fromUnits(std::int64_t units, int fractionDigits)
{
    require(units >= 0, "a decimal below zero");
    require(fractionDigits >= 0 && fractionDigits <= maxFractionDigits, "fraction digits of a decimal");
    const auto unused = static_cast<std::size_t>(maxFractionDigits - fractionDigits);
    require(static_cast<std::uint64_t>(units) % detail::powersOfTen[unused] == 0, "a decimal finer than its digits");
    return Decimal(units, static_cast<std::uint8_t>(fractionDigits));
}

char* Decimal::write(char* out) const
{
    const auto units = static_cast<std::uint64_t>(m_units);
    char* end = writeDigits(out, units / unitsPerOne);
    if (m_fractionDigits == 0)
        return end;
    *end++ = '.';
    const auto unused = static_cast<std::size_t>(maxFractionDigits - m_fractionDigits);
    return writeDigits(end, units % unitsPerOne / detail::powersOfTen[unused], m_fractionDigits);
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

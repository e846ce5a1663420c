// An exact price or quantity: a number of 1e-8 units and how many fraction digits its text had.
// Why: text in = text out ("0.10" stays "0.10"), while a level is keyed by its number alone ("0.10" == "0.1").
// Units: 1e-8; the largest value is 92233720368.54775807. One level fits; a SUM of levels need not: add in a wider
// type. Errors: parse() refuses whatever it could not give back unchanged. No floating point anywhere.
#pragma once

#include "market/digits.h"

#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <limits>
#include <string>
#include <string_view>

namespace obm {

enum class DecimalFault {
    NotDecimal, // not digits[.digits]: sign, exponent, NaN, a leading zero too many, empty
    DoesNotFit, // over the largest value, or more than maxFractionDigits digits
};

class Decimal
{
public:
    static constexpr int maxFractionDigits = 8;
    static constexpr std::int64_t unitsPerOne = 100'000'000;
    static constexpr std::size_t maxTextBytes = 20; // 11 digits, point, 8 digits

    constexpr Decimal() = default;

    static std::expected<Decimal, DecimalFault> parse(std::string_view text);
    // Reads the decimal at the start of [begin, end) and tells where it stopped; the caller checks what follows.
    struct Scanned;
    static std::expected<Scanned, DecimalFault> scan(const char* begin, const char* end);
    // The same for a decimal of at most 8 characters, as nearly all are, out of one machine word: the inner loop of all
    // that comes in. Returns where it stopped, or nothing if only scan() can tell. `begin` has shortReach bytes.
    static const char* scanShort(const char* begin, Decimal& out);
    static constexpr std::size_t shortReach = digitWordSize + 1; // and what is behind
    // For numbers made here and not received (markets of the local exchange, tests). Unused digits of `units` must be
    // zero.
    static Decimal fromUnits(std::int64_t units, int fractionDigits);
    // For what units() and fractionDigits() of a decimal told: nothing is checked.
    static constexpr Decimal fromParts(std::int64_t units, std::uint8_t fractionDigits)
    {
        return {units, fractionDigits};
    }

    [[nodiscard]] constexpr std::int64_t units() const { return m_units; }
    [[nodiscard]] constexpr int fractionDigits() const { return m_fractionDigits; }
    [[nodiscard]] constexpr bool isZero() const { return m_units == 0; }

    void appendTo(std::string& out) const;
    [[nodiscard]] std::string toString() const;
    // Returns the end. All of maxTextBytes may be written: behind the end lies garbage. The inner loop of all that goes
    // out.
    char* write(char* out) const;

    friend constexpr bool operator==(Decimal a, Decimal b) { return a.m_units == b.m_units; }
    friend constexpr std::strong_ordering operator<=>(Decimal a, Decimal b) { return a.m_units <=> b.m_units; }

private:
    char* writeLong(char* out) const;

    constexpr Decimal(std::int64_t units, std::uint8_t fractionDigits)
        : m_units(units)
        , m_fractionDigits(fractionDigits)
    {}

    std::int64_t m_units = 0;
    std::uint8_t m_fractionDigits = 0;
};

struct Decimal::Scanned
{
    Decimal value;
    const char* end;
};

[[gnu::always_inline]] inline const char* Decimal::scanShort(const char* begin, Decimal& out)
{
    const std::uint64_t digits = digitValues(begin);
    const std::uint64_t others = nonDigits(digits);
    const int whole = std::countr_zero(others) / 8; // digits before the point; 8 if there is nothing else
    if (whole == 0 || whole == digitWordSize || (whole > 1 && *begin == '0'))
        return nullptr;
    if (begin[whole] != '.') {
        out = Decimal(static_cast<std::int64_t>(numberOf(digits, whole)) * unitsPerOne, 0);
        return begin + whole;
    }
    const int size = std::countr_zero(others & (others - 1)) / 8;
    const int fraction = size - whole - 1;
    if (fraction == 0 || (size == digitWordSize && isDigit(begin[size])))
        return nullptr;
    const std::uint64_t beforePoint = (others ^ (others - 1)) >> 8;
    const std::uint64_t written = numberOf((digits & beforePoint) | (digits >> 8 & ~beforePoint), size - 1);
    const auto units = written * powersOfTen[static_cast<std::size_t>(maxFractionDigits - fraction)];
    out = Decimal(static_cast<std::int64_t>(units), static_cast<std::uint8_t>(fraction));
    return begin + size;
}

namespace detail {
// 1 / 5^n modulo 2^64: what is known to be a multiple of 5^n is divided by it with one multiplication.
inline constexpr auto inversesOfFive = [] {
    constexpr std::uint64_t inverse = 0xcccccccccccccccd;
    static_assert(inverse * 5 == 1);
    std::array<std::uint64_t, Decimal::maxFractionDigits + 1> inverses{1};
    for (std::size_t i = 1; i < inverses.size(); ++i)
        inverses[i] = inverses[i - 1] * inverse;
    return inverses;
}();
} // namespace detail

// What scanShort() reads: its eight digits are made in one word. The unused digits of the units are zeros, so that they
// go by an exact division, whatever their number. Eight bytes are stored where fewer are wanted: what follows
// overwrites the rest.
[[gnu::always_inline]] inline char* Decimal::write(char* out) const
{
    const int unused = maxFractionDigits - m_fractionDigits;
    const std::uint64_t written =
        (static_cast<std::uint64_t>(m_units) >> unused) * detail::inversesOfFive[static_cast<std::size_t>(unused)];
    if (written >= powersOfTen[digitWordSize] || unused == 0) [[unlikely]]
        return writeLong(out);
    const std::uint64_t digits = digitsOf(static_cast<std::uint32_t>(written));
    const std::uint64_t lastWhole = std::uint64_t{1} << 8 * (unused - 1); // is written, if only as a zero
    const int zerosInFront = std::countr_zero(digits | lastWhole) / 8;
    writeDigitValues(out, digits >> 8 * zerosInFront);
    char* const point = out + unused - zerosInFront;
    if (m_fractionDigits == 0)
        return point;
    *point = '.';
    writeDigitValues(point + 1, digits >> 8 * unused);
    return point + 1 + m_fractionDigits;
}

} // namespace obm

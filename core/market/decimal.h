// An exact price or quantity: a number of 1e-8 units and how many fraction digits its text had.
// Why: text in = text out ("0.10" stays "0.10"), while a level is keyed by its number alone ("0.10" == "0.1").
// Units: 1e-8; the largest value is 92233720368.54775807. One level fits; a SUM of levels need not: add in a wider
// type. Errors: parse() refuses whatever it could not give back unchanged. No floating point anywhere.
#pragma once

#include <array>
#include <compare>
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
    // For numbers made here and not received (markets of the local exchange, tests). Unused digits of `units` must be
    // zero.
    static Decimal fromUnits(std::int64_t units, int fractionDigits);

    [[nodiscard]] constexpr std::int64_t units() const { return m_units; }
    [[nodiscard]] constexpr int fractionDigits() const { return m_fractionDigits; }
    [[nodiscard]] constexpr bool isZero() const { return m_units == 0; }

    void appendTo(std::string& out) const;
    [[nodiscard]] std::string toString() const;
    // Writes at most maxTextBytes and returns the end.
    char* write(char* out) const;

    friend constexpr bool operator==(Decimal a, Decimal b) { return a.m_units == b.m_units; }
    friend constexpr std::strong_ordering operator<=>(Decimal a, Decimal b) { return a.m_units <=> b.m_units; }

private:
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

namespace detail {
inline constexpr std::array<std::uint64_t, Decimal::maxFractionDigits + 1> powersOfTen = {
    1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};

// Leaves `at` behind the digits. Of too many digits the value wraps: the caller has counted them.
inline std::uint64_t readDigits(const char*& at, const char* end)
{
    std::uint64_t value = 0;
    for (; at != end; ++at) {
        const unsigned digit = static_cast<unsigned char>(*at) - unsigned{'0'};
        if (digit > 9)
            break;
        value = value * 10 + digit;
    }
    return value;
}
} // namespace detail

// In the header because it is the inner loop of everything that comes in.
inline std::expected<Decimal::Scanned, DecimalFault> Decimal::scan(const char* begin, const char* end)
{
    constexpr std::ptrdiff_t wholeDigitsMax = 11;
    const char* at = begin;
    const std::uint64_t whole = detail::readDigits(at, end);
    const std::ptrdiff_t wholeDigits = at - begin;
    if (wholeDigits == 0 || (wholeDigits > 1 && *begin == '0'))
        return std::unexpected(DecimalFault::NotDecimal);
    if (wholeDigits > wholeDigitsMax)
        return std::unexpected(DecimalFault::DoesNotFit);

    std::ptrdiff_t fractionDigits = 0;
    std::uint64_t fraction = 0;
    if (at != end && *at == '.') {
        const char* const firstDigit = ++at;
        fraction = detail::readDigits(at, end);
        fractionDigits = at - firstDigit;
        if (fractionDigits == 0)
            return std::unexpected(DecimalFault::NotDecimal);
        if (fractionDigits > maxFractionDigits)
            return std::unexpected(DecimalFault::DoesNotFit);
        fraction *= detail::powersOfTen[static_cast<std::size_t>(maxFractionDigits - fractionDigits)];
    }
    const std::uint64_t units = whole * unitsPerOne + fraction; // below 2^64: 11 digits before the point
    if (units > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return std::unexpected(DecimalFault::DoesNotFit);
    return Scanned{Decimal(static_cast<std::int64_t>(units), static_cast<std::uint8_t>(fractionDigits)), at};
}

} // namespace obm

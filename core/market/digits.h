// Decimal digits, read and written several at a time.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace obm {

inline constexpr std::size_t maxUint64Digits = 20;

// Writes without leading zeros and returns the end; at most maxUint64Digits characters.
char* writeDigits(char* out, std::uint64_t value);
// Writes exactly `width` digits, leading zeros included, and returns the end.
char* writeDigits(char* out, std::uint64_t value, int width);

inline constexpr std::array<std::uint64_t, 9> powersOfTen = {1,       10,        100,        1'000,      10'000,
                                                             100'000, 1'000'000, 10'000'000, 100'000'000};

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Eight characters in one word, the first of them in the lowest byte. Why: no branch a digit. Numbers of changing
// lengths make a loop over their digits mispredict at each end.
inline constexpr int digitWordSize = 8;

namespace detail {
inline constexpr std::uint64_t everyByte = 0x0101010101010101;
}

// All eight have to be readable. The byte of a digit holds its value, any other 10 or more.
inline std::uint64_t digitValues(const char* text)
{
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t word = 0;
    std::memcpy(&word, text, sizeof word);
    return word ^ detail::everyByte * '0';
}

// The highest bit of each byte that is no digit: exact up to the first and, if that is ASCII, the second.
// (The addition carries out of bytes over 0x89 only.)
inline std::uint64_t nonDigits(std::uint64_t values)
{
    return ((values + detail::everyByte * (0x80 - 10)) | values) & detail::everyByte * 0x80;
}

// The number that eight digits write: of each two neighbours one of two digits, of those one, each times its power.
inline std::uint64_t numberOf(std::uint64_t values)
{
    constexpr std::uint64_t firstAndThird = 0x000000ff000000ff;
    const std::uint64_t pairs = values * 10 + (values >> 8); // in the even bytes
    const std::uint64_t sum = (pairs & firstAndThird) * (100 + (std::uint64_t{1'000'000} << 32)) +
                              (pairs >> 16 & firstAndThird) * (1 + (std::uint64_t{10'000} << 32));
    return sum >> 32;
}

// The same of the first `count` of them, 1 to 8: zeros in front change nothing.
inline std::uint64_t numberOf(std::uint64_t values, int count)
{
    return numberOf(values << 8 * (digitWordSize - count));
}

namespace detail {
// Each lane of `numbers` becomes two of `bits` bits: the quotient, and in front of it the rest, of a division by
// `base`.
constexpr std::uint64_t splitLanes(std::uint64_t numbers, std::uint64_t quotients, std::uint64_t base, int bits)
{
    return (numbers << bits) - quotients * ((base << bits) - 1);
}
} // namespace detail

// The way back, of a number below 10^8: its eight digits, zeros in front included. It is split in two numbers of four
// digits, those in two of two, those in digits, all at once; the divisions are multiplications exact in their range.
constexpr std::uint64_t digitsOf(std::uint32_t number)
{
    const std::uint64_t fours = detail::splitLanes(number, number / 10'000, 10'000, 32);
    const std::uint64_t hundreds = (fours * 5243 >> 19) & 0x0000007f0000007f;
    const std::uint64_t twos = detail::splitLanes(fours, hundreds, 100, 16);
    const std::uint64_t tens = (twos * 103 >> 10) & 0x000f000f000f000f;
    return detail::splitLanes(twos, tens, 10, 8);
}

// `text` has room for eight.
inline void writeDigitValues(char* text, std::uint64_t values)
{
    static_assert(std::endian::native == std::endian::little);
    const std::uint64_t word = values | detail::everyByte * '0';
    std::memcpy(text, &word, sizeof word);
}

} // namespace obm

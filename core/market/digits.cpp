#include "market/digits.h"

#include <array>
#include <cstring>

namespace obm {

namespace {

constexpr auto digitPairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i) {
        pairs[2 * i] = static_cast<char>('0' + i / 10);
        pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
}();

int digitCount(std::uint64_t value)
{
    int count = 1;
    for (; value >= 10'000; value /= 10'000)
        count += 4;
    return count + (value >= 10) + (value >= 100) + (value >= 1'000);
}

} // namespace

char* writeDigits(char* out, std::uint64_t value)
{
    return writeDigits(out, value, digitCount(value));
}

char* writeDigits(char* out, std::uint64_t value, int width)
{
    char* at = out + width;
    for (; at - out >= 2; value /= 100) {
        at -= 2;
        std::memcpy(at, &digitPairs[2 * (value % 100)], 2);
    }
    if (at != out)
        *out = static_cast<char>('0' + value % 10);
    return out + width;
}

} // namespace obm

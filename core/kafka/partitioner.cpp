#include "kafka/partitioner.h"

#include <cstddef>

namespace obm {
namespace {

std::uint32_t littleEndianWord(std::string_view bytes, std::size_t at)
{
    std::uint32_t word = 0;
    for (std::size_t i = 4; i-- > 0;)
        word = word << 8 | static_cast<unsigned char>(bytes[at + i]);
    return word;
}

} // namespace

std::uint32_t murmur2(std::string_view bytes)
{
    constexpr std::uint32_t seed = 0x9747b28c; // the Java client's
    constexpr std::uint32_t multiplier = 0x5bd1e995;
    constexpr int shift = 24;

    std::uint32_t hash = seed ^ static_cast<std::uint32_t>(bytes.size());
    std::size_t at = 0;
    for (; at + 4 <= bytes.size(); at += 4) {
        std::uint32_t word = littleEndianWord(bytes, at) * multiplier;
        word ^= word >> shift;
        hash = hash * multiplier ^ word * multiplier;
    }
    if (at < bytes.size()) {
        for (std::size_t i = bytes.size(); i-- > at;)
            hash ^= std::uint32_t{static_cast<unsigned char>(bytes[i])} << 8 * (i - at);
        hash *= multiplier;
    }
    hash ^= hash >> 13;
    hash *= multiplier;
    return hash ^ hash >> 15;
}

int partitionOf(std::string_view key, int partitionCount)
{
    return static_cast<int>((murmur2(key) & 0x7fffffffU) % static_cast<std::uint32_t>(partitionCount));
}

} // namespace obm

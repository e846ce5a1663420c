// Levels of a side put together to coarser prices: bids rounded down, asks up, so that grouped sides never cross.
// Why whole numbers: a price that floating point puts into the wrong group is a wrong book.
// Units: prices in Decimal units (1e-8). Thread: plain values.
#pragma once

#include "market/depth.h"

#include <cstdint>
#include <span>
#include <vector>

namespace obm {

enum class BookSide : std::uint8_t { Bid, Ask };

// The step of a market's prices, learned from the prices themselves: no depth message tells it. Every price is a
// multiple of it; it falls as more prices are seen, and rises never.
class TickSize
{
public:
    void see(std::span<const Level> levels);
    void reset() { *this = {}; }

    [[nodiscard]] std::int64_t units() const; // 1, 2 or 5 times a power of ten; 1 before any price was seen
    [[nodiscard]] int decimals() const { return m_decimals; } // most fraction digits of a price

private:
    std::int64_t m_divisor = 0; // greatest common divisor of all prices seen
    int m_decimals = 0;
};

// 1, 2, 5, 10, 20, 50, ... ticks.
inline constexpr int groupsMax = 16;
std::int64_t groupTicks(int index);

// Where a price goes: the multiple of `width` below it (bid) or above it (ask); the price itself if it is one.
// An ask whose group would lie over the largest price stays where it is.
std::int64_t groupedPrice(std::int64_t price, std::int64_t width, BookSide side);

} // namespace obm

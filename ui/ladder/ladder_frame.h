// What a ladder shows at one moment, row by row, ready to paint: the result of LadderLayout.
// Units: bars in thousandths of the column. Thread: a plain value.
#pragma once

#include "ui/ladder/amount.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace obm {

enum class LadderRowKind : std::uint8_t {
    Blank, // nothing is there: the book ends before
    Ask,
    Spread,
    Bid,
};

struct LadderRow
{
    LadderRowKind kind = LadderRowKind::Blank;
    Decimal price;
    Amount size = 0; // 0: held at a price where nothing is left
    Amount total = 0;
    std::uint16_t sizeBar = 0;
    std::uint16_t totalBar = 0;
    std::uint8_t flash = 0; // LadderFrame::flashSteps right after a change, then falling to 0
    bool isBest = false;

    bool operator==(const LadderRow&) const = default;
};

struct LadderFrame
{
    static constexpr int flashSteps = 4;
    static constexpr int barFull = 1000;

    std::vector<LadderRow> rows; // top of the screen first: asks, spread, bids
    AmountStyle sizeStyle;
    AmountStyle totalStyle;
    std::optional<Decimal> spread; // of the best prices, not of groups
    double spreadBasisPoints = 0;
    std::size_t rowsAbove = 0; // of the asks, out of sight
    std::size_t rowsBelow = 0; // of the bids
    bool isHeld = false;

    bool operator==(const LadderFrame&) const = default;
};

} // namespace obm

// One side of a book as a ladder shows it: levels grouped to rows, each with its size and the sum from the best price
// on. Sums are asked for by price, so that a row can stay at its price while the book moves under it.
// Units: prices in Decimal units; amounts as LadderUnits says. Thread: a plain value.
#pragma once

#include "ui/ladder/amount.h"
#include "ui/ladder/price_grouping.h"

#include <cstddef>
#include <span>
#include <vector>

namespace obm {

struct DepthRow
{
    Decimal price;
    Amount size = 0;
    Amount total = 0; // of this row and all better ones
};

class LadderSide
{
public:
    explicit LadderSide(BookSide side)
        : m_side(side)
    {}

    // Levels best first. `width`: of a group of prices, in Decimal units; `decimals`: of the text of a grouped price.
    void assign(std::span<const Level> levels, std::int64_t width, int decimals, LadderUnits units);
    // Every level a row of its own, prices with the text that they came with.
    void assign(std::span<const Level> levels, LadderUnits units);
    void clear();

    [[nodiscard]] BookSide side() const { return m_side; }
    [[nodiscard]] const std::vector<DepthRow>& rows() const { return m_rows; } // best first
    [[nodiscard]] int quantityDecimals() const { return m_quantityDecimals; }

    [[nodiscard]] bool isBetter(Decimal a, Decimal b) const { return m_side == BookSide::Bid ? a > b : a < b; }
    // The first row that is not better than this price; rows().size() if there is none.
    [[nodiscard]] std::size_t rowAt(Decimal price) const;
    // The sum of all rows at this price or better.
    [[nodiscard]] Amount totalThrough(Decimal price) const;

private:
    void add(Decimal price, const Level& level, LadderUnits units);

    BookSide m_side;
    std::vector<DepthRow> m_rows;
    int m_quantityDecimals = 0;
};

} // namespace obm

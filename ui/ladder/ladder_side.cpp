#include "ui/ladder/ladder_side.h"

#include <algorithm>

namespace obm {

void LadderSide::assign(std::span<const Level> levels, std::int64_t width, int decimals, LadderUnits units)
{
    clear();
    for (const Level& level : levels) {
        const std::int64_t price = groupedPrice(level.price.units(), width, m_side);
        add(Decimal::fromParts(price, static_cast<std::uint8_t>(decimals)), level, units);
    }
}

void LadderSide::assign(std::span<const Level> levels, LadderUnits units)
{
    clear();
    for (const Level& level : levels)
        add(level.price, level, units);
}

void LadderSide::add(Decimal price, const Level& level, LadderUnits units)
{
    const Amount size = amountOf(level.price, level.quantity, units);
    m_quantityDecimals = std::max(m_quantityDecimals, level.quantity.fractionDigits());
    if (!m_rows.empty() && m_rows.back().price == price) {
        DepthRow& row = m_rows.back();
        row.size = addAmounts(row.size, size);
        row.total = addAmounts(row.total, size);
    } else {
        m_rows.push_back({price, size, addAmounts(m_rows.empty() ? 0 : m_rows.back().total, size)});
    }
}

void LadderSide::clear()
{
    m_rows.clear();
    m_quantityDecimals = 0;
}

std::size_t LadderSide::rowAt(Decimal price) const
{
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), price,
                                        [this](const DepthRow& row, Decimal p) { return isBetter(row.price, p); });
    return static_cast<std::size_t>(found - m_rows.begin());
}

Amount LadderSide::totalThrough(Decimal price) const
{
    const std::size_t at = rowAt(price);
    if (at < m_rows.size() && m_rows[at].price == price)
        return m_rows[at].total;
    return at == 0 ? 0 : m_rows[at - 1].total;
}

} // namespace obm

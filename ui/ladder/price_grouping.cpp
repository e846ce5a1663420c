#include "ui/ladder/price_grouping.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace obm {

void TickSize::see(std::span<const Level> levels)
{
    for (const Level& level : levels) {
        const std::int64_t price = level.price.units();
        m_decimals = std::max(m_decimals, level.price.fractionDigits());
        if (m_divisor == 0 || price % m_divisor != 0)
            m_divisor = std::gcd(m_divisor, price);
    }
}

std::int64_t TickSize::units() const
{
    std::int64_t power = 1;
    while (m_divisor != 0 && m_divisor % (power * 10) == 0 && power <= std::numeric_limits<std::int64_t>::max() / 100)
        power *= 10;
    for (const std::int64_t step : {5, 2}) {
        if (m_divisor != 0 && m_divisor % (power * step) == 0)
            return power * step;
    }
    return power;
}

std::int64_t groupTicks(int index)
{
    static constexpr std::array<std::int64_t, 3> steps{1, 2, 5};
    std::int64_t ticks = steps[static_cast<std::size_t>(index % 3)];
    for (int i = 0; i < index / 3; ++i)
        ticks *= 10;
    return ticks;
}

std::int64_t groupedPrice(std::int64_t price, std::int64_t width, BookSide side)
{
    const std::int64_t over = price % width;
    if (over == 0)
        return price;
    if (side == BookSide::Bid)
        return price - over;
    return price - over > std::numeric_limits<std::int64_t>::max() - width ? price : price - over + width;
}

} // namespace obm

#include "ui/ladder/change_flash.h"

#include <algorithm>

namespace obm {

void ChangeFlash::mark(BookSide side, Decimal price, std::int64_t nowMs)
{
    const auto known = std::ranges::find_if(m_marks, [&](const Mark& m) { return m.side == side && m.price == price; });
    if (known != m_marks.end())
        known->atMs = nowMs;
    else
        m_marks.push_back({side, price, nowMs});
}

void ChangeFlash::forgetOld(std::int64_t nowMs)
{
    std::erase_if(m_marks, [nowMs](const Mark& mark) { return nowMs - mark.atMs >= durationMs; });
}

std::uint8_t ChangeFlash::step(BookSide side, Decimal price, std::int64_t nowMs) const
{
    constexpr std::int64_t stepMs = durationMs / LadderFrame::flashSteps;
    for (const Mark& mark : m_marks) {
        if (mark.side == side && mark.price == price)
            return static_cast<std::uint8_t>(
                std::max<std::int64_t>(0, LadderFrame::flashSteps - (nowMs - mark.atMs) / stepMs));
    }
    return 0;
}

} // namespace obm

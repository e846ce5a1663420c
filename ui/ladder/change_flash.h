// Which prices changed a moment ago: their rows light up and fade.
// Units: ms of a steady clock, passed in. Thread: a plain value.
#pragma once

#include "ui/ladder/ladder_frame.h"
#include "ui/ladder/price_grouping.h"

#include <cstdint>
#include <vector>

namespace obm {

class ChangeFlash
{
public:
    static constexpr std::int64_t durationMs = 400;

    void mark(BookSide side, Decimal price, std::int64_t nowMs);
    void clear() { m_marks.clear(); }
    void forgetOld(std::int64_t nowMs);

    // LadderFrame::flashSteps down to 0.
    [[nodiscard]] std::uint8_t step(BookSide side, Decimal price, std::int64_t nowMs) const;
    [[nodiscard]] bool isActive() const { return !m_marks.empty(); }

private:
    struct Mark
    {
        BookSide side;
        Decimal price;
        std::int64_t atMs;
    };

    std::vector<Mark> m_marks; // as many as rows are on screen
};

} // namespace obm

// Turns a book into the rows of a ladder: asks above, bids below, the spread between, of which a window of some rows
// is on screen. Pure: it neither paints nor reads a clock.
//
// Where the window stands: centred on the spread; or, when somebody scrolled, at the price in its middle; or held
// still while the pointer is over it. Held, every row keeps its price, and what comes between two rows is counted in
// the worse of them (bids rounded down, asks up, as in grouping): the sums stay right while nothing moves. When the
// best price leaves the rows that are held, they are let go: a ladder that no longer shows the market is of no use.
//
// Units: prices in Decimal units; ms of a steady clock, passed in. Thread: that of its owner.
#pragma once

#include "book/book_view.h"
#include "ui/ladder/change_flash.h"
#include "ui/ladder/ladder_frame.h"
#include "ui/ladder/ladder_side.h"
#include "ui/ladder/steady_scale.h"

#include <memory>
#include <optional>

namespace obm {

class LadderLayout
{
public:
    // Null, or a book that is not live: an empty ladder.
    void setBook(std::shared_ptr<const BookView> book);
    void setGroup(std::int64_t ticks);
    void setUnits(LadderUnits units);
    void setWindow(int rows); // the spread's row included
    void setCentred(bool centred);
    void setHeld(bool held);
    void scrollTo(int top); // the row at the top of the window; ends centring

    // True if the frame is another one than before.
    bool update(std::int64_t nowMs);
    [[nodiscard]] const LadderFrame& frame() const { return m_frame; }

    // Rows count from the spread: 0 it, -1 the best ask, 1 the best bid.
    [[nodiscard]] int top() const { return m_top; }
    [[nodiscard]] int topMin() const;
    [[nodiscard]] int topMax() const;
    [[nodiscard]] bool isCentred() const { return m_isCentred; }
    [[nodiscard]] std::int64_t group() const { return m_group; }
    [[nodiscard]] LadderUnits units() const { return m_units; }
    [[nodiscard]] const TickSize& tick() const { return m_tick; }
    [[nodiscard]] const LadderSide& bids() const { return m_now.bids; }
    [[nodiscard]] const LadderSide& asks() const { return m_now.asks; }
    [[nodiscard]] bool isEmpty() const { return m_now.isEmpty(); }
    [[nodiscard]] const std::shared_ptr<const BookView>& book() const { return m_book; }

private:
    struct Sides
    {
        LadderSide bids{BookSide::Bid};
        LadderSide asks{BookSide::Ask};

        [[nodiscard]] const LadderSide& of(LadderRowKind kind) const
        {
            return kind == LadderRowKind::Bid ? bids : asks;
        }
        [[nodiscard]] bool isEmpty() const { return bids.rows().empty() && asks.rows().empty(); }
    };
    struct Slot // a row's place: its price, and where the row before it ends
    {
        LadderRowKind kind = LadderRowKind::Blank;
        Decimal price;
        std::optional<Decimal> better; // none: all better levels belong to this row

        [[nodiscard]] Amount sizeIn(const LadderSide& side) const;
    };

    void rebuild();
    void assign(LadderSide& side, const std::vector<Level>& levels) const;
    void placeWindow();
    [[nodiscard]] Slot slotAt(int row) const;
    [[nodiscard]] std::vector<Slot> slotsInWindow() const;
    void forgetLook();
    [[nodiscard]] bool heldRowsShowTheMarket() const;
    void markChanges(const std::vector<Slot>& slots, std::int64_t nowMs);
    void fillFrame(const std::vector<Slot>& slots, std::int64_t nowMs);
    [[nodiscard]] LadderRow rowOf(const Slot& slot, std::int64_t nowMs) const;
    void fillBars(std::int64_t nowMs);
    void fillSpread();
    [[nodiscard]] int centredTop() const { return -(m_window / 2); }

    std::shared_ptr<const BookView> m_book;
    std::int64_t m_group = 1;
    LadderUnits m_units = LadderUnits::Base;
    int m_window = 21;
    bool m_isCentred = true;
    bool m_isHeld = false;
    int m_top = -10;

    TickSize m_tick;
    Sides m_now;
    Sides m_before;                // the book before, to see what changed
    bool m_isComparable = false;   // m_before is of the same symbol, grouping and units
    bool m_isBookNew = false;      // since the last update()
    bool m_isLayoutStale = true;   // window, grouping, units or hold changed
    Slot m_anchor;                 // what stood in the middle when somebody scrolled
    std::vector<Slot> m_heldSlots; // empty: nothing is held
    ChangeFlash m_flash;
    SteadyScale m_sizeScale;
    SteadyScale m_totalScale;
    int m_quantityDecimals = 0; // most that were seen
    LadderFrame m_frame;
};

} // namespace obm

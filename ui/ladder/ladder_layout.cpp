#include "ui/ladder/ladder_layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace obm {

namespace {

constexpr int quoteDecimals = 2;

bool isShown(const std::shared_ptr<const BookView>& book)
{
    return book && book->state == SyncState::Live;
}

std::uint16_t barOf(Amount amount, double scale)
{
    const double share = static_cast<double>(amount) / scale;
    return static_cast<std::uint16_t>(std::lround(std::clamp(share, 0.0, 1.0) * LadderFrame::barFull));
}

} // namespace

Amount LadderLayout::Slot::sizeIn(const LadderSide& side) const
{
    return side.totalThrough(price) - (better ? side.totalThrough(*better) : 0);
}

void LadderLayout::setBook(std::shared_ptr<const BookView> book)
{
    if (book == m_book)
        return;
    const bool isOther = !book || !m_book || book->symbol != m_book->symbol;
    if (book && m_book && isOther)
        m_tick.reset();
    m_isComparable = !isOther && isShown(book) && isShown(m_book);
    m_book = std::move(book);
    if (isOther || !isShown(m_book))
        forgetLook();
    std::swap(m_before, m_now);
    rebuild();
    m_isBookNew = true;
}

void LadderLayout::forgetLook()
{
    m_heldSlots.clear();
    m_flash.clear();
    m_sizeScale.reset();
    m_totalScale.reset();
    m_quantityDecimals = 0;
}

void LadderLayout::setGroup(std::int64_t ticks)
{
    if (ticks == m_group)
        return;
    m_group = ticks;
    forgetLook();
    rebuild();
    m_isComparable = false;
    m_isLayoutStale = true;
}

void LadderLayout::setUnits(LadderUnits units)
{
    if (units == m_units)
        return;
    m_units = units;
    forgetLook();
    rebuild();
    m_isComparable = false;
    m_isLayoutStale = true;
}

void LadderLayout::setWindow(int rows)
{
    if (rows == m_window)
        return;
    m_window = std::max(1, rows);
    m_heldSlots.clear();
    m_isLayoutStale = true;
}

void LadderLayout::setCentred(bool centred)
{
    if (centred != m_isCentred || centred) {
        m_isCentred = centred;
        m_heldSlots.clear();
        m_anchor = slotAt(m_top + m_window / 2);
        m_isLayoutStale = true;
    }
}

void LadderLayout::setHeld(bool held)
{
    if (held == m_isHeld)
        return;
    m_isHeld = held;
    m_heldSlots.clear();
    if (held && !m_now.isEmpty())
        m_heldSlots = slotsInWindow();
    m_isLayoutStale = true;
}

void LadderLayout::scrollTo(int top)
{
    m_top = std::clamp(top, topMin(), topMax());
    m_isCentred = false;
    m_heldSlots.clear();
    m_anchor = slotAt(m_top + m_window / 2);
    m_isLayoutStale = true;
}

int LadderLayout::topMin() const
{
    return std::min(-static_cast<int>(asks().rows().size()), centredTop());
}

int LadderLayout::topMax() const
{
    return std::max(static_cast<int>(bids().rows().size()) - m_window + 1, centredTop());
}

void LadderLayout::rebuild()
{
    m_now.bids.clear();
    m_now.asks.clear();
    if (!isShown(m_book))
        return;
    m_tick.see(m_book->bids);
    m_tick.see(m_book->asks);
    assign(m_now.bids, m_book->bids);
    assign(m_now.asks, m_book->asks);
    m_quantityDecimals = std::max({m_quantityDecimals, m_now.bids.quantityDecimals(), m_now.asks.quantityDecimals()});
}

void LadderLayout::assign(LadderSide& side, const std::vector<Level>& levels) const
{
    if (m_group == 1)
        side.assign(levels, m_units);
    else
        side.assign(levels, m_tick.units() * m_group, m_tick.decimals(), m_units);
}

bool LadderLayout::update(std::int64_t nowMs)
{
    if (!m_isBookNew && !m_isLayoutStale && !m_flash.isActive())
        return false;
    if (!m_heldSlots.empty() && !heldRowsShowTheMarket())
        m_heldSlots.clear();
    const bool isStill = !m_heldSlots.empty();
    if (!isStill)
        placeWindow();
    const std::vector<Slot> slots = isStill ? m_heldSlots : slotsInWindow();
    if (m_isHeld && !isStill && !m_now.isEmpty())
        m_heldSlots = slots;
    if (m_isBookNew && m_isComparable)
        markChanges(slots, nowMs);
    m_isBookNew = false;
    m_isLayoutStale = false;
    LadderFrame last = m_frame;
    fillFrame(slots, nowMs);
    m_flash.forgetOld(nowMs);
    return m_frame != last;
}

void LadderLayout::placeWindow()
{
    if (m_isCentred) {
        m_top = centredTop();
        return;
    }
    const int half = m_window / 2;
    if (m_anchor.kind == LadderRowKind::Bid)
        m_top = static_cast<int>(bids().rowAt(m_anchor.price)) + 1 - half;
    else if (m_anchor.kind == LadderRowKind::Ask)
        m_top = -static_cast<int>(asks().rowAt(m_anchor.price)) - 1 - half;
    if (!m_now.isEmpty())
        m_top = std::clamp(m_top, topMin(), topMax());
}

LadderLayout::Slot LadderLayout::slotAt(int row) const
{
    if (row == 0)
        return {.kind = LadderRowKind::Spread, .price = {}, .better = {}};
    const LadderRowKind kind = row < 0 ? LadderRowKind::Ask : LadderRowKind::Bid;
    const std::vector<DepthRow>& rows = m_now.of(kind).rows();
    const auto index = static_cast<std::size_t>(std::abs(row) - 1);
    if (index >= rows.size())
        return {};
    const auto better = index == 0 ? std::nullopt : std::optional(rows[index - 1].price);
    return {.kind = kind, .price = rows[index].price, .better = better};
}

std::vector<LadderLayout::Slot> LadderLayout::slotsInWindow() const
{
    std::vector<Slot> slots;
    slots.reserve(static_cast<std::size_t>(m_window));
    for (int row = m_top; row < m_top + m_window; ++row)
        slots.push_back(slotAt(row));
    return slots;
}

bool LadderLayout::heldRowsShowTheMarket() const
{
    const auto worstBid = std::ranges::find(m_heldSlots.rbegin(), m_heldSlots.rend(), LadderRowKind::Bid, &Slot::kind);
    const auto worstAsk = std::ranges::find(m_heldSlots, LadderRowKind::Ask, &Slot::kind);
    const bool bidGone =
        worstBid != m_heldSlots.rend() && !bids().rows().empty() && bids().rows().front().price < worstBid->price;
    const bool askGone =
        worstAsk != m_heldSlots.end() && !asks().rows().empty() && asks().rows().front().price > worstAsk->price;
    return !m_now.isEmpty() && !bidGone && !askGone;
}

void LadderLayout::markChanges(const std::vector<Slot>& slots, std::int64_t nowMs)
{
    for (const Slot& slot : slots) {
        const bool hasLevels = slot.kind == LadderRowKind::Bid || slot.kind == LadderRowKind::Ask;
        if (hasLevels && slot.sizeIn(m_before.of(slot.kind)) != slot.sizeIn(m_now.of(slot.kind)))
            m_flash.mark(m_now.of(slot.kind).side(), slot.price, nowMs);
    }
}

void LadderLayout::fillFrame(const std::vector<Slot>& slots, std::int64_t nowMs)
{
    m_frame.rows.clear();
    for (const Slot& slot : slots)
        m_frame.rows.push_back(rowOf(slot, nowMs));
    m_frame.isHeld = !m_heldSlots.empty();
    m_frame.rowsAbove = static_cast<std::size_t>(std::max(0, m_top + static_cast<int>(asks().rows().size())));
    m_frame.rowsBelow =
        static_cast<std::size_t>(std::max(0, static_cast<int>(bids().rows().size()) - m_top - m_window + 1));
    fillBars(nowMs);
    fillSpread();
}

LadderRow LadderLayout::rowOf(const Slot& slot, std::int64_t nowMs) const
{
    LadderRow row;
    row.kind = slot.kind;
    if (slot.kind != LadderRowKind::Bid && slot.kind != LadderRowKind::Ask)
        return row;
    const LadderSide& side = m_now.of(slot.kind);
    row.price = slot.price;
    row.size = slot.sizeIn(side);
    row.total = side.totalThrough(slot.price);
    row.isBest = row.size > 0 && row.size == row.total;
    row.flash = m_flash.step(side.side(), slot.price, nowMs);
    return row;
}

void LadderLayout::fillBars(std::int64_t nowMs)
{
    Amount size = 0;
    Amount total = 0;
    for (const LadderRow& row : m_frame.rows) {
        size = std::max(size, row.size);
        total = std::max(total, row.total);
    }
    const double sizeScale = m_sizeScale.update(static_cast<double>(size), nowMs);
    const double totalScale = m_totalScale.update(static_cast<double>(total), nowMs);
    for (LadderRow& row : m_frame.rows) {
        row.sizeBar = barOf(row.size, sizeScale);
        row.totalBar = barOf(row.total, totalScale);
    }
    const int decimals = m_units == LadderUnits::Base ? m_quantityDecimals : quoteDecimals;
    m_frame.sizeStyle = styleFor(amountNear(sizeScale), m_units, decimals);
    m_frame.totalStyle = styleFor(amountNear(totalScale), m_units, decimals);
}

void LadderLayout::fillSpread()
{
    m_frame.spread.reset();
    if (!isShown(m_book) || m_book->bids.empty() || m_book->asks.empty())
        return;
    const Decimal bid = m_book->bids.front().price;
    const Decimal ask = m_book->asks.front().price;
    const int digits = std::max(bid.fractionDigits(), ask.fractionDigits());
    const std::int64_t units = std::max<std::int64_t>(0, ask.units() - bid.units());
    m_frame.spread = Decimal::fromParts(units, static_cast<std::uint8_t>(digits));
    const double mid = (static_cast<double>(ask.units()) + static_cast<double>(bid.units())) / 2;
    m_frame.spreadBasisPoints = mid > 0 ? static_cast<double>(units) / mid * 1e4 : 0;
}

} // namespace obm

#include "concurrent/pace.h"

#include <algorithm>

namespace obm {

void Pace::markChanged(Id id, std::int64_t nowMs)
{
    if (id >= m_items.size())
        m_items.resize(id + 1);
    const Item& item = m_items[id];
    if (!item.waiting)
        enqueue(id, item.lastMs ? std::max(nowMs, *item.lastMs + m_intervalMs) : nowMs);
}

void Pace::takeDue(std::int64_t nowMs, std::size_t max, std::vector<Id>& due)
{
    for (std::size_t taken = 0; taken < max; ++taken) {
        const auto id = takeDue(nowMs);
        if (!id)
            return;
        due.push_back(*id);
    }
}

std::optional<Pace::Id> Pace::takeDue(std::int64_t nowMs)
{
    dropVoid();
    if (m_turns.empty() || m_turns.top().dueMs > nowMs)
        return std::nullopt;
    const Id id = m_turns.top().id;
    m_turns.pop();
    m_items[id].waiting = false;
    m_items[id].lastMs = nowMs;
    --m_waiting;
    return id;
}

void Pace::giveBack(Id id)
{
    forget(id);
    m_items[id].lastMs.reset();
    enqueue(id, 0);
}

void Pace::forget(Id id)
{
    if (id >= m_items.size() || !m_items[id].waiting)
        return;
    m_items[id].waiting = false;
    ++m_items[id].turn;
    --m_waiting;
}

std::optional<std::int64_t> Pace::nextDueMs() const
{
    dropVoid();
    return m_turns.empty() ? std::nullopt : std::optional(m_turns.top().dueMs);
}

void Pace::enqueue(Id id, std::int64_t dueMs)
{
    Item& item = m_items[id];
    item.waiting = true;
    ++m_waiting;
    m_turns.push({dueMs, id, ++item.turn});
}

void Pace::dropVoid() const
{
    while (!m_turns.empty()) {
        const Item& item = m_items[m_turns.top().id];
        if (item.waiting && item.turn == m_turns.top().turn)
            return;
        m_turns.pop();
    }
}

} // namespace obm

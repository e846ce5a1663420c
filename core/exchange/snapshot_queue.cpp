#include "exchange/snapshot_queue.h"

#include <limits>
#include <utility>

namespace obm {

void SnapshotQueue::add(const std::string& symbol, int priority)
{
    const auto found = m_entries.find(symbol);
    if (found == m_entries.end())
        return insertReady(symbol, priority, ++m_lastTicket);
    Entry& entry = found->second;
    if (priority <= entry.priority)
        return;
    if (!entry.notBeforeMs) {
        m_ready.erase({-entry.priority, entry.ticket});
        insertReady(symbol, priority, entry.ticket);
    }
    entry.priority = priority;
}

void SnapshotQueue::addLater(const std::string& symbol, int priority, std::int64_t notBeforeMs)
{
    remove(symbol);
    const Entry entry{priority, ++m_lastTicket, notBeforeMs};
    m_later.emplace(LaterKey{notBeforeMs, entry.ticket}, symbol);
    m_entries.emplace(symbol, entry);
}

void SnapshotQueue::remove(const std::string& symbol)
{
    const auto found = m_entries.find(symbol);
    if (found == m_entries.end())
        return;
    const Entry& entry = found->second;
    if (entry.notBeforeMs)
        m_later.erase({*entry.notBeforeMs, entry.ticket});
    else
        m_ready.erase({-entry.priority, entry.ticket});
    m_entries.erase(found);
}

void SnapshotQueue::wakeAll()
{
    wake(std::numeric_limits<std::int64_t>::max());
}

std::optional<SnapshotQueue::Turn> SnapshotQueue::take(std::int64_t nowMs)
{
    wake(nowMs);
    if (m_ready.empty())
        return std::nullopt;
    const auto first = m_ready.begin();
    Turn turn{first->second, -first->first.negatedPriority};
    m_entries.erase(turn.symbol);
    m_ready.erase(first);
    return turn;
}

std::optional<std::int64_t> SnapshotQueue::nextMs(std::int64_t nowMs)
{
    wake(nowMs);
    if (!m_ready.empty())
        return nowMs;
    if (m_later.empty())
        return std::nullopt;
    return m_later.begin()->first.notBeforeMs;
}

std::vector<SnapshotQueue::Waiting> SnapshotQueue::inOrder() const
{
    std::vector<Waiting> all;
    all.reserve(size());
    for (const auto& [key, symbol] : m_ready)
        all.push_back({symbol, 0});
    for (const auto& [key, symbol] : m_later)
        all.push_back({symbol, key.notBeforeMs});
    return all;
}

void SnapshotQueue::insertReady(const std::string& symbol, int priority, std::uint64_t ticket)
{
    m_ready.emplace(ReadyKey{-priority, ticket}, symbol);
    m_entries[symbol] = {priority, ticket, std::nullopt};
}

void SnapshotQueue::wake(std::int64_t nowMs)
{
    while (!m_later.empty() && m_later.begin()->first.notBeforeMs <= nowMs) {
        const std::string symbol = std::move(m_later.begin()->second);
        m_later.erase(m_later.begin());
        insertReady(symbol, m_entries[symbol].priority, ++m_lastTicket);
    }
}

} // namespace obm

// When each of many items may be handed on: at once when its last turn is an interval ago, otherwise as soon as it is.
// Why: the newest state of a symbol must reach Redis within live_interval_ms of being applied, also the last one of a
// burst, and no symbol may be written more often. Holds ids only; the state itself is the caller's newest.
// Pure: time (any monotonic ms) is an argument. Thread: its owner's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

namespace obm {

class Pace
{
public:
    using Id = std::uint32_t; // small and dense: an index

    explicit Pace(std::int64_t intervalMs)
        : m_intervalMs(intervalMs)
    {}

    void markChanged(Id id, std::int64_t nowMs);
    // Whose turn it is, the longest due first; it counts as handed on at nowMs.
    [[nodiscard]] std::optional<Id> takeDue(std::int64_t nowMs);
    // The same of at most `max` ids, which are appended.
    void takeDue(std::int64_t nowMs, std::size_t max, std::vector<Id>& due);
    // The hand-over of `id` failed, or cannot wait: its turn comes at once. Only for an id that was marked before.
    void giveBack(Id id);
    void forget(Id id); // until it changes again
    [[nodiscard]] std::optional<std::int64_t> nextDueMs() const;
    [[nodiscard]] std::size_t waiting() const { return m_waiting; }

private:
    struct Item
    {
        std::optional<std::int64_t> lastMs;
        bool waiting = false;
        std::uint32_t turn = 0; // a queue entry of an older turn is void
    };
    struct Turn
    {
        std::int64_t dueMs;
        Id id;
        std::uint32_t turn;
        bool operator>(const Turn& other) const { return dueMs > other.dueMs; }
    };

    void enqueue(Id id, std::int64_t dueMs);
    void dropVoid() const;

    std::int64_t m_intervalMs;
    std::size_t m_waiting = 0;
    std::vector<Item> m_items;
    mutable std::priority_queue<Turn, std::vector<Turn>, std::greater<>> m_turns;
};

} // namespace obm

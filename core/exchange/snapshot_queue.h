// Who is asked next: higher priority first, first come first served inside one; a failed symbol waits for its retry
// time and then queues at the end of its priority. Thread: plain value, time as argument (UTC ms, as in the weight
// budget).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace obm {

class SnapshotQueue
{
public:
    // Nothing changes for a symbol that waits already, except that its priority may rise.
    void add(const std::string& symbol, int priority);
    void addLater(const std::string& symbol, int priority, std::int64_t notBeforeMs);
    void remove(const std::string& symbol);
    void wakeAll(); // nobody's retry is waited for any longer

    struct Turn
    {
        std::string symbol;
        int priority = 0;
    };
    std::optional<Turn> take(std::int64_t nowMs);
    // When take() may have one: `nowMs` or a retry time; nothing when the queue is empty.
    std::optional<std::int64_t> nextMs(std::int64_t nowMs);

    struct Waiting
    {
        std::string symbol;
        std::int64_t notBeforeMs = 0;
    };
    // All of them in the order of their turns as it is now: those that wait for their retry come after those that are
    // ready.
    [[nodiscard]] std::vector<Waiting> inOrder() const;
    [[nodiscard]] std::size_t size() const { return m_ready.size() + m_later.size(); }

private:
    struct ReadyKey
    {
        int negatedPriority = 0;
        std::uint64_t ticket = 0;
        auto operator<=>(const ReadyKey&) const = default;
    };
    struct LaterKey
    {
        std::int64_t notBeforeMs = 0;
        std::uint64_t ticket = 0;
        auto operator<=>(const LaterKey&) const = default;
    };
    struct Entry
    {
        int priority = 0;
        std::uint64_t ticket = 0;
        std::optional<std::int64_t> notBeforeMs; // set: in m_later
    };

    void insertReady(const std::string& symbol, int priority, std::uint64_t ticket);
    void wake(std::int64_t nowMs);

    std::map<ReadyKey, std::string> m_ready;
    std::map<LaterKey, std::string> m_later;
    std::unordered_map<std::string, Entry> m_entries;
    std::uint64_t m_lastTicket = 0;
};

} // namespace obm

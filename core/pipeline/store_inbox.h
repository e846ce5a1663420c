// What the book stage hands to the store stage: the newest state of each symbol, and who owns what.
// Conflating: a state that was not fetched yet is replaced by a newer one, so that a slow Redis costs nothing but age.
// Whole books are large: those that wait have a limit in bytes, and who makes them asks for room first.
// A store that finds Redis without what it gave it asks for everything again.
// A released symbol's states go at once: nothing of it is written after a revoke.
// Thread: put by obm-book, taken by obm-store; the lock covers moves of a few strings. One wakeup a batch, to either.
#pragma once

#include "book/book_json.h"
#include "book/book_set.h"
#include "concurrent/wakeup.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace obm {

struct OwnershipChange
{
    enum class Kind { Claim, Release, Remove };
    Kind kind;
    std::vector<std::string> symbols;
};

struct SymbolStamp
{
    std::string symbol;
    StatusStamp stamp; // its owner is filled in by whoever knows the epoch
};

struct StoreDelivery
{
    std::vector<OwnershipChange> changes; // in order, and before the states
    std::vector<BookText> live;
    std::vector<BookText> full;
    std::vector<SymbolStamp> stamps;
};

class StoreInbox
{
public:
    static constexpr std::size_t fullBytesMax = 4 * 1024 * 1024;

    explicit StoreInbox(std::size_t fullBytesLimit = fullBytesMax)
        : m_fullBytesLimit(fullBytesLimit)
    {}

    void change(OwnershipChange::Kind kind, std::vector<std::string> symbols); // wakes
    void putLive(BookText text) { put(m_live, std::move(text)); }
    void putFull(BookText text) { put(m_full, std::move(text)); }
    void putStamps(std::vector<SymbolStamp> stamps); // of all symbols kept; wakes
    void wake() { m_wakeup.notify(); }               // after a batch of puts

    // Of the whole books those that wait longest, at most so many bytes, at least one unless it is 0.
    [[nodiscard]] StoreDelivery take(std::size_t fullBytes = std::numeric_limits<std::size_t>::max());
    [[nodiscard]] bool hasFull();          // some were left
    [[nodiscard]] std::size_t fullBytes(); // of those that wait
    [[nodiscard]] int fileDescriptor() const { return m_wakeup.fileDescriptor(); }

    // For another whole book. After a no the second descriptor wakes as soon as there is.
    [[nodiscard]] bool hasRoom();
    // Every newest state once more, please. The second descriptor wakes.
    void wantAll();
    [[nodiscard]] bool takeAllWanted() { return m_isAllWanted.exchange(false); }
    void acknowledgeWish() { m_wishWakeup.acknowledge(); }
    [[nodiscard]] int wishFileDescriptor() const { return m_wishWakeup.fileDescriptor(); }

private:
    using Symbols = std::unordered_set<std::string_view>;
    struct Newest
    {
        std::vector<BookText> texts;
        std::unordered_map<BookId, std::size_t> places;
        std::size_t bytes = 0;
    };

    void put(Newest& newest, BookText text);
    static void drop(Newest& newest, const Symbols& symbols);
    static void index(Newest& newest);
    static std::vector<BookText> takeFirst(Newest& newest, std::size_t bytesMax);
    void tellRoom(); // with the lock

    std::size_t m_fullBytesLimit;
    std::mutex m_mutex;
    std::vector<OwnershipChange> m_changes;
    Newest m_live;
    Newest m_full;
    std::vector<SymbolStamp> m_stamps;
    bool m_isRoomWanted = false;
    std::atomic<bool> m_isAllWanted = false;
    Wakeup m_wakeup;
    Wakeup m_wishWakeup;
};

} // namespace obm

// What the book stage hands to the store stage: the newest state of each symbol, and who owns what.
// Conflating: a state that was not fetched yet is replaced by a newer one, so that a slow Redis costs nothing but age.
// A released symbol's states go at once: nothing of it is written after a revoke.
// Thread: put by obm-book, taken by obm-store; the lock covers moves of a few strings. One wakeup a batch.
#pragma once

#include "book/book_json.h"
#include "book/book_set.h"
#include "concurrent/wakeup.h"

#include <cstdint>
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
    void change(OwnershipChange::Kind kind, std::vector<std::string> symbols); // wakes
    void putLive(BookText text) { put(m_live, std::move(text)); }
    void putFull(BookText text) { put(m_full, std::move(text)); }
    void putStamps(std::vector<SymbolStamp> stamps); // of all symbols kept; wakes
    void wake() { m_wakeup.notify(); }               // after a batch of puts

    [[nodiscard]] StoreDelivery take();
    [[nodiscard]] int fileDescriptor() const { return m_wakeup.fileDescriptor(); }

private:
    using Symbols = std::unordered_set<std::string_view>;
    struct Newest
    {
        std::vector<BookText> texts;
        std::unordered_map<BookId, std::size_t> places;
    };

    void put(Newest& newest, BookText text);
    static void drop(Newest& newest, const Symbols& symbols);

    std::mutex m_mutex;
    std::vector<OwnershipChange> m_changes;
    Newest m_live;
    Newest m_full;
    std::vector<SymbolStamp> m_stamps;
    Wakeup m_wakeup;
};

} // namespace obm

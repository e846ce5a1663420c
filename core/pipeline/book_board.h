// The books that somebody looks at: a reader names symbols, the book stage keeps a fresh view of each here, and the
// newest texts that it published of them, by which what Redis returns is compared with the book as it was at that u.
// Why by name: copying every book for nobody would cost more than keeping it.
// Thread: any; the lock covers pointer copies, and the move of a text.
#pragma once

#include "book/book_set.h"
#include "book/book_view.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace obm {

// A live field as it was published, whether Redis got it or a newer one.
struct BookTop
{
    std::int64_t lastId = 0;
    std::int64_t appliedUs = 0; // steady
    std::string json;
};

class BookBoard
{
public:
    static constexpr int refreshMs = 16;        // no screen shows more
    static constexpr std::size_t topsKept = 64; // of each symbol: seconds, while Redis is some ms behind

    // Replaces what is watched; levels of each side.
    void watch(std::map<std::string, std::size_t> levelsBySymbol)
    {
        const std::lock_guard lock(m_mutex);
        m_watched = std::move(levelsBySymbol);
        const auto isUnwatched = [&](const auto& item) { return !m_watched.contains(item.first); };
        std::erase_if(m_views, isUnwatched);
        std::erase_if(m_tops, isUnwatched);
        m_isAnyWatched = !m_watched.empty();
    }

    [[nodiscard]] std::map<std::string, std::size_t> watched() const
    {
        const std::lock_guard lock(m_mutex);
        return m_watched;
    }

    // Null: the symbol is not kept here (any more).
    void publish(const std::string& symbol, std::shared_ptr<const BookView> view)
    {
        const std::lock_guard lock(m_mutex);
        if (m_watched.contains(symbol))
            m_views[symbol].swap(view); // the old view is freed after the lock
    }

    // Null until there is a first view, and for a symbol that is not watched or not kept here.
    [[nodiscard]] std::shared_ptr<const BookView> view(const std::string& symbol) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_views.find(symbol);
        return found == m_views.end() ? nullptr : found->second;
    }

    // Of a live text on its way to the store; costs next to nothing while nobody looks at its symbol.
    void keepTop(const BookText& text)
    {
        if (!m_isAnyWatched || !isWatched(text.symbol))
            return;
        auto top = std::make_shared<const BookTop>(text.lastId, text.appliedUs, text.json);
        const std::lock_guard lock(m_mutex);
        if (!m_watched.contains(text.symbol))
            return;
        Tops& tops = m_tops[text.symbol];
        tops.push_back(std::move(top));
        if (tops.size() > topsKept)
            tops.pop_front();
    }

    // Null: not published while somebody looked, or too long ago.
    [[nodiscard]] std::shared_ptr<const BookTop> top(const std::string& symbol, std::int64_t lastId) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_tops.find(symbol);
        if (found == m_tops.end())
            return nullptr;
        const auto isIt = [lastId](const auto& top) { return top->lastId == lastId; };
        const auto newest = std::find_if(found->second.rbegin(), found->second.rend(), isIt);
        return newest == found->second.rend() ? nullptr : *newest;
    }

private:
    using Tops = std::deque<std::shared_ptr<const BookTop>>; // newest last

    [[nodiscard]] bool isWatched(const std::string& symbol) const
    {
        const std::lock_guard lock(m_mutex);
        return m_watched.contains(symbol);
    }

    mutable std::mutex m_mutex;
    std::atomic<bool> m_isAnyWatched = false;
    std::map<std::string, std::size_t> m_watched;
    std::map<std::string, std::shared_ptr<const BookView>> m_views;
    std::map<std::string, Tops> m_tops;
};

} // namespace obm

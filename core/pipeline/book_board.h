// The books that somebody looks at: a reader names symbols, the book stage keeps a fresh view of each here.
// Why by name: copying every book for nobody would cost more than keeping it.
// Thread: any; the lock covers pointer copies.
#pragma once

#include "book/book_view.h"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace obm {

class BookBoard
{
public:
    static constexpr int refreshMs = 16; // no screen shows more

    // Replaces what is watched; levels of each side.
    void watch(std::map<std::string, std::size_t> levelsBySymbol)
    {
        const std::lock_guard lock(m_mutex);
        m_watched = std::move(levelsBySymbol);
        std::erase_if(m_views, [&](const auto& item) { return !m_watched.contains(item.first); });
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

private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::size_t> m_watched;
    std::map<std::string, std::shared_ptr<const BookView>> m_views;
};

} // namespace obm

#include "ui/book_demand.h"

#include <algorithm>
#include <utility>

namespace obm {

void BookDemand::setBooks(const void* who, Levels levels)
{
    if (levels.empty() ? m_books.erase(who) == 0 : std::exchange(m_books[who], levels) == levels)
        return;
    tellBooks();
}

void BookDemand::setRedis(const void* who, std::set<std::string> symbols)
{
    if (symbols.empty() ? m_redis.erase(who) == 0 : std::exchange(m_redis[who], symbols) == symbols)
        return;
    tellRedis();
}

void BookDemand::tellBooks()
{
    Levels all;
    for (const auto& [who, levels] : m_books) {
        for (const auto& [symbol, count] : levels)
            all[symbol] = std::max(all[symbol], count);
    }
    if (all != m_toldBooks) {
        m_toldBooks = std::move(all);
        m_link.watchBooks(m_toldBooks);
    }
}

void BookDemand::tellRedis()
{
    std::set<std::string> all;
    for (const auto& [who, symbols] : m_redis)
        all.insert(symbols.begin(), symbols.end());
    if (all != m_toldRedis) {
        m_toldRedis = std::move(all);
        m_link.watchRedis({m_toldRedis.begin(), m_toldRedis.end()});
    }
}

} // namespace obm

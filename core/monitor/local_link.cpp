#include "monitor/local_link.h"

#include "monitor/words.h"

#include <utility>

namespace obm {

LocalLink::LocalLink(Pipeline& pipeline)
    : m_pipeline(pipeline)
{}

std::string LocalLink::attachedTo() const
{
    return obm::words("this process");
}

void LocalLink::watchBooks(std::map<std::string, std::size_t> levelsBySymbol)
{
    m_pipeline.board().watch(std::move(levelsBySymbol));
}

std::shared_ptr<const BookView> LocalLink::book(const std::string& symbol) const
{
    return m_pipeline.board().view(symbol);
}

void LocalLink::watchRedis(std::vector<std::string> symbols)
{
    if (config().pipeline.role == Role::Producer)
        return; // it has no part in Redis
    if (!m_watch.isRunning())
        m_watch.start([this] {
            return std::make_unique<RedisWatch>(m_pipeline.config().redis, &m_pipeline.board(), m_redisBooks);
        });
    m_watch.post([symbols = std::move(symbols)](RedisWatch& watch) { watch.watch(symbols); });
}

std::shared_ptr<const RedisBook> LocalLink::redisBook(const std::string& symbol) const
{
    const auto books = m_redisBooks.get();
    if (!books)
        return nullptr;
    const auto found = books->find(symbol);
    return found == books->end() ? nullptr : found->second;
}

} // namespace obm

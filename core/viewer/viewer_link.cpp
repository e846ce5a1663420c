#include "viewer/viewer_link.h"

#include "monitor/words.h"

#include <utility>

namespace obm {

namespace {

template <typename Value>
std::shared_ptr<const Value>
valueOf(const std::shared_ptr<const std::map<std::string, std::shared_ptr<const Value>>>& values,
        const std::string& symbol)
{
    if (!values)
        return nullptr;
    const auto found = values->find(symbol);
    return found == values->end() ? nullptr : found->second;
}

} // namespace

ViewerLink::ViewerLink(Config config)
    : m_config(std::move(config))
{
    m_lag.start([this] { return std::make_unique<LagWatch>(m_config.kafka, m_values.group); });
    m_source.start([this] { return std::make_unique<ViewerSource>(m_config, m_values); });
}

std::string ViewerLink::attachedTo() const
{
    const std::string& metrics = m_config.viewer.metricsUrl;
    return obm::words("{}, Kafka {} (group {}), {}", m_config.redis.url, m_config.kafka.bootstrapServers,
                      m_config.kafka.groupId, metrics.empty() ? obm::words("no metrics") : metrics);
}

std::string ViewerLink::noLocalBook() const
{
    return obm::words("the books are kept by another process");
}

PipelineStatus ViewerLink::status() const
{
    const auto status = m_values.status.get();
    return status ? *status : PipelineStatus();
}

void ViewerLink::watchBooks(std::map<std::string, std::size_t> levelsBySymbol)
{
    m_source.post([levels = std::move(levelsBySymbol)](ViewerSource& source) { source.watchBooks(levels); });
}

std::shared_ptr<const BookView> ViewerLink::book(const std::string& symbol) const
{
    return valueOf(m_values.books.get(), symbol);
}

void ViewerLink::watchRedis(std::vector<std::string> symbols)
{
    if (!m_watch.isRunning())
        m_watch.start([this] { return std::make_unique<RedisWatch>(m_config.redis, nullptr, m_redisBooks); });
    m_watch.post([symbols = std::move(symbols)](RedisWatch& watch) { watch.watch(symbols); });
}

std::shared_ptr<const RedisBook> ViewerLink::redisBook(const std::string& symbol) const
{
    return valueOf(m_redisBooks.get(), symbol);
}

} // namespace obm

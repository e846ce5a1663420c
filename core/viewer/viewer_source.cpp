#include "viewer/viewer_source.h"

#include "concurrent/clock.h"
#include "monitor/words.h"
#include "viewer/book_text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace obm {

ViewerSource::ViewerSource(const Config& config, ViewerValues& out)
    : m_config(config)
    , m_out(out)
    , m_reader(config.redis)
    , m_metrics(config.viewer.metricsUrl)
    , m_symbols(config.exchange.symbols)
{
    connect(&m_lookTimer, &QTimer::timeout, this, &ViewerSource::look);
    connect(&m_bookTimer, &QTimer::timeout, this, &ViewerSource::lookAtBooks);
    m_lookTimer.start(lookMs);
    look();
}

bool ViewerSource::mayAskRedis() const
{
    return steadyMs() >= m_redisAgainMs;
}

void ViewerSource::look()
{
    if (mayAskRedis())
        findSymbols();
    if (mayAskRedis())
        readRows();
    publishStatus();
}

void ViewerSource::findSymbols()
{
    if (!m_config.exchange.allSymbols || (m_symbolsReadMs > 0 && steadyMs() - m_symbolsReadMs < symbolsMs))
        return;
    auto symbols = m_reader.symbols();
    if (!symbols)
        return noteRedis(&symbols.error());
    m_symbols = std::move(*symbols);
    m_symbolsReadMs = steadyMs();
}

void ViewerSource::readRows()
{
    const auto readings = m_reader.read(m_symbols);
    noteRedis(readings ? nullptr : &readings.error());
    if (!readings)
        return;
    const auto group = m_out.group.get();
    m_rows.take(m_symbols, *readings,
                {.steadyMs = steadyMs(),
                 .epochMs = epochMs(),
                 .partitions = group ? static_cast<int>(group->partitions.size()) : 0});
}

void ViewerSource::noteRedis(const RedisError* error)
{
    if (!error) {
        m_redis.connects += !m_redis.connected;
        m_redis.connected = true;
        m_redis.error.reset();
        m_againMs = againMsFirst;
        return;
    }
    const std::int64_t nowMs = steadyMs();
    if (!m_redis.error)
        m_redis.errorSinceMs = nowMs;
    m_redis.connected = false;
    m_redis.error = *error;
    m_redisAgainMs = nowMs + m_againMs;
    m_againMs = std::min(2 * m_againMs, againMsMax);
    m_rows.forget(m_symbols);
    m_books.clear(); // what was true is not known to be so now
    m_whole.clear();
    m_out.books.publish(m_books);
}

void ViewerSource::watchBooks(std::map<std::string, std::size_t> levelsBySymbol)
{
    m_watched = std::move(levelsBySymbol);
    m_wholeReadMs = 0;
    m_whole.clear();
    std::erase_if(m_books, [this](const auto& item) { return !m_watched.contains(item.first); });
    if (m_watched.empty())
        m_bookTimer.stop();
    else
        m_bookTimer.start(bookMs);
    lookAtBooks();
}

void ViewerSource::lookAtBooks()
{
    std::vector<std::string> fresh;
    for (const auto& [symbol, levels] : m_watched)
        if (!m_rows.isLive(symbol))
            drop(symbol);
        else if (!m_whole.contains(symbol)) // its top has to do: until it is read, or where whole books are turned off
            fresh.push_back(symbol);
    if (mayAskRedis())
        readLive(fresh);
    if (mayAskRedis() && steadyMs() - m_wholeReadMs >= wholeMs)
        readWhole();
    m_out.books.publish(m_books);
}

void ViewerSource::readLive(const std::vector<std::string>& symbols)
{
    if (symbols.empty())
        return;
    const auto texts = m_reader.live(symbols);
    if (!texts)
        return noteRedis(&texts.error());
    for (std::size_t i = 0; i < symbols.size(); ++i)
        if ((*texts)[i])
            keep(symbols[i], viewOfLive(symbols[i], *(*texts)[i]));
}

void ViewerSource::readWhole()
{
    m_wholeReadMs = steadyMs();
    std::vector<std::string> symbols;
    for (const auto& [symbol, levels] : m_watched)
        if (levels >= wholeFrom && m_rows.isLive(symbol))
            symbols.push_back(symbol);
    if (symbols.empty())
        return;
    const auto texts = m_reader.full(symbols);
    if (!texts)
        return noteRedis(&texts.error());
    m_whole.clear();
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        if (!(*texts)[i])
            continue;
        keep(symbols[i], viewOfFull(symbols[i], *(*texts)[i], m_watched[symbols[i]]));
        m_whole.insert(symbols[i]);
    }
}

// The same value as long as nothing changes: whoever paints compares pointers.
void ViewerSource::keep(const std::string& symbol, std::optional<BookView> view)
{
    auto& book = m_books[symbol];
    if (!view)
        book = nullptr;
    else if (!book || book->lastId != view->lastId || book->bids.size() != view->bids.size())
        book = std::make_shared<const BookView>(std::move(*view));
}

void ViewerSource::drop(const std::string& symbol)
{
    m_books.erase(symbol);
    m_whole.erase(symbol);
}

void ViewerSource::publishStatus()
{
    const ToldStatus told = m_metrics.told().value_or(ToldStatus());
    PipelineStatus status;
    if (told.hasFeed) {
        FeedStatus feed = told.feed;
        feed.takenMs = steadyMs();
        status.feed = std::make_shared<const FeedStatus>(std::move(feed));
    }
    status.book = std::make_shared<const BookStatus>(bookStatus(told));
    status.store = std::make_shared<const StoreStatus>(storeStatus(told));
    status.outside = std::make_shared<const OutsideView>(outsideView());
    m_out.status.publish(std::move(status));
}

BookStatus ViewerSource::bookStatus(const ToldStatus& told) const
{
    BookStatus book = told.book;
    book.takenMs = steadyMs();
    book.set.books = m_rows.rows();
    for (BookRow& row : book.set.books)
        if (const auto known = told.books.find(row.symbol); known != told.books.end()) {
            row.events = known->second.events;
            row.lastAudit = known->second.lastAudit;
            row.auditAgeMs = known->second.auditAgeMs;
        }
    if (const auto group = m_out.group.get())
        book.consumer = *group;
    return book;
}

StoreStatus ViewerSource::storeStatus(const ToldStatus& told) const
{
    StoreStatus store = told.store;
    store.takenMs = steadyMs();
    store.redis.connected = m_redis.connected;
    store.redis.connects = m_redis.connects;
    store.redis.error = m_redis.error;
    store.redis.errorSinceMs = m_redis.errorSinceMs;
    return store;
}

OutsideView ViewerSource::outsideView() const
{
    OutsideView outside;
    if (m_redis.error)
        outside.noBooks = obm::words("Redis cannot be read: {}", m_redis.error->text);
    outside.noCounters = m_metrics.whyNot();
    outside.withoutBook = m_rows.withoutBook();
    outside.owners.assign(m_rows.owners().begin(), m_rows.owners().end());
    return outside;
}

} // namespace obm

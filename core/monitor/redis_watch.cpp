#include "monitor/redis_watch.h"

#include "concurrent/clock.h"
#include "monitor/words.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace obm {

namespace {

// The best levels of a view as a live field would say them; nothing where the view has fewer than the field.
std::optional<LiveField> fieldOf(const BookView& view, std::size_t levels)
{
    const auto isShort = [levels](const std::vector<Level>& side, std::size_t count) {
        return side.size() < std::min(levels, count);
    };
    if (view.state != SyncState::Live || isShort(view.bids, view.bidCount) || isShort(view.asks, view.askCount))
        return std::nullopt;
    const auto textOf = [levels](const std::vector<Level>& side) {
        std::vector<TextLevel> texts;
        for (std::size_t i = 0; i < std::min(levels, side.size()); ++i)
            texts.push_back({side[i].price.toString(), side[i].quantity.toString()});
        return texts;
    };
    return LiveField{.lastId = view.lastId, .bids = textOf(view.bids), .asks = textOf(view.asks)};
}

} // namespace

RedisWatch::RedisWatch(const RedisConfig& config, const BookBoard* board, LatestValue<RedisBooks>& out)
    : m_config(config)
    , m_reader(config)
    , m_board(board)
    , m_out(out)
{
    connect(&m_timer, &QTimer::timeout, this, &RedisWatch::read);
}

void RedisWatch::watch(std::vector<std::string> symbols)
{
    m_symbols = std::move(symbols);
    if (m_symbols.empty())
        m_timer.stop();
    else
        m_timer.start(readMs);
    if (!m_symbols.empty())
        read();
    else
        m_out.publish(RedisBooks());
}

void RedisWatch::read()
{
    RedisBooks books;
    const auto readings = m_reader.read(m_symbols);
    for (std::size_t i = 0; i < m_symbols.size(); ++i) {
        RedisBook book;
        if (readings)
            book = bookOf(m_symbols[i], (*readings)[i]);
        else
            book.error = "Redis: " + readings.error().text;
        book.symbol = m_symbols[i];
        book.readEpochMs = epochMs();
        books.emplace(m_symbols[i], std::make_shared<const RedisBook>(std::move(book)));
    }
    m_out.publish(std::move(books));
}

RedisBook RedisWatch::bookOf(const std::string& symbol, const BookReading& reading) const
{
    RedisBook book;
    book.symbol = symbol;
    std::optional<StatusField> status;
    if (reading.status)
        status = parseStatusField(*reading.status);
    if (status) {
        book.state = status->state;
        book.owner = status->owner;
    }
    if (!reading.live) {
        book.error = obm::words("no such field in {}", m_config.liveKey);
        return book;
    }
    auto live = parseLiveField(*reading.live);
    if (!live) {
        book.error = obm::words("the field in {} is no book", m_config.liveKey);
        return book;
    }
    book.lastId = live->lastId;
    book.bids = std::move(live->bids);
    book.asks = std::move(live->asks);
    if (status && status->lastId == book.lastId && status->updatedAtMs > 0)
        book.ageMs = std::max<std::int64_t>(0, status->ageMs + epochMs() - status->updatedAtMs);
    compare(book);
    return book;
}

void RedisWatch::compare(RedisBook& book) const
{
    if (!m_board)
        return;
    std::optional<LiveField> local;
    if (const auto top = m_board->top(book.symbol, book.lastId)) {
        book.ageMs = (steadyUs() - top->appliedUs) / 1000;
        local = parseLiveField(top->json);
    } else if (const auto view = m_board->view(book.symbol); view && view->lastId == book.lastId) {
        book.ageMs = std::max<std::int64_t>(0, epochMs() - view->appliedMs);
        local = fieldOf(*view, static_cast<std::size_t>(m_config.liveLevels));
    }
    if (!local)
        return;
    book.isCompared = true;
    book.differing = differingRows(*local, book);
}

} // namespace obm

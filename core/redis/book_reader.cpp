#include "redis/book_reader.h"

#include <algorithm>
#include <array>

namespace obm {

namespace {

std::optional<std::string> textOf(Reply& reply)
{
    return reply.isText() ? std::optional(std::move(reply.text)) : std::nullopt;
}

} // namespace

BookReader::BookReader(RedisConfig config)
    : m_config(std::move(config))
    , m_keys(m_config)
{}

std::expected<BookReading, RedisError> BookReader::read(const std::string& symbol)
{
    const std::string statusKey = m_keys.status(symbol);
    auto replies = ask(std::array{RedisCommand{"HGET", m_keys.live(), symbol}, RedisCommand{"GET", statusKey}});
    if (!replies)
        return std::unexpected(replies.error());
    return BookReading{.live = textOf((*replies)[0]), .status = textOf((*replies)[1])};
}

std::expected<std::vector<std::string>, RedisError> BookReader::symbols()
{
    auto replies = ask(std::array{RedisCommand{"HKEYS", m_keys.live()}});
    if (!replies)
        return std::unexpected(replies.error());
    std::vector<std::string> symbols;
    for (Reply& field : replies->front().items)
        symbols.push_back(std::move(field.text));
    std::ranges::sort(symbols);
    return symbols;
}

std::expected<std::vector<Reply>, RedisError> BookReader::ask(std::span<const RedisCommand> commands)
{
    if (!m_connection || !m_connection->isOpen()) {
        const auto endpoint = redisEndpoint(m_config);
        if (!endpoint)
            return std::unexpected(endpoint.error());
        auto connection = Connection::open(*endpoint);
        if (!connection)
            return std::unexpected(connection.error());
        m_connection = std::move(*connection);
    }
    auto replies = m_connection->pipeline(commands);
    if (!replies)
        return replies;
    for (const Reply& reply : *replies)
        if (reply.isError())
            return std::unexpected(redisErrorOf(reply.text));
    return replies;
}

} // namespace obm

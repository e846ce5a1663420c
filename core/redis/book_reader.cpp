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
    auto readings = read(std::span(&symbol, 1));
    if (!readings)
        return std::unexpected(readings.error());
    return std::move(readings->front());
}

std::expected<std::vector<BookReading>, RedisError> BookReader::read(std::span<const std::string> symbols)
{
    std::vector<std::string> statusKeys;
    for (const std::string& symbol : symbols)
        statusKeys.push_back(m_keys.status(symbol));
    std::vector<RedisCommand> commands;
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        commands.push_back({"HGET", m_keys.live(), symbols[i]});
        commands.push_back({"GET", statusKeys[i]});
    }
    auto replies = ask(commands);
    if (!replies)
        return std::unexpected(replies.error());
    std::vector<BookReading> readings;
    for (std::size_t i = 0; i < symbols.size(); ++i)
        readings.push_back({.live = textOf((*replies)[2 * i]), .status = textOf((*replies)[2 * i + 1])});
    return readings;
}

std::expected<BookTexts, RedisError> BookReader::live(std::span<const std::string> symbols)
{
    std::vector<RedisCommand> commands;
    for (const std::string& symbol : symbols)
        commands.push_back({"HGET", m_keys.live(), symbol});
    return texts(commands);
}

std::expected<BookTexts, RedisError> BookReader::full(std::span<const std::string> symbols)
{
    std::vector<std::string> keys;
    for (const std::string& symbol : symbols)
        keys.push_back(m_keys.full(symbol));
    std::vector<RedisCommand> commands;
    for (const std::string& key : keys)
        commands.push_back({"GET", key});
    return texts(commands);
}

std::expected<BookTexts, RedisError> BookReader::texts(std::span<const RedisCommand> commands)
{
    auto replies = ask(commands);
    if (!replies)
        return std::unexpected(replies.error());
    BookTexts texts;
    for (Reply& reply : *replies)
        texts.push_back(textOf(reply));
    return texts;
}

std::expected<std::optional<std::string>, RedisError> BookReader::source()
{
    const auto found = texts(std::array{RedisCommand{"GET", sourceKey}});
    if (!found)
        return std::unexpected(found.error());
    return found->front();
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

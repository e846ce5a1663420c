// Reads what Redis holds for a symbol: the live field and the status key, in one round trip.
// Thread: any one; calls block up to Connection's deadlines. A broken connection is replaced by the next call.
#pragma once

#include "redis/book_keys.h"
#include "redis/connection.h"

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace obm {

struct BookReading
{
    std::optional<std::string> live;   // JSON of the live field; none: the symbol is not there
    std::optional<std::string> status; // JSON of the status key; none: nobody keeps this book
};

using BookTexts = std::vector<std::optional<std::string>>; // none: there is no such field, or key

class BookReader
{
public:
    explicit BookReader(RedisConfig config);

    [[nodiscard]] std::expected<BookReading, RedisError> read(const std::string& symbol);
    // Of each symbol in its place; all in one round trip.
    [[nodiscard]] std::expected<std::vector<BookReading>, RedisError> read(std::span<const std::string> symbols);
    // Of each symbol in its place, in one round trip: the JSON of its live field, and of its whole book.
    [[nodiscard]] std::expected<BookTexts, RedisError> live(std::span<const std::string> symbols);
    [[nodiscard]] std::expected<BookTexts, RedisError> full(std::span<const std::string> symbols);
    // The exchange that the books are of; none: nobody has written any.
    [[nodiscard]] std::expected<std::optional<std::string>, RedisError> source();
    // The symbols that have a live field, sorted.
    [[nodiscard]] std::expected<std::vector<std::string>, RedisError> symbols();

private:
    std::expected<BookTexts, RedisError> texts(std::span<const RedisCommand> commands);
    std::expected<std::vector<Reply>, RedisError> ask(std::span<const RedisCommand> commands);

    RedisConfig m_config;
    BookKeys m_keys;
    std::optional<Connection> m_connection;
};

} // namespace obm

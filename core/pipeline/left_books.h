// The whole books that their last owners left in Redis, for a handler that takes their symbols over. What cannot be
// read, or is of another exchange, is as if it were not there: the symbol synchronises anew. Thread: obm-book; a read
// blocks it (no round trip begins after deadlineMs), while librdkafka's own threads keep the membership alive.
#pragma once

#include "book/book_set.h"
#include "config/config.h"
#include "redis/book_reader.h"

#include <cstdint>
#include <string>
#include <vector>

namespace obm {

class LeftBookReader
{
public:
    static constexpr std::int64_t deadlineMs = 3'000;
    static constexpr std::size_t symbolsPerRoundTrip = 50; // of about 100 kB each

    // source: the exchange's rest_url.
    LeftBookReader(const RedisConfig& config, std::string source);

    [[nodiscard]] LeftBooks read(const std::vector<std::string>& symbols);

private:
    [[nodiscard]] bool isOurs(BookReader& reader) const;
    void take(const std::string& symbol, const std::optional<std::string>& json);

    RedisConfig m_config;
    std::string m_source;
    LeftBooks m_books;
    std::size_t m_unreadable = 0;
};

} // namespace obm

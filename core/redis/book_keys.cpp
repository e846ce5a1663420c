#include "redis/book_keys.h"

namespace obm {

namespace {

constexpr std::string_view placeholder = "{symbol}";

} // namespace

BookKeys::BookKeys(const RedisConfig& config)
    : m_live(config.liveKey)
{
    const std::size_t at = config.fullKey.find(placeholder);
    m_fullPrefix = config.fullKey.substr(0, at);
    if (at != std::string::npos)
        m_fullSuffix = config.fullKey.substr(at + placeholder.size());
}

} // namespace obm

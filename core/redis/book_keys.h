// The names under which obmonitor keeps things in Redis. They are an interface: other programs read them.
#pragma once

#include "config/config.h"

#include <string>
#include <string_view>

namespace obm {

inline constexpr std::string_view epochKey = "obmonitor:epoch";                // hash: symbol -> epoch of its owner
inline constexpr std::string_view epochCounterKey = "obmonitor:epoch_counter"; // INCR gives a new epoch
inline constexpr std::string_view sourceKey = "obmonitor:source"; // rest_url of the exchange the data is from
inline constexpr int statusTtlMs = 5000;

class BookKeys
{
public:
    explicit BookKeys(const RedisConfig& config);

    [[nodiscard]] const std::string& live() const { return m_live; } // hash: symbol -> best levels
    [[nodiscard]] std::string full(std::string_view symbol) const
    {
        return m_fullPrefix + std::string(symbol) + m_fullSuffix;
    }
    [[nodiscard]] std::string status(std::string_view symbol) const
    {
        return "orderbook:" + std::string(symbol) + ":status";
    }
    [[nodiscard]] const std::string& fullPrefix() const { return m_fullPrefix; }
    [[nodiscard]] const std::string& fullSuffix() const { return m_fullSuffix; }

private:
    std::string m_live;
    std::string m_fullPrefix; // full_key before and after {symbol}
    std::string m_fullSuffix;
};

} // namespace obm

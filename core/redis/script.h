// A Lua script that runs inside Redis, called by its SHA-1; Redis is given the text only when it does not know it.
// Redis forgets scripts when it restarts or on SCRIPT FLUSH: NOSCRIPT is answered here, at the cost of two round trips.
// Thread: that of the link.
#pragma once

#include "redis/redis_link.h"

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace obm {

class Script
{
public:
    explicit Script(std::string_view text);

    [[nodiscard]] std::string_view text() const { return m_text; }
    [[nodiscard]] const std::string& sha() const { return m_sha; }

private:
    std::string m_text;
    std::string m_sha; // lower-case hex
};

// Keys and arguments of one call.
class ScriptCall
{
public:
    ScriptCall() = default;
    ~ScriptCall() = default;
    ScriptCall(const ScriptCall&) = delete; // a copy's views would look into the original
    ScriptCall& operator=(const ScriptCall&) = delete;
    ScriptCall(ScriptCall&&) = default;
    ScriptCall& operator=(ScriptCall&&) = default;

    void addKey(std::string key);
    void addText(std::string_view text); // not copied: it has to outlive the call
    void addNumber(std::int64_t number);

    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    [[nodiscard]] RedisCommand command(const Script& script);

private:
    std::deque<std::string> m_owned; // stable addresses for the views below
    std::vector<std::string_view> m_keys;
    std::vector<std::string_view> m_arguments;
    std::size_t m_bytes = 0;
};

// All calls in one round trip; replies in their order, error replies in their place.
[[nodiscard]] std::expected<std::vector<Reply>, RedisError> runScript(RedisLink& link, const Script& script,
                                                                      std::span<ScriptCall> calls);

} // namespace obm

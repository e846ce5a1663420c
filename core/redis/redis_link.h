// What a connection to Redis is to those who send commands over it.
// Why an interface: in the simulation a Redis made of maps answers in the place of a server, so that the store's own
// claims, fences and back-offs run there as they do here.
// Thread: any one; a call may block up to its deadline.
#pragma once

#include "redis/error.h"
#include "redis/reply.h"

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace obm {

// The words of one command. They are only looked at during the call.
using RedisCommand = std::vector<std::string_view>;

class RedisLink
{
public:
    virtual ~RedisLink() = default;

    // All in one round trip and within one deadline. Error replies stay in their place; an error of the connection is
    // the error of the whole.
    [[nodiscard]] virtual std::expected<std::vector<Reply>, RedisError>
    pipeline(std::span<const RedisCommand> commands) = 0;

    // False once an error of the connection was returned: then every further call fails.
    [[nodiscard]] virtual bool isOpen() const = 0;
    [[nodiscard]] virtual std::uint64_t bytesSent() const = 0;

protected:
    RedisLink() = default;
    RedisLink(RedisLink&&) = default;
    RedisLink& operator=(RedisLink&&) = default;
};

using RedisOpener = std::function<std::expected<std::unique_ptr<RedisLink>, RedisError>()>;

} // namespace obm

// One connection to Redis: RAII on a hiredis context, every wait bounded by a deadline, replies as values.
// Why not hiredis as it is: redisReconnect loses the command timeout (0.14), a context in error stays dead, and its
// timeout bounds each read, not the command. So a Connection is opened once, and thrown away when it breaks.
// Thread: any one; calls block up to their deadline (looking up a host name is bounded by the resolver only).
#pragma once

#include "config/config.h"
#include "config/redis_url.h"
#include "redis/redis_link.h"

#include <chrono>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <vector>

struct redisContext;

namespace obm {

// Where and as whom.
struct RedisEndpoint
{
    RedisUrl url;
    std::string username; // redis.username, else the URL's
    std::string password;
};

// The URL must not be "embedded": put the running server's URL in its place first.
[[nodiscard]] std::expected<RedisEndpoint, RedisError> redisEndpoint(const RedisConfig& config);

class Connection final : public RedisLink
{
public:
    static constexpr std::chrono::milliseconds connectDeadline{1000};
    static constexpr std::chrono::milliseconds commandDeadline{1000};

    // Connects, then AUTH, SELECT and CLIENT SETNAME obmonitor in one round trip.
    [[nodiscard]] static std::expected<Connection, RedisError> open(const RedisEndpoint& endpoint);

    // One command; an error reply is an error.
    [[nodiscard]] std::expected<Reply, RedisError> command(const RedisCommand& words);

    [[nodiscard]] std::expected<std::vector<Reply>, RedisError>
    pipeline(std::span<const RedisCommand> commands) override;
    [[nodiscard]] bool isOpen() const override;
    [[nodiscard]] std::uint64_t bytesSent() const override { return m_bytesSent; }

private:
    struct ContextDeleter
    {
        void operator()(redisContext* context) const;
    };
    using Context = std::unique_ptr<redisContext, ContextDeleter>;
    using Clock = std::chrono::steady_clock;

    explicit Connection(Context context);

    std::expected<void, RedisError> secure(const RedisUrl& url);
    std::expected<void, RedisError> introduce(const RedisEndpoint& endpoint);
    std::expected<void, RedisError> append(const RedisCommand& words);
    std::expected<void, RedisError> flush(Clock::time_point deadline);
    std::expected<Reply, RedisError> receive(Clock::time_point deadline);
    std::expected<void, RedisError> armTimeout(Clock::time_point deadline);
    RedisError broken();

    Context m_context;
    std::uint64_t m_bytesSent = 0;
};

} // namespace obm

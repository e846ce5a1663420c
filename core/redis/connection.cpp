#include "redis/connection.h"

#include "config/secret_text.h"
#include "redis/tls.h"

#include <hiredis/hiredis.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace obm {

namespace {

using Milliseconds = std::chrono::milliseconds;
using ReplyTree = std::unique_ptr<void, decltype(&freeReplyObject)>;

timeval toTimeval(std::chrono::microseconds wait)
{
    constexpr std::int64_t usPerSecond = 1'000'000;
    return {.tv_sec = wait.count() / usPerSecond, .tv_usec = wait.count() % usPerSecond};
}

std::unexpected<RedisError> failure(RedisErrorKind kind, std::string text)
{
    return std::unexpected(RedisError{.kind = kind, .text = std::move(text)});
}

Reply toValue(const redisReply& reply)
{
    Reply value;
    switch (reply.type) {
    case REDIS_REPLY_ERROR:
        value.type = Reply::Type::Error;
        value.text.assign(reply.str, reply.len);
        break;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
        value.type = Reply::Type::Text;
        value.text.assign(reply.str, reply.len);
        break;
    case REDIS_REPLY_INTEGER:
        value.type = Reply::Type::Integer;
        value.integer = reply.integer;
        break;
    case REDIS_REPLY_ARRAY:
        value.type = Reply::Type::Array;
        for (std::size_t i = 0; i < reply.elements; ++i)
            value.items.push_back(toValue(*reply.element[i]));
        break;
    default:
        break;
    }
    return value;
}

// A Redis without AUTH, or a proxy, repeats the words of a command that it does not know, long ones in part.
std::string withoutWords(std::string_view reply, std::string_view secret)
{
    constexpr std::string_view words = ", with args beginning with";
    return withoutSecret(std::string(reply.substr(0, reply.find(words))), secret);
}

redisContext* connectTo(const RedisUrl& url)
{
    const timeval deadline = toTimeval(Connection::connectDeadline);
    if (url.transport == RedisUrl::Transport::Unix)
        return redisConnectUnixWithTimeout(url.path.c_str(), deadline);
    return redisConnectWithTimeout(url.host.c_str(), url.port, deadline);
}

} // namespace

std::expected<RedisEndpoint, RedisError> redisEndpoint(const RedisConfig& config)
{
    const std::expected<RedisUrl, std::string> url = parseRedisUrl(config.url);
    if (!url)
        return failure(RedisErrorKind::Other, "redis.url: " + url.error());
    if (url->transport == RedisUrl::Transport::Embedded)
        return failure(RedisErrorKind::Other, "redis.url is \"embedded\" and no such server was started");
    return RedisEndpoint{
        .url = *url,
        .username = config.username.empty() ? url->username : config.username,
        .password = config.password,
    };
}

void Connection::ContextDeleter::operator()(redisContext* context) const
{
    redisFree(context);
}

Connection::Connection(Context context)
    : m_context(std::move(context))
{}

bool Connection::isOpen() const
{
    return m_context && m_context->err == 0;
}

std::expected<Connection, RedisError> Connection::open(const RedisEndpoint& endpoint)
{
    // hiredis 0.14 writes with write(2): a connection that Redis closed would end the process.
    std::signal(SIGPIPE, SIG_IGN);
    Connection connection(Context(connectTo(endpoint.url)));
    if (!connection.m_context)
        return failure(RedisErrorKind::Other, "out of memory");
    if (connection.m_context->err != 0)
        return failure(RedisErrorKind::Away, connection.m_context->errstr);
    if (auto secured = connection.secure(endpoint.url); !secured)
        return std::unexpected(secured.error());
    if (auto introduced = connection.introduce(endpoint); !introduced)
        return std::unexpected(introduced.error());
    return connection;
}

std::expected<void, RedisError> Connection::secure(const RedisUrl& url)
{
    if (url.transport != RedisUrl::Transport::Unix)
        redisEnableKeepAlive(m_context.get());
    if (url.transport != RedisUrl::Transport::Tls)
        return {};
    if (auto armed = armTimeout(Clock::now() + connectDeadline); !armed)
        return armed;
    return startTls(m_context.get(), url.host);
}

std::expected<void, RedisError> Connection::introduce(const RedisEndpoint& endpoint)
{
    std::vector<RedisCommand> commands;
    if (!endpoint.password.empty() && !endpoint.username.empty())
        commands.push_back({"AUTH", endpoint.username, endpoint.password});
    else if (!endpoint.password.empty())
        commands.push_back({"AUTH", endpoint.password});
    const std::string database = std::to_string(endpoint.url.database);
    commands.push_back({"SELECT", database});
    commands.push_back({"CLIENT", "SETNAME", "obmonitor"});
    const auto replies = pipeline(commands);
    if (!replies)
        return std::unexpected(replies.error());
    for (std::size_t i = 0; i + 1 < replies->size(); ++i)
        if ((*replies)[i].isError())
            return std::unexpected(redisErrorOf(withoutWords((*replies)[i].text, endpoint.password)));
    // The name is a courtesy to operators; an ACL without it is no reason to stay away.
    const Reply& named = replies->back();
    if (named.isError() && redisErrorOf(named.text).kind != RedisErrorKind::NoPermission)
        return std::unexpected(redisErrorOf(named.text));
    return {};
}

std::expected<Reply, RedisError> Connection::command(const RedisCommand& words)
{
    auto replies = pipeline(std::span(&words, 1));
    if (!replies)
        return std::unexpected(replies.error());
    if (replies->front().isError())
        return std::unexpected(redisErrorOf(replies->front().text));
    return std::move(replies->front());
}

std::expected<std::vector<Reply>, RedisError> Connection::pipeline(std::span<const RedisCommand> commands)
{
    if (!isOpen())
        return failure(RedisErrorKind::Away, "the connection is closed");
    for (const RedisCommand& words : commands)
        if (auto appended = append(words); !appended)
            return std::unexpected(appended.error());
    const Clock::time_point deadline = Clock::now() + commandDeadline;
    if (auto flushed = flush(deadline); !flushed)
        return std::unexpected(flushed.error());
    std::vector<Reply> replies;
    while (replies.size() < commands.size()) {
        auto reply = receive(deadline);
        if (!reply)
            return std::unexpected(reply.error());
        replies.push_back(std::move(*reply));
    }
    return replies;
}

std::expected<void, RedisError> Connection::append(const RedisCommand& words)
{
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    texts.reserve(words.size());
    lengths.reserve(words.size());
    for (const std::string_view word : words) {
        texts.push_back(word.empty() ? "" : word.data());
        lengths.push_back(word.size());
    }
    const int result =
        redisAppendCommandArgv(m_context.get(), static_cast<int>(words.size()), texts.data(), lengths.data());
    return result == REDIS_OK ? std::expected<void, RedisError>{} : std::unexpected(broken());
}

std::expected<void, RedisError> Connection::flush(Clock::time_point deadline)
{
    m_bytesSent += sdslen(m_context->obuf);
    for (int isDone = 0; isDone == 0;) {
        if (auto armed = armTimeout(deadline); !armed)
            return armed;
        if (redisBufferWrite(m_context.get(), &isDone) != REDIS_OK)
            return std::unexpected(broken());
    }
    return {};
}

std::expected<Reply, RedisError> Connection::receive(Clock::time_point deadline)
{
    for (;;) {
        void* raw = nullptr;
        if (redisGetReplyFromReader(m_context.get(), &raw) != REDIS_OK)
            return std::unexpected(broken());
        if (raw != nullptr)
            return toValue(*static_cast<const redisReply*>(ReplyTree(raw, &freeReplyObject).get()));
        if (auto armed = armTimeout(deadline); !armed)
            return std::unexpected(armed.error());
        if (redisBufferRead(m_context.get()) != REDIS_OK)
            return std::unexpected(broken());
    }
}

// The socket's timeout becomes what is left of the deadline, so that a trickle of bytes cannot stretch it.
std::expected<void, RedisError> Connection::armTimeout(Clock::time_point deadline)
{
    const auto left = std::chrono::duration_cast<std::chrono::microseconds>(deadline - Clock::now());
    if (left.count() > 0 && redisSetTimeout(m_context.get(), toTimeval(left)) == REDIS_OK)
        return {};
    if (left.count() > 0)
        return std::unexpected(broken());
    m_context->err = REDIS_ERR_IO; // whatever arrives later answers a question nobody waits for any more
    return failure(RedisErrorKind::Timeout, "no answer within " + std::to_string(commandDeadline.count()) + " ms");
}

// Call at once after hiredis failed: errno tells a timeout from the rest.
RedisError Connection::broken()
{
    const int systemError = errno;
    const bool isTimeout = systemError == EAGAIN || systemError == EWOULDBLOCK || systemError == ETIMEDOUT;
    const int kind = m_context->err;
    if (kind == REDIS_ERR_IO && isTimeout)
        return {.kind = RedisErrorKind::Timeout,
                .text = "no answer within " + std::to_string(commandDeadline.count()) + " ms"};
    const std::string text = std::string("the connection broke: ") + m_context->errstr;
    if (kind == REDIS_ERR_IO || kind == REDIS_ERR_EOF)
        return {.kind = RedisErrorKind::Away, .text = text};
    return {.kind = kind == REDIS_ERR_PROTOCOL ? RedisErrorKind::Protocol : RedisErrorKind::Other, .text = text};
}

} // namespace obm

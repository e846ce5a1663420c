#include "simulation/sim_redis_server.h"

#include "redis/connection.h"

#include <algorithm>
#include <string_view>

namespace obm::sim {

namespace {

constexpr std::int64_t deadlineMs = Connection::commandDeadline.count();
constexpr Faults::Span pause{2'000, 30'000};
constexpr Faults::Span aWhile{200, 6'000};

std::unexpected<RedisError> broken(RedisErrorKind kind)
{
    return std::unexpected(RedisError{.kind = kind, .text = "the connection broke"});
}

std::string summary(const SimRedis::Words& command)
{
    std::string line;
    for (const std::string& word : command)
        if (word.size() < 20 && !word.starts_with("obmonitor:"))
            line += word + ' ';
        else if (const auto id = numberAfter(word, R"(,"u":)"); id && word.starts_with("{"))
            line += "u" + std::to_string(*id) + ' ';
    return line;
}

std::string summary(const Reply& reply)
{
    std::string line = reply.type == Reply::Type::Integer ? std::to_string(reply.integer) : reply.text;
    for (const Reply& item : reply.items)
        line += ' ' + summary(item);
    return line;
}

} // namespace

class SimRedisServer::Link : public RedisLink
{
public:
    Link(SimRedisServer& server, std::int64_t& blockedMs)
        : m_server(server)
        , m_blockedMs(blockedMs)
        , m_life(server.m_life)
    {}

    std::expected<std::vector<Reply>, RedisError> pipeline(std::span<const RedisCommand> commands) override
    {
        m_isOpen = m_isOpen && m_life == m_server.m_life;
        if (!m_isOpen)
            return broken(RedisErrorKind::Away);
        auto replies = m_server.serve(commands, m_blockedMs);
        m_isOpen = replies.has_value();
        return replies;
    }
    bool isOpen() const override { return m_isOpen; }
    std::uint64_t bytesSent() const override { return 0; }

private:
    SimRedisServer& m_server;
    std::int64_t& m_blockedMs;
    std::int64_t m_life;
    bool m_isOpen = true;
};

SimRedisServer::SimRedisServer(Timeline& timeline, Chance& chance, Faults& faults, SimRedis::Watch watch,
                               std::function<void(const SimRedis::Data&)> onLost)
    : m_timeline(timeline)
    , m_chance(chance)
    , m_faults(faults)
    , m_redis(std::move(watch))
    , m_onLost(std::move(onLost))
{}

void SimRedisServer::beginFaults()
{
    const auto nothing = [] {};
    const auto refuse = [this](const char* error) { return [this, error] { m_redis.refuseWrites(error); }; };
    for (const Fault fault : {Fault::RedisAway, Fault::RedisSlow, Fault::RedisLoading})
        m_faults.recur(fault, pause, aWhile, nothing, nothing);
    m_faults.recur(Fault::RedisReadOnly, pause, aWhile, refuse("READONLY You can't write against a read only replica."),
                   refuse(""));
    m_faults.recur(Fault::RedisOutOfMemory, pause, aWhile,
                   refuse("OOM command not allowed when used memory > 'maxmemory'."), refuse(""));
    m_faults.recur(Fault::RedisScriptsLost, pause, {1, 1}, nothing, [this] {
        m_faults.note(Fault::RedisScriptsLost);
        m_redis.forgetScripts();
    });
    m_faults.recur(Fault::RedisEmptied, pause, {1, 1}, nothing, [this] {
        m_faults.note(Fault::RedisEmptied);
        m_chance.happens(500) ? lose({}) : flush();
    });
    m_faults.recur(
        Fault::RedisRestored, pause, {1'000, 20'000}, [this] { m_saved = m_redis.data(); },
        [this] {
            m_faults.note(Fault::RedisRestored);
            lose(m_saved);
        });
}

void SimRedisServer::lose(SimRedis::Data data)
{
    ++m_life;
    m_redis.restart(std::move(data));
    m_onLost(m_redis.data());
}

void SimRedisServer::flush()
{
    m_redis.flush();
    m_onLost(m_redis.data());
}

RedisOpener SimRedisServer::openerFor(std::int64_t& blockedMs)
{
    return [this, &blockedMs]() -> std::expected<std::unique_ptr<RedisLink>, RedisError> {
        if (m_faults.strikesIfLasting(Fault::RedisAway))
            return broken(RedisErrorKind::Away);
        return std::make_unique<Link>(*this, blockedMs);
    };
}

SimRedisServer::Answer SimRedisServer::serve(std::span<const RedisCommand> commands, std::int64_t& blockedMs)
{
    std::vector<SimRedis::Words> words;
    for (const RedisCommand& command : commands)
        words.emplace_back(command.begin(), command.end());
    if (m_faults.strikesIfLasting(Fault::RedisAway))
        return broken(RedisErrorKind::Away);
    if (m_faults.strikesIfLasting(Fault::RedisSlow))
        blockedMs += m_chance.between(20, deadlineMs - 1);
    if (m_faults.strikesIfLasting(Fault::RedisLoading))
        return std::vector<Reply>(words.size(), {Reply::Type::Error, "LOADING Redis is loading", 0, {}});
    const bool isLost = m_faults.strikes(Fault::RedisRequestLost);
    const bool isLate = !isLost && m_faults.strikes(Fault::RedisRequestLate);
    const bool isUnheard = !isLost && !isLate && m_faults.strikes(Fault::RedisAnswerLost);
    if (isLost || isLate || isUnheard)
        blockedMs += deadlineMs;
    if (isLate)
        executeLate(std::move(words));
    else if (isUnheard)
        static_cast<void>(executeAll(words));
    if (isLost || isLate || isUnheard)
        return broken(RedisErrorKind::Timeout);
    return executeAll(words);
}

SimRedisServer::Answer SimRedisServer::executeAll(const std::vector<SimRedis::Words>& commands)
{
    std::vector<Reply> replies;
    for (const SimRedis::Words& command : commands) {
        for (const std::string& word : command)
            m_digest = m_digest * 31 + std::hash<std::string>{}(word);
        m_digest = m_digest * 31 + static_cast<std::uint64_t>(m_timeline.nowMs());
        const Reply& reply = replies.emplace_back(m_redis.execute(command, m_timeline.nowMs()));
        m_timeline.tell([&] { return "Redis " + summary(command) + " -> " + summary(reply); });
        const Reply& first = reply.items.empty() ? reply : reply.items.front();
        if (first.isError() && first.text.starts_with("READONLY"))
            m_faults.note(Fault::RedisReadOnly);
        else if (first.isError() && first.text.starts_with("OOM"))
            m_faults.note(Fault::RedisOutOfMemory);
    }
    return replies;
}

// Still in a socket's buffer when its sender has given up, but not beyond the server's life.
void SimRedisServer::executeLate(std::vector<SimRedis::Words> commands)
{
    const std::int64_t waitMs = std::min(m_chance.between(100, 12'000), m_faults.endMs() - m_timeline.nowMs());
    m_timeline.after(waitMs, [this, commands = std::move(commands), life = m_life] {
        if (life == m_life)
            static_cast<void>(executeAll(commands));
    });
}

} // namespace obm::sim

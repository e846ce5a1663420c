#include "simulation/sim_redis.h"

#include "redis/book_keys.h"
#include "redis/book_scripts.h"

#include <charconv>

namespace obm::sim {

namespace {

Reply integer(std::int64_t value)
{
    return {.type = Reply::Type::Integer, .text = {}, .integer = value, .items = {}};
}

Reply text(Reply::Type type, std::string words)
{
    return {.type = type, .text = std::move(words), .integer = 0, .items = {}};
}

Reply error(std::string words)
{
    return text(Reply::Type::Error, std::move(words));
}

Reply answer(FenceAnswer fence)
{
    return integer(static_cast<std::int64_t>(fence));
}

const Script* scriptOf(const std::string& sha)
{
    for (const Script* script : {&claimScript(), &writeScript(), &startAnewScript(), &dropScript()})
        if (script->sha() == sha)
            return script;
    return nullptr;
}

} // namespace

std::optional<std::int64_t> numberAfter(const std::string& text, std::string_view name)
{
    const std::size_t at = text.rfind(name);
    if (at == std::string::npos)
        return std::nullopt;
    std::int64_t number = 0;
    const char* const begin = text.data() + at + name.size();
    const auto read = std::from_chars(begin, text.data() + text.size(), number);
    return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

Reply SimRedis::execute(const Words& words, std::int64_t nowMs)
{
    if (words[0] == "SCRIPT") {
        for (const Script* script : {&claimScript(), &writeScript(), &startAnewScript(), &dropScript()})
            if (script->text() == words[2])
                return text(Reply::Type::Text, *m_scripts.insert(script->sha()).first);
        return error("ERR unknown script");
    }
    const Script* script = scriptOf(words[1]);
    if (!m_scripts.contains(words[1]))
        return error("NOSCRIPT No matching script. Please use EVAL.");
    const auto keys = static_cast<std::ptrdiff_t>(std::stoul(words[2]));
    const Call call{.keys = {words.begin() + 3, words.begin() + 3 + keys},
                    .args = {words.begin() + 3 + keys, words.end()},
                    .nowMs = nowMs};
    if (script == &claimScript())
        return claim(call);
    if (script == &startAnewScript())
        return startAnew(call);
    return script == &writeScript() ? write(call) : drop(call);
}

// What claim and write begin with: the source has to be ours, and the counter is not to fall behind what is held.
std::optional<Reply> SimRedis::prepare(const Call& call)
{
    const std::int64_t highestHeld = std::stoll(call.args[1]);
    if (m_data.source != call.args[0] && !m_data.source.empty())
        return error("FOREIGNSOURCE obmonitor:source is " + m_data.source);
    if ((m_data.source.empty() || m_data.counter < highestHeld) && !m_refusal.empty())
        return error(m_refusal);
    m_data.source = call.args[0];
    m_data.counter = std::max(m_data.counter, highestHeld);
    return std::nullopt;
}

Reply SimRedis::claim(const Call& call)
{
    if (auto refused = prepare(call))
        return *refused;
    if (call.args.size() == 2)
        return integer(0);
    if (!m_refusal.empty())
        return error(m_refusal);
    const std::int64_t epoch = ++m_data.counter;
    for (std::size_t i = 2; i < call.args.size(); ++i)
        m_data.epochs[call.args[i]] = std::max(m_data.epochs[call.args[i]], epoch);
    return integer(epoch);
}

Reply SimRedis::write(const Call& call)
{
    if (auto refused = prepare(call))
        return *refused;
    constexpr std::size_t ownKeys = 3;
    constexpr std::size_t ownArgs = 3;
    constexpr std::size_t wordsOfItem = 5;
    Reply reply{.type = Reply::Type::Array, .text = {}, .integer = 0, .items = {}};
    std::set<std::string> lost;
    for (std::size_t i = 0; i < call.keys.size() - ownKeys; ++i) {
        const auto* word = &call.args[ownArgs + wordsOfItem * i];
        reply.items.push_back(writeItem({word[0], word[1], std::stoll(word[2]), word[3], word[4]}, call, lost));
    }
    return reply;
}

// lost: the symbols whose epoch this call found missing.
Reply SimRedis::writeItem(const Item& item, const Call& call, std::set<std::string>& lost)
{
    const auto owner = m_data.epochs.find(item.symbol);
    if (m_isFenced && owner != m_data.epochs.end() && owner->second > item.epoch) {
        ++m_fencedByEpoch;
        return answer(FenceAnswer::NotOwner);
    }
    if (owner == m_data.epochs.end() && !m_refusal.empty())
        return error(m_refusal);
    if (owner == m_data.epochs.end()) {
        m_data.epochs[item.symbol] = item.epoch;
        lost.insert(item.symbol);
    }
    if (m_isFenced && isOlder(item)) {
        ++m_fencedById;
        return answer(isCountedAnew(item) ? FenceAnswer::CountedAnew : FenceAnswer::OlderUpdate);
    }
    if (!m_refusal.empty())
        return error(m_refusal);
    if (item.kind == statusItem) {
        m_data.status[item.symbol] = {item.json, call.nowMs + std::stoll(call.args[2])};
    } else {
        const bool isLive = item.kind == liveItem;
        const Changed& changed = isLive ? m_watch.onLive : m_watch.onFull;
        if (changed)
            changed(item.symbol, item.json);
        (isLive ? m_data.live : m_data.full)[item.symbol] = item.json;
    }
    return answer(lost.contains(item.symbol) ? FenceAnswer::DataLost : FenceAnswer::Written);
}

bool SimRedis::isOlder(const Item& item) const
{
    if (item.kind == statusItem)
        return false;
    const auto& values = item.kind == liveItem ? m_data.live : m_data.full;
    const auto held = values.find(item.symbol);
    if (held == values.end())
        return false;
    const auto id = numberAfter(held->second, item.kind == liveItem ? R"("u":)" : R"("lastUpdateId":)");
    return id && std::stoll(item.u) < *id;
}

bool SimRedis::isCountedAnew(const Item& item) const
{
    constexpr std::int64_t laterMs = 5'000;
    constexpr std::int64_t neverMs = 172'800'000;
    if (item.kind != fullItem)
        return false;
    const auto stored = numberAfter(m_data.full.at(item.symbol), R"("timestamp":)");
    const auto given = numberAfter(item.json, R"("timestamp":)");
    return stored && given && (*given >= *stored + laterMs || *given <= *stored - neverMs);
}

Reply SimRedis::startAnew(const Call& call)
{
    if (auto refused = prepare(call))
        return *refused;
    const std::string& symbol = call.args[2];
    const auto owner = m_data.epochs.find(symbol);
    if (owner != m_data.epochs.end() && owner->second > std::stoll(call.args[3]))
        return integer(0);
    if (!m_refusal.empty())
        return error(m_refusal);
    m_data.epochs[symbol] = ++m_data.counter;
    m_data.live.erase(symbol);
    m_data.full.erase(symbol);
    return integer(m_data.counter);
}

Reply SimRedis::drop(const Call& call)
{
    if (m_data.source != call.args[0] && !m_data.source.empty())
        return error("FOREIGNSOURCE obmonitor:source is " + m_data.source);
    if (m_refusal.starts_with("READONLY"))
        return error(m_refusal);
    m_data.source = call.args[0];
    std::int64_t dropped = 0;
    for (std::size_t i = 2; i + 1 < call.args.size(); i += 2) {
        const std::string& symbol = call.args[i];
        const auto owner = m_data.epochs.find(symbol);
        if (owner != m_data.epochs.end() && owner->second != std::stoll(call.args[i + 1]))
            continue;
        m_data.status.erase(symbol);
        if (call.args[1] == "all") {
            m_data.live.erase(symbol);
            m_data.full.erase(symbol);
        }
        ++dropped;
    }
    return integer(dropped);
}

std::optional<std::string> SimRedis::status(const std::string& symbol, std::int64_t nowMs) const
{
    const auto found = m_data.status.find(symbol);
    if (found == m_data.status.end() || found->second.expiresMs <= nowMs)
        return std::nullopt;
    return found->second.json;
}

} // namespace obm::sim

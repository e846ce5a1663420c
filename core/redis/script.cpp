#include "redis/script.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <algorithm>

namespace obm {

namespace {

bool isUnknownScript(const Reply& reply)
{
    return reply.isError() && reply.text.starts_with("NOSCRIPT");
}

} // namespace

Script::Script(std::string_view text)
    : m_text(text)
    , m_sha(QCryptographicHash::hash(QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())),
                                     QCryptographicHash::Sha1)
                .toHex()
                .toStdString())
{}

void ScriptCall::addKey(std::string key)
{
    m_bytes += key.size();
    m_keys.push_back(m_owned.emplace_back(std::move(key)));
}

void ScriptCall::addText(std::string_view text)
{
    m_bytes += text.size();
    m_arguments.push_back(text);
}

void ScriptCall::addNumber(std::int64_t number)
{
    addText(m_owned.emplace_back(std::to_string(number)));
}

RedisCommand ScriptCall::command(const Script& script)
{
    RedisCommand words = {"EVALSHA", script.sha(), m_owned.emplace_back(std::to_string(m_keys.size()))};
    words.reserve(words.size() + m_keys.size() + m_arguments.size());
    words.insert(words.end(), m_keys.begin(), m_keys.end());
    words.insert(words.end(), m_arguments.begin(), m_arguments.end());
    return words;
}

std::expected<std::vector<Reply>, RedisError> runScript(RedisLink& link, const Script& script,
                                                        std::span<ScriptCall> calls)
{
    std::vector<RedisCommand> commands;
    commands.reserve(calls.size());
    for (ScriptCall& call : calls)
        commands.push_back(call.command(script));
    auto replies = link.pipeline(commands);
    if (!replies || std::ranges::none_of(*replies, isUnknownScript))
        return replies;
    const RedisCommand load = {"SCRIPT", "LOAD", script.text()};
    const auto loaded = link.pipeline(std::span(&load, 1));
    if (!loaded)
        return std::unexpected(loaded.error());
    if (loaded->front().isError())
        return std::unexpected(redisErrorOf(loaded->front().text));
    return link.pipeline(commands); // writes are idempotent: those that did run change nothing more
}

} // namespace obm

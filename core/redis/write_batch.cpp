#include "redis/write_batch.h"

#include "redis/book_scripts.h"

namespace obm {

namespace {

constexpr std::int64_t noUpdateId = 0; // a status has none, and is not compared by it

WriteOutcome outcomeOf(const Reply& answer)
{
    if (answer.type != Reply::Type::Integer)
        return WriteOutcome::Failed;
    switch (static_cast<FenceAnswer>(answer.integer)) {
    case FenceAnswer::Written:
    case FenceAnswer::DataLost:
        return WriteOutcome::Written;
    case FenceAnswer::OlderUpdate:
        return WriteOutcome::OlderUpdate;
    case FenceAnswer::CountedAnew:
        return WriteOutcome::CountedAnew;
    case FenceAnswer::NotOwner:
        return WriteOutcome::NotOwner;
    }
    return WriteOutcome::Failed;
}

} // namespace

WriteBatch::WriteBatch(const BookKeys& keys, std::string_view source, std::int64_t highestEpoch)
    : m_keys(keys)
    , m_source(source)
    , m_highestEpoch(highestEpoch)
{}

void WriteBatch::add(const LiveWrite& write, std::int64_t epoch, WriteOutcome& outcome)
{
    add({liveItem, m_keys.live(), write.symbol, epoch, write.u, write.json}, outcome);
}

void WriteBatch::add(const FullWrite& write, std::int64_t epoch, WriteOutcome& outcome)
{
    add({fullItem, m_keys.full(write.symbol), write.symbol, epoch, write.u, write.json}, outcome);
}

void WriteBatch::add(const StatusWrite& write, std::int64_t epoch, WriteOutcome& outcome)
{
    add({statusItem, m_keys.status(write.symbol), write.symbol, epoch, noUpdateId, write.json}, outcome);
}

void WriteBatch::add(Words words, WriteOutcome& outcome)
{
    ScriptCall& call = callWithRoom();
    call.addKey(std::move(words.key));
    call.addText(words.kind);
    call.addText(words.symbol);
    call.addNumber(words.epoch);
    call.addNumber(words.u);
    call.addText(words.json);
    m_outcomes.back().push_back(&outcome);
}

ScriptCall& WriteBatch::callWithRoom()
{
    if (!m_calls.empty() && m_calls.back().bytes() < callBytesMax && m_outcomes.back().size() < callItemsMax)
        return m_calls.back();
    m_outcomes.emplace_back();
    ScriptCall& call = m_calls.emplace_back();
    call.addKey(std::string(sourceKey));
    call.addKey(std::string(epochCounterKey));
    call.addKey(std::string(epochKey));
    call.addText(m_source);
    call.addNumber(m_highestEpoch);
    call.addNumber(statusTtlMs);
    return call;
}

void WriteBatch::take(std::span<const Reply> replies)
{
    for (std::size_t call = 0; call < m_calls.size(); ++call) {
        const std::vector<WriteOutcome*>& outcomes = m_outcomes[call];
        const Reply& reply = replies[call];
        if (reply.isError())
            note(redisErrorOf(reply.text));
        else if (reply.items.size() != outcomes.size())
            note({RedisErrorKind::Protocol, "the write script answered something else"});
        else
            for (std::size_t i = 0; i < outcomes.size(); ++i)
                takeItem(reply.items[i], *outcomes[i]);
    }
}

void WriteBatch::takeItem(const Reply& answer, WriteOutcome& outcome)
{
    outcome = outcomeOf(answer);
    m_isDataLost = m_isDataLost || (answer.type == Reply::Type::Integer &&
                                    static_cast<FenceAnswer>(answer.integer) == FenceAnswer::DataLost);
    if (outcome == WriteOutcome::Failed) {
        RedisError error = redisErrorOf(answer.text);
        if (error.kind == RedisErrorKind::WrongType)
            outcome = WriteOutcome::Refused;
        note(std::move(error));
    }
    m_answered += outcome != WriteOutcome::Failed;
}

void WriteBatch::note(RedisError error)
{
    if (!m_error)
        m_error = std::move(error);
}

} // namespace obm

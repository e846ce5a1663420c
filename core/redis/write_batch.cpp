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
    const bool isFull = words.kind == fullItem;
    call.addKey(std::move(words.key));
    call.addText(words.kind);
    call.addText(words.symbol);
    call.addNumber(words.epoch);
    call.addNumber(words.u);
    call.addText(words.json);
    m_items.back().push_back({&outcome, isFull});
}

ScriptCall& WriteBatch::callWithRoom()
{
    if (!m_calls.empty() && m_calls.back().bytes() < callBytesMax && m_items.back().size() < callItemsMax)
        return m_calls.back();
    m_items.emplace_back();
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
        const std::vector<Item>& items = m_items[call];
        const Reply& reply = replies[call];
        if (reply.isError())
            fail(redisErrorOf(reply.text));
        else if (reply.items.size() != items.size())
            fail({RedisErrorKind::Protocol, "the write script answered something else"});
        else
            for (std::size_t i = 0; i < items.size(); ++i)
                takeItem(reply.items[i], items[i]);
    }
}

void WriteBatch::takeItem(const Reply& answer, const Item& item)
{
    const WriteOutcome outcome = outcomeOf(answer);
    *item.outcome = outcome;
    m_isDataLost = m_isDataLost || (answer.type == Reply::Type::Integer &&
                                    static_cast<FenceAnswer>(answer.integer) == FenceAnswer::DataLost);
    if (outcome != WriteOutcome::Failed) {
        ++m_answered;
        return;
    }
    RedisError error = redisErrorOf(answer.text);
    if (!item.isFull || error.kind != RedisErrorKind::WrongType)
        return fail(std::move(error));
    *item.outcome = WriteOutcome::Refused;
    note(std::move(error));
}

void WriteBatch::fail(RedisError error)
{
    m_isFailed = true;
    note(std::move(error));
}

void WriteBatch::note(RedisError error)
{
    if (!m_error)
        m_error = std::move(error);
}

} // namespace obm

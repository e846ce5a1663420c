// The part of a BookStore that judges what Redis refuses: whether to claim again, and whether the ids have gone back.
#include "redis/book_scripts.h"
#include "redis/book_store.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcRedis, "obm.redis")

} // namespace

void BookStore::forgetRefusals(const std::string& symbol)
{
    m_refusals.erase(symbol);
    m_liveBehind.erase(symbol);
    m_anew.erase(symbol);
}

void BookStore::noteRefusals(std::span<const StatusWrite> status, std::span<const WriteOutcome> outcomes,
                             std::int64_t nowMs)
{
    for (std::size_t i = 0; i < status.size(); ++i) {
        const std::string& symbol = status[i].symbol;
        if (outcomes[i] == WriteOutcome::Written || !m_epochs.contains(symbol))
            m_refusals.erase(symbol);
        if (outcomes[i] != WriteOutcome::NotOwner || !m_epochs.contains(symbol))
            continue;
        Refusals& refusals = m_refusals[symbol];
        const bool hasNews = std::exchange(refusals.u, status[i].u) != status[i].u;
        if (++refusals.count >= refusalsMax && hasNews) {
            m_refusals.erase(symbol);
            claim(std::span(&symbol, 1));
            m_isDataLost = true; // what was refused meanwhile
            if (m_logLimit.allow(nowMs))
                qCWarning(lcRedis).noquote()
                    << QString::fromStdString(symbol) << "is kept here, and refused by a newer"
                    << "epoch in Redis: claimed again" << QString::fromStdString(m_logLimit.suppressedNote());
        }
    }
}

// A field may be ahead of the whole book by an interval or two, and so of the one who leads on the book that was left,
// for as much of the exchange's time. One for which that takes longer has met a field of the old count. By our own time
// too: to one who reads on from long ago the exchange's time flies.
void BookStore::noteIdsThatFell(std::span<const LiveWrite> live, std::span<const FullWrite> full,
                                const WriteResult& result, std::int64_t nowMs)
{
    for (std::size_t i = 0; i < live.size(); ++i) {
        if (result.live[i] == WriteOutcome::OlderUpdate)
            m_liveBehind.try_emplace(live[i].symbol);
        else
            m_liveBehind.erase(live[i].symbol);
    }
    for (std::size_t i = 0; i < full.size(); ++i) {
        const std::string& symbol = full[i].symbol;
        if (result.full[i] == WriteOutcome::CountedAnew)
            startAnew(symbol, nowMs);
        const auto behind = m_liveBehind.find(symbol);
        if (behind == m_liveBehind.end())
            continue;
        if (result.full[i] != WriteOutcome::Written)
            behind->second.reset();
        else if (!behind->second)
            behind->second = {full[i].eventMs, nowMs};
        else if (std::min(full[i].eventMs - behind->second->eventMs, nowMs - behind->second->atMs) > m_liveBehindMaxMs)
            startAnew(symbol, nowMs);
    }
}

void BookStore::startAnew(const std::string& symbol, std::int64_t nowMs)
{
    m_anew.insert(symbol);
    m_liveBehind.erase(symbol);
    m_isSettled = false;
    m_isDataLost = true; // nothing of what is there stays
    if (m_logLimit.allow(nowMs))
        qCWarning(lcRedis).noquote() << "the ids of" << QString::fromStdString(symbol)
                                     << "have gone back: its books in Redis begin anew"
                                     << QString::fromStdString(m_logLimit.suppressedNote());
}

BookStore::Result BookStore::startPendingAnew()
{
    std::vector<ScriptCall> calls;
    for (const std::string& symbol : m_anew) {
        ScriptCall& words = calls.emplace_back();
        words.addKey(std::string(sourceKey));
        words.addKey(std::string(epochCounterKey));
        words.addKey(std::string(epochKey));
        words.addKey(m_keys.live());
        words.addKey(m_keys.full(symbol));
        words.addText(m_source);
        words.addNumber(m_highestEpoch);
        words.addText(symbol);
        words.addNumber(m_epochs.at(symbol));
    }
    if (calls.empty())
        return {};
    const auto replies = callAll(startAnewScript(), calls);
    if (!replies)
        return std::unexpected(replies.error());
    auto reply = replies->begin();
    for (const std::string& symbol : m_anew) {
        if (reply->isError())
            return std::unexpected(redisErrorOf(reply->text));
        if (reply->integer > 0)
            m_epochs[symbol] = reply->integer;
        m_highestEpoch = std::max(m_highestEpoch, reply++->integer);
    }
    m_anew.clear();
    return {};
}

} // namespace obm

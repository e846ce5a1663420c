#include "app/status_line.h"

#include "pipeline/status_sums.h"

#include <fmt/format.h>

#include <vector>

namespace obm {

namespace {

std::string booksPart(const BookStatus& book)
{
    std::size_t live = 0;
    std::size_t waiting = 0;
    std::size_t rejected = 0;
    for (const BookRow& row : book.set.books) {
        live += row.state == SyncState::Live;
        waiting += row.state == SyncState::Waiting;
        rejected += row.state == SyncState::Rejected;
    }
    std::string text = fmt::format("{}/{} live", live, book.set.books.size());
    if (const std::size_t syncing = book.set.books.size() - live - waiting - rejected; syncing > 0)
        text += fmt::format(", {} syncing", syncing);
    if (waiting > 0)
        text += fmt::format(", {} without events", waiting);
    if (rejected > 0)
        text += fmt::format(", {} rejected", rejected);
    return text;
}

std::string brokerWord(const BrokerLinkStatus& broker)
{
    return broker.state == BrokerState::Away ? " AWAY" : broker.state == BrokerState::Connecting ? " connecting" : "";
}

std::string milliseconds(std::int64_t us)
{
    return us < 10'000 ? fmt::format("{:.1f}", static_cast<double>(us) / 1000) : fmt::format("{}", us / 1000);
}

} // namespace

std::string StatusLine::update(const PipelineStatus& status, std::int64_t nowMs)
{
    std::vector<std::string> parts;
    if (m_simulated)
        parts.emplace_back("SIMULATED");
    if (status.book)
        parts.push_back(booksPart(*status.book));
    if (status.feed)
        parts.push_back(feedPart(*status.feed, nowMs));
    if (status.book)
        parts.push_back(kafkaPart(status.book->consumer, nowMs));
    if (status.store)
        parts.push_back(storePart(*status.store, nowMs));
    if (status.book)
        parts.push_back(
            fmt::format("weight {}/{}", status.book->snapshots.ownWeightUsed, status.book->snapshots.weightPerMinute));
    return fmt::format("{}", fmt::join(parts, " | "));
}

std::string StatusLine::feedPart(const FeedStatus& feed, std::int64_t nowMs)
{
    m_received.sample(feed.stream.counters.messages, nowMs);
    std::string text = fmt::format("exchange {:.0f}/s", m_received.perSecond());
    if (!feed.stream.alarm.empty())
        text += " ALARM";
    text += brokerWord(feed.producer.broker).empty() ? "" : ", kafka in" + brokerWord(feed.producer.broker);
    if (const std::uint64_t lost = lostOf(feed.producer); lost > 0)
        text += fmt::format(", {} lost", lost);
    return text;
}

std::string StatusLine::kafkaPart(const ConsumerStatus& consumer, std::int64_t nowMs)
{
    m_consumed.sample(consumer.messages, nowMs);
    const Lag lag = worstLag(consumer);
    return fmt::format("kafka{} {:.0f}/s lag {} ({} ms)", brokerWord(consumer.broker), m_consumed.perSecond(),
                       lag.messages, lag.ms);
}

std::string StatusLine::storePart(const StoreStatus& store, std::int64_t nowMs)
{
    m_written.sample(writtenOf(store.redis), nowMs);
    if (!store.redis.connected || store.redis.error)
        return store.redis.error ? fmt::format("redis {}", redisErrorName(store.redis.error->kind))
                                 : "redis connecting";
    return fmt::format("redis {:.0f}/s p99 {} ms", m_written.perSecond(), milliseconds(store.redisHop.p99()));
}

} // namespace obm

#include "pipeline/pipeline_health.h"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace obm {

namespace {

using Reasons = std::vector<std::string>;

HealthAnswer answerOf(const Reasons& reasons)
{
    if (reasons.empty())
        return {.ok = true, .body = "ok\n"};
    return {.ok = false, .body = fmt::format("{}\n", fmt::join(reasons, "\n"))};
}

template <typename Status>
void checkStage(const char* name, const std::shared_ptr<const Status>& status, std::int64_t nowMs, Reasons& reasons)
{
    if (!status)
        reasons.push_back(fmt::format("{} has not begun", name));
    else if (nowMs - status->takenMs > stuckAfterMs)
        reasons.push_back(fmt::format("{} has been stuck for {} s", name, (nowMs - status->takenMs) / 1000));
}

Reasons stuckStages(const PipelineStatus& status, Role role, std::int64_t nowMs)
{
    Reasons reasons;
    if (role != Role::Handler)
        checkStage("obm-feed", status.feed, nowMs, reasons);
    if (role != Role::Producer) {
        checkStage("obm-book", status.book, nowMs, reasons);
        checkStage("obm-store", status.store, nowMs, reasons);
    }
    return reasons;
}

void checkFeed(const FeedStatus& feed, Reasons& reasons)
{
    if (!feed.producer.broker.isUp())
        reasons.emplace_back("the producer has no Kafka broker");
    else if (feed.producer.topic && feed.producer.topic->state == TopicState::Missing)
        reasons.emplace_back("Kafka's topic is missing");
    for (const StreamConnectionStatus& connection : feed.stream.connections)
        if (connection.state != StreamState::Delivering)
            reasons.push_back(fmt::format("stream connection {} is {}", connection.number, toText(connection.state)));
    if (feed.stream.connections.empty())
        reasons.emplace_back("no stream is open");
}

void checkBooks(const BookStatus& book, Reasons& reasons)
{
    if (!book.consumer.broker.isUp())
        reasons.emplace_back("the consumer has no Kafka broker");
    for (const BookRow& row : book.set.books)
        if (row.state != SyncState::Live && row.eventAgeMs && *row.eventAgeMs <= activeSymbolMs)
            reasons.push_back(fmt::format("{} is {} ({})", row.symbol, toText(row.state), toText(row.reason)));
}

} // namespace

HealthAnswer healthOf(const PipelineStatus& status, Role role, std::int64_t nowMs)
{
    return answerOf(stuckStages(status, role, nowMs));
}

HealthAnswer readinessOf(const PipelineStatus& status, Role role, std::int64_t nowMs)
{
    Reasons reasons = stuckStages(status, role, nowMs);
    if (!reasons.empty())
        return answerOf(reasons);
    if (status.feed)
        checkFeed(*status.feed, reasons);
    if (status.book)
        checkBooks(*status.book, reasons);
    if (status.store && !status.store->redis.connected)
        reasons.emplace_back("Redis is away");
    else if (status.store && status.store->redis.error)
        reasons.push_back("Redis: " + status.store->redis.error->text);
    return answerOf(reasons);
}

} // namespace obm

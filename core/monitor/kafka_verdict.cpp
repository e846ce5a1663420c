#include "monitor/duration_text.h"
#include "monitor/stage_verdict.h"
#include "pipeline/status_sums.h"

#include <fmt/format.h>

namespace obm {

namespace {

// Nothing where a broker is there.
std::optional<StageVerdict> linkVerdict(const BrokerLinkStatus& broker, const std::optional<KafkaError>& error,
                                        std::int64_t epochMs)
{
    if (broker.isUp())
        return std::nullopt;
    const bool isAway = broker.state == BrokerState::Away;
    std::string words =
        fmt::format("{} for {}", isAway ? "no broker" : "connecting", durationText(epochMs - broker.sinceMs));
    if (error)
        words += ": " + error->text;
    return StageVerdict{isAway ? Condition::Bad : Condition::Starting, words};
}

} // namespace

StageVerdict kafkaInVerdict(const ProducerStatus& producer, double lostPerSecond, std::int64_t epochMs)
{
    if (auto verdict = linkVerdict(producer.broker, producer.lastError, epochMs))
        return *verdict;
    if (producer.topic && producer.topic->state == TopicState::Missing)
        return {Condition::Bad,
                "the topic is missing" + (producer.topic->error ? ": " + producer.topic->error->text : "")};
    if (lostPerSecond > 0)
        return {Condition::Degraded,
                fmt::format("losing {:.1f} messages/s: {}", lostPerSecond,
                            producer.lastError ? producer.lastError->text : "the local queue is full")};
    if (producer.delivered == 0)
        return {Condition::Starting, "connected, nothing delivered yet"};
    return {Condition::Good, fmt::format("delivers, {} in flight", producer.inFlight)};
}

StageVerdict kafkaOutVerdict(const ConsumerStatus& consumer, std::int64_t epochMs)
{
    if (auto verdict = linkVerdict(consumer.broker, consumer.lastError, epochMs))
        return *verdict;
    if (consumer.partitions.empty() && consumer.memberState != "steady")
        return {Condition::Starting, consumer.memberState.empty()
                                         ? "joining the group"
                                         : fmt::format("joining the group ({})", consumer.memberState)};
    if (consumer.partitions.empty())
        return {Condition::Good, "in the group; other members have all partitions"};
    const Lag lag = worstLag(consumer);
    if (lag.ms > lagDegradedMs)
        return {Condition::Degraded, fmt::format("{} messages behind, {}", lag.messages, durationText(lag.ms))};
    if (consumer.messages == 0)
        return {Condition::Starting, fmt::format("{} partitions assigned, no message yet", consumer.partitions.size())};
    return {Condition::Good,
            fmt::format("{} partition{}", consumer.partitions.size(), consumer.partitions.size() == 1 ? "" : "s")};
}

} // namespace obm

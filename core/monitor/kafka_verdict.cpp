#include "monitor/duration_text.h"
#include "monitor/stage_verdict.h"
#include "monitor/words.h"
#include "pipeline/status_sums.h"

namespace obm {

namespace {

// Nothing where a broker is there.
std::optional<StageVerdict> linkVerdict(const BrokerLinkStatus& broker, const std::optional<KafkaError>& error,
                                        std::int64_t epochMs)
{
    if (broker.isUp())
        return std::nullopt;
    const bool isAway = broker.state == BrokerState::Away;
    const std::string duration = durationText(epochMs - broker.sinceMs);
    std::string words = isAway ? obm::words("no broker for {}", duration) : obm::words("connecting for {}", duration);
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
                obm::words("the topic is missing") + (producer.topic->error ? ": " + producer.topic->error->text : "")};
    if (lostPerSecond > 0)
        return {Condition::Degraded,
                obm::words("losing {:.1f} messages/s: {}", lostPerSecond,
                           producer.lastError ? producer.lastError->text : obm::words("the local queue is full"))};
    if (producer.delivered == 0)
        return {Condition::Starting, obm::words("connected, nothing delivered yet")};
    return {Condition::Good, obm::words("delivers, {} in flight", producer.inFlight)};
}

StageVerdict groupVerdict(const ConsumerStatus& group, std::int64_t epochMs)
{
    if (auto verdict = linkVerdict(group.broker, group.lastError, epochMs))
        return *verdict;
    if (group.lastError)
        return {Condition::Bad, group.lastError->text};
    if (group.messages == 0)
        return {Condition::Starting, obm::words("the group has committed nothing yet")};
    const Lag lag = worstLag(group);
    if (lag.ms > lagDegradedMs)
        return {Condition::Degraded, obm::words("{} messages behind, {}", lag.messages, durationText(lag.ms))};
    const std::size_t count = group.partitions.size();
    return {Condition::Good, count == 1 ? obm::words("1 partition, by what the group commits")
                                        : obm::words("{} partitions, by what the group commits", count)};
}

StageVerdict kafkaOutVerdict(const ConsumerStatus& consumer, std::int64_t epochMs)
{
    if (auto verdict = linkVerdict(consumer.broker, consumer.lastError, epochMs))
        return *verdict;
    if (consumer.partitions.empty() && consumer.memberState != "steady")
        return {Condition::Starting, consumer.memberState.empty()
                                         ? obm::words("joining the group")
                                         : obm::words("joining the group ({})", consumer.memberState)};
    if (consumer.partitions.empty())
        return {Condition::Good, obm::words("in the group; other members have all partitions")};
    const Lag lag = worstLag(consumer);
    if (lag.ms > lagDegradedMs)
        return {Condition::Degraded, obm::words("{} messages behind, {}", lag.messages, durationText(lag.ms))};
    const std::size_t count = consumer.partitions.size();
    if (consumer.messages == 0)
        return {Condition::Starting, count == 1 ? obm::words("1 partition assigned, no message yet")
                                                : obm::words("{} partitions assigned, no message yet", count)};
    return {Condition::Good, count == 1 ? obm::words("1 partition") : obm::words("{} partitions", count)};
}

} // namespace obm

#include "monitor/happening.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace obm {

namespace {

constexpr const char* part = "kafka";

void addLink(const char* who, const BrokerLinkStatus& before, const BrokerLinkStatus& now,
             const std::optional<KafkaError>& error, Happenings& out)
{
    const bool isAway = now.state == BrokerState::Away;
    const std::string reason = error ? ": " + error->text : "";
    if (riseOf(before.timesAway, now.timesAway) > 0 || (isAway && before.state != BrokerState::Away))
        out.push_back({part, "no broker", Severity::Error, "", fmt::format("{} has no broker{}", who, reason)});
    if (now.isUp() && !before.isUp())
        out.push_back({part, "a broker is there", Severity::Note, "", fmt::format("{} has a broker", who)});
}

void addErrors(const char* what, const std::map<std::string, std::uint64_t>& before,
               const std::map<std::string, std::uint64_t>& now, Severity severity, Happenings& out)
{
    for (const auto& [name, count] : now) {
        const auto earlier = before.find(name);
        if (const std::uint64_t times = riseOf(earlier == before.end() ? 0 : earlier->second, count); times > 0)
            out.push_back({part, what, severity, "", fmt::format("{}: {} ({})", what, name, times)});
    }
}

void addRise(const char* kind, std::uint64_t before, std::uint64_t now, Severity severity, const std::string& reason,
             Happenings& out)
{
    if (const std::uint64_t times = riseOf(before, now); times > 0)
        out.push_back({part, kind, severity, "",
                       fmt::format("{}{}{}", kind, times == 1 ? "" : fmt::format(", {} times", times), reason)});
}

std::string assignmentText(const ConsumerStatus& consumer)
{
    std::vector<int> numbers;
    for (const PartitionStatus& partition : consumer.partitions)
        numbers.push_back(partition.partition);
    return numbers.empty() ? "rebalance: no partition is assigned here"
                           : fmt::format("rebalance: partitions {} are assigned here", fmt::join(numbers, ", "));
}

} // namespace

void addProducerHappenings(const ProducerStatus& before, const ProducerStatus& now, Happenings& out)
{
    addLink("the producer", before.broker, now.broker, now.lastError, out);
    const std::string reason = now.lastError ? ": " + now.lastError->text : "";
    addRise("message dropped, the local queue is full", before.queueFull, now.queueFull, Severity::Error, "", out);
    addRise("message refused by the client", before.refused, now.refused, Severity::Error, reason, out);
    addErrors("message given up", before.failed, now.failed, Severity::Error, out);
    addRise("new producer after a fatal error", before.recreated, now.recreated, Severity::Error, reason, out);
    if (!now.topic || (before.topic && before.topic->state == now.topic->state))
        return;
    if (now.topic->state == TopicState::Created)
        out.push_back({part, "topic created", Severity::Note, "",
                       fmt::format("the topic was missing and is made, {} partitions", now.topic->partitions)});
    if (now.topic->state == TopicState::Missing)
        out.push_back({part, "topic missing", Severity::Error, "",
                       "the topic is missing" + (now.topic->error ? ": " + now.topic->error->text : "")});
}

void addConsumerHappenings(const ConsumerStatus& before, const ConsumerStatus& now, Happenings& out)
{
    addLink("the consumer", before.broker, now.broker, now.lastError, out);
    const std::string reason = now.lastError ? ": " + now.lastError->text : "";
    addRise("assignment lost", before.assignmentsLost, now.assignmentsLost, Severity::Warning, "", out);
    if (riseOf(before.rebalances, now.rebalances) > 0)
        out.push_back({part, "rebalance", Severity::Note, "", assignmentText(now)});
    addRise("offset was no longer there", before.offsetResets, now.offsetResets, Severity::Warning, "", out);
    addRise("commit failed", before.commitsFailed, now.commitsFailed, Severity::Warning, "", out);
    addRise("new consumer after a fatal error", before.recreated, now.recreated, Severity::Error, reason, out);
    addErrors("consumer error", before.errors, now.errors, Severity::Warning, out);
}

} // namespace obm

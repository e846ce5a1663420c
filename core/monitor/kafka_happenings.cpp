#include "monitor/happening.h"
#include "monitor/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace obm {

namespace {

constexpr const char* part = "kafka";

struct LinkWords
{
    std::string away;
    std::string back;
};

void addLink(const LinkWords& words, const BrokerLinkStatus& before, const BrokerLinkStatus& now,
             const std::optional<KafkaError>& error, Happenings& out)
{
    const bool isAway = now.state == BrokerState::Away;
    const std::string reason = error ? ": " + error->text : "";
    if (riseOf(before.timesAway, now.timesAway) > 0 || (isAway && before.state != BrokerState::Away))
        out.push_back({part, obm::words("no broker"), Severity::Error, "", words.away + reason});
    if (now.isUp() && !before.isUp())
        out.push_back({part, obm::words("a broker is there"), Severity::Note, "", words.back});
}

void addErrors(const std::string& what, const std::map<std::string, std::uint64_t>& before,
               const std::map<std::string, std::uint64_t>& now, Severity severity, Happenings& out)
{
    for (const auto& [name, count] : now) {
        const auto earlier = before.find(name);
        if (const std::uint64_t times = riseOf(earlier == before.end() ? 0 : earlier->second, count); times > 0)
            out.push_back({part, what, severity, "", fmt::format("{}: {} ({})", what, name, times)});
    }
}

void addRise(const std::string& kind, std::uint64_t before, std::uint64_t now, Severity severity,
             const std::string& reason, Happenings& out)
{
    if (const std::uint64_t times = riseOf(before, now); times > 0)
        out.push_back(
            {part, kind, severity, "", (times == 1 ? kind : obm::words("{}, {} times", kind, times)) + reason});
}

std::string assignmentText(const ConsumerStatus& consumer)
{
    std::vector<int> numbers;
    for (const PartitionStatus& partition : consumer.partitions)
        numbers.push_back(partition.partition);
    return numbers.empty()
               ? obm::words("rebalance: no partition is assigned here")
               : obm::words("rebalance: partitions {} are assigned here", fmt::format("{}", fmt::join(numbers, ", ")));
}

} // namespace

void addProducerHappenings(const ProducerStatus& before, const ProducerStatus& now, Happenings& out)
{
    addLink({obm::words("the producer has no broker"), obm::words("the producer has a broker")}, before.broker,
            now.broker, now.lastError, out);
    const std::string reason = now.lastError ? ": " + now.lastError->text : "";
    addRise(obm::words("message dropped, the local queue is full"), before.queueFull, now.queueFull, Severity::Error,
            "", out);
    addRise(obm::words("message refused by the client"), before.refused, now.refused, Severity::Error, reason, out);
    addErrors(obm::words("message given up"), before.failed, now.failed, Severity::Error, out);
    addRise(obm::words("new producer after a fatal error"), before.recreated, now.recreated, Severity::Error, reason,
            out);
    if (!now.topic || (before.topic && before.topic->state == now.topic->state))
        return;
    if (now.topic->state == TopicState::Created)
        out.push_back({part, obm::words("topic created"), Severity::Note, "",
                       obm::words("the topic was missing and is made, {} partitions", now.topic->partitions)});
    if (now.topic->state == TopicState::Missing)
        out.push_back({part, obm::words("topic missing"), Severity::Error, "",
                       obm::words("the topic is missing") + (now.topic->error ? ": " + now.topic->error->text : "")});
}

void addConsumerHappenings(const ConsumerStatus& before, const ConsumerStatus& now, Happenings& out)
{
    addLink({obm::words("the consumer has no broker"), obm::words("the consumer has a broker")}, before.broker,
            now.broker, now.lastError, out);
    const std::string reason = now.lastError ? ": " + now.lastError->text : "";
    addRise(obm::words("assignment lost"), before.assignmentsLost, now.assignmentsLost, Severity::Warning, "", out);
    if (riseOf(before.rebalances, now.rebalances) > 0)
        out.push_back({part, obm::words("rebalance"), Severity::Note, "", assignmentText(now)});
    addRise(obm::words("offset was no longer there"), before.offsetResets, now.offsetResets, Severity::Warning, "",
            out);
    addRise(obm::words("commit failed"), before.commitsFailed, now.commitsFailed, Severity::Warning, "", out);
    addRise(obm::words("new consumer after a fatal error"), before.recreated, now.recreated, Severity::Error, reason,
            out);
    addErrors(obm::words("consumer error"), before.errors, now.errors, Severity::Warning, out);
}

} // namespace obm

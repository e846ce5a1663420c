#include "kafka/topic_admin.h"

#include "kafka/kafka_log.h"
#include "kafka/topic_calls.h"

#include <librdkafka/rdkafka.h>

#include <QtCore/QObject>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace obm {
namespace {

// One attempt, and what is to be said and done after it.
struct Attempt
{
    std::optional<TopicReport> report;
    bool isDone = false;
    int retryMs = 0; // 0: by the back-off
};

TopicReport described(TopicState state, int partitions, std::optional<std::int64_t> retentionMs)
{
    return {.state = state, .partitions = partitions, .retentionMs = retentionMs, .error = std::nullopt};
}

Attempt refused(const KafkaError& error)
{
    TopicReport report{.state = TopicState::Missing, .partitions = 0, .retentionMs = std::nullopt, .error = error};
    return {std::move(report), false, TopicAdmin::refusedRetryMs};
}

Attempt createMissing(TopicCalls& calls, const KafkaConfig& config, const std::stop_token& stop)
{
    const auto created = calls.create(stop);
    if (created)
        return {described(TopicState::Created, config.partitions, std::int64_t{config.retentionMinutes} * 60'000),
                true};
    const KafkaError& error = created.error();
    // Another process was quicker: the next look finds the topic.
    if (error.isRetriable || error.code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
        return {};
    return refused(error);
}

Attempt lookAt(TopicCalls& calls, const KafkaConfig& config, int& timeoutMs, const std::stop_token& stop)
{
    const auto partitions = calls.partitions(timeoutMs);
    if (partitions && *partitions == 0)
        return createMissing(calls, config, stop);
    if (partitions)
        return {described(TopicState::Existing, *partitions, calls.retentionMs(stop)), true};
    if (partitions.error().code == RD_KAFKA_RESP_ERR__TIMED_OUT)
        timeoutMs = std::min(2 * timeoutMs, TopicAdmin::callTimeoutMaxMs);
    if (partitions.error().isRetriable)
        return {};
    return refused(partitions.error());
}

} // namespace

TopicAdmin::TopicAdmin(const KafkaConfig& config, QObject& context, Answer answer)
    : m_config(config)
    , m_context(context)
    , m_answer(std::move(answer))
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{}

TopicAdmin::~TopicAdmin() = default; // the jthread asks for the stop and joins

void TopicAdmin::run(const std::stop_token& stop)
{
    auto calls = TopicCalls::connect(m_config);
    if (!calls) // the producer fails in the same way, and says so
        return;
    int backoff = backoffMs;
    int timeoutMs = callTimeoutMs;
    std::string toldReason;
    while (!stop.stop_requested()) {
        Attempt attempt = lookAt(*calls, m_config, timeoutMs, stop);
        const std::string reason = attempt.report && attempt.report->error ? attempt.report->error->name : "";
        if (attempt.report && (attempt.isDone || reason != std::exchange(toldReason, reason)))
            QMetaObject::invokeMethod(
                &m_context, [answer = m_answer, report = std::move(*attempt.report)] { answer(report); },
                Qt::QueuedConnection);
        if (attempt.isDone)
            return;
        waitFor(attempt.retryMs > 0 ? attempt.retryMs : backoff, stop);
        backoff = std::min(2 * backoff, backoffMaxMs);
    }
}

void TopicAdmin::waitFor(int ms, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_stopped.wait_for(lock, stop, std::chrono::milliseconds(ms), [] { return false; });
}

} // namespace obm

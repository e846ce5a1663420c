// Sees to the topic: makes it with the configured partitions, replication and retention where it is missing and that is
// allowed, and finds out what an existing one is like. Once; with the brokers away it keeps trying.
// Why a thread and a client of its own: librdkafka's metadata call blocks, and the feed must not wait for a broker.
// Thread: made and destroyed in the thread of `context`; the answer comes there as a queued call. Destroying it waits
// for the call under way, at most callTimeoutMaxMs, normally callTimeoutMs.
#pragma once

#include "config/config.h"
#include "kafka/topic_report.h"

#include <QtCore/QPointer>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace obm {

class TopicAdmin
{
public:
    using Answer = std::function<void(const TopicReport&)>;

    static constexpr int callTimeoutMs = 250; // doubled each time a connected broker takes longer
    static constexpr int callTimeoutMaxMs = 8'000;
    static constexpr int backoffMs = 100; // doubled while no broker answers
    static constexpr int backoffMaxMs = 5'000;
    static constexpr int refusedRetryMs = 5'000; // may not be made: somebody else may make it, or let us

    // `answer` comes once for a topic that is there; before that once for each reason why it is not.
    TopicAdmin(const KafkaConfig& config, QObject& context, Answer answer);
    ~TopicAdmin();

private:
    void run(const std::stop_token& stop);
    void waitFor(int ms, const std::stop_token& stop);

    KafkaConfig m_config;
    QObject& m_context;
    Answer m_answer;
    std::mutex m_mutex;
    std::condition_variable_any m_stopped;
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace obm

// A consumer that writes down what it is told, in order.
// Thread: that of the test.
#pragma once

#include "kafka/consumer.h"

#include <QtCore/QByteArray>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace obm::test {

struct Seen
{
    QByteArray key;
    QByteArray value;
    int partition = 0;
    qint64 offset = 0;
    qint64 timestampMs = 0;
    std::optional<GapOrigin> mark = {};
};

class Member
{
public:
    explicit Member(const KafkaConfig& config, std::map<int, std::int64_t> resume = {})
        : m_resume(std::move(resume))
    {
        ConsumerCallbacks callbacks;
        callbacks.onMessage = [this](const ConsumedMessage& message) { take(message); };
        callbacks.onBatchEnd = [this] { ++batchEnds; };
        callbacks.onAssigned = [this](const std::vector<int>& partitions) {
            assigned = partitions;
            ++assignments;
            return m_resume;
        };
        callbacks.onRevoked = [this](const std::vector<int>& partitions) {
            ++revocations;
            for (const int partition : partitions)
                std::erase(assigned, partition);
            if (onRevoked)
                onRevoked();
        };
        auto created = Consumer::create(config, std::move(callbacks));
        if (created)
            consumer = std::move(*created);
    }

    [[nodiscard]] bool holds(int count) const { return static_cast<int>(assigned.size()) == count; }

    std::vector<Seen> seen;
    std::vector<int> assigned;
    int assignments = 0;
    int revocations = 0;
    int batchEnds = 0;
    int strays = 0; // messages of partitions that are not assigned
    bool isApplying = true;
    std::function<void()> onRevoked;
    std::function<void()> onFirstOfBatch;
    std::unique_ptr<Consumer> consumer; // last: its end still calls back

private:
    void take(const ConsumedMessage& message)
    {
        if (std::ranges::find(assigned, message.partition) == assigned.end())
            ++strays;
        seen.push_back({QByteArray(message.key.data(), static_cast<qsizetype>(message.key.size())),
                        QByteArray(message.value.data(), static_cast<qsizetype>(message.value.size())),
                        message.partition, message.offset, message.timestampMs, message.mark});
        if (isApplying)
            consumer->markApplied(message.partition, message.offset);
        if (onFirstOfBatch)
            std::exchange(onFirstOfBatch, nullptr)();
    }

    std::map<int, std::int64_t> m_resume;
};

} // namespace obm::test

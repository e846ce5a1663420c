// Asks Kafka once a second how far the group is behind, and says why it does not know.
// The time behind is that since the end passed the group's place: the messages themselves are not read.
// Thread: made, used and destroyed in obm-lag; a Kafka that does not answer blocks this thread and no other.
#pragma once

#include "concurrent/latest_value.h"
#include "kafka/broker_link.h"
#include "kafka/consumer.h"
#include "kafka/group_lag.h"
#include "viewer/end_times.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>

namespace obm {

class LagWatch : public QObject
{
    Q_OBJECT

public:
    static constexpr int readMs = 1'000;
    static constexpr int readAgainMsMax = 8'000; // while Kafka does not answer

    // As a consumer would see it; what is given outlives the watch.
    LagWatch(const KafkaConfig& config, LatestValue<ConsumerStatus>& out);

private:
    void read();
    void take(const std::vector<GroupPosition>& positions);
    void fail(const KafkaError& error);

    KafkaConfig m_config;
    LatestValue<ConsumerStatus>& m_out;
    std::optional<GroupLag> m_lag;
    BrokerLink m_link;
    std::map<int, EndTimes> m_ends; // by partition
    ConsumerStatus m_status;
    QTimer m_timer;
};

} // namespace obm

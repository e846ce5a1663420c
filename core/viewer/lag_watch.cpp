#include "viewer/lag_watch.h"

#include "concurrent/clock.h"
#include "monitor/words.h"

#include <algorithm>

namespace obm {

LagWatch::LagWatch(const KafkaConfig& config, LatestValue<ConsumerStatus>& out)
    : m_config(config)
    , m_out(out)
    , m_link(epochMs())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &LagWatch::read);
    m_status.broker = m_link.status();
    if (config.bootstrapServers.empty()) { // nobody told where it is
        m_status.lastError =
            KafkaError{.code = -1, .name = "_NO_ADDRESS", .text = obm::words("its address is not known")};
        m_out.publish(m_status);
        return;
    }
    m_out.publish(m_status);
    m_timer.start(0);
}

void LagWatch::read()
{
    if (!m_lag) {
        auto lag = GroupLag::create(m_config);
        if (!lag)
            return fail(lag.error());
        m_lag.emplace(std::move(*lag));
    }
    if (const auto positions = m_lag->read())
        take(*positions);
    else
        fail(positions.error());
}

void LagWatch::take(const std::vector<GroupPosition>& positions)
{
    m_link.noteTraffic(epochMs());
    m_status.broker = m_link.status();
    m_status.lastError.reset();
    m_status.partitions.clear();
    m_status.messages = 0;
    for (const GroupPosition& at : positions) {
        EndTimes& ends = m_ends[at.partition];
        ends.note(at.end, steadyMs());
        PartitionStatus partition{.partition = at.partition, .nextOffset = at.committed};
        if (at.committed >= 0) {
            partition.lagMessages = std::max<std::int64_t>(0, at.end - at.committed);
            partition.lagMs = ends.behindMs(at.committed, steadyMs());
            m_status.messages += static_cast<std::uint64_t>(at.committed);
        }
        m_status.partitions.push_back(partition);
    }
    m_out.publish(m_status);
    m_timer.start(readMs);
}

void LagWatch::fail(const KafkaError& error)
{
    if (error.code > 0) // a broker's answer
        m_link.noteTraffic(epochMs());
    else
        m_link.noteAllDown(epochMs());
    m_status.broker = m_link.status();
    m_status.lastError = error;
    m_status.partitions.clear();
    m_out.publish(m_status);
    m_timer.start(std::clamp(2 * m_timer.interval(), readMs, readAgainMsMax));
}

} // namespace obm

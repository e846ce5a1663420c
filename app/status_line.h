// The pipeline in one line, for the bottom of a terminal and for the log: states, rates, lag, latencies.
// Thread: main; one object per reader of the line, as it keeps the samples that rates are made of.
#pragma once

#include "config/config.h"
#include "metrics/rate.h"
#include "pipeline/status.h"

#include <cstdint>
#include <string>

namespace obm {

class StatusLine
{
public:
    explicit StatusLine(const Config& config)
        : m_simulated(config.simulated)
    {}

    // Once a second.
    std::string update(const PipelineStatus& status, std::int64_t nowMs);

private:
    std::string feedPart(const FeedStatus& feed, std::int64_t nowMs);
    std::string kafkaPart(const ConsumerStatus& consumer, std::int64_t nowMs);
    std::string storePart(const StoreStatus& store, std::int64_t nowMs);

    bool m_simulated;
    Rate m_received;
    Rate m_consumed;
    Rate m_written;
};

} // namespace obm

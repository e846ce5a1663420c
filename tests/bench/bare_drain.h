// librdkafka alone draining a topic with obmonitor's own consumer settings: every message is polled and dropped. It
// runs as a process of its own, so that its processor time and memory are its own and it can be given a core. The
// benchmark starts itself again with bareDrainArgument first; runBareDrain() is that process' main, and prints
// "messages seconds cpu-seconds peak-kb". The clock runs from the first message to the last.
#pragma once

#include "config/config.h"

#include <cstdint>
#include <expected>
#include <string>

namespace obm::bench {

inline constexpr const char* bareDrainArgument = "--bare-drain";

struct BareDrain
{
    std::int64_t messages = 0;
    double seconds = 0;
    double cpuSeconds = 0;
    std::int64_t peakKb = 0;
};

int runBareDrain(int argc, char** argv);

// Drains the first `messages` of config.topic; the error is one line.
[[nodiscard]] std::expected<BareDrain, std::string> measureBareDrain(const KafkaConfig& config, std::int64_t messages);

} // namespace obm::bench

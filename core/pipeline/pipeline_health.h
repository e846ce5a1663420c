// Is the process alive, and may others rely on it? Pure: a status in, an answer with its reasons out.
//   health: every thread of the role publishes (an orchestrator restarts what is stuck)
//   readiness: Kafka and Redis up, and every symbol that had an event in the last minute live; a producer: its streams
//   and Kafka; a handler without partitions is ready
// Thread: any.
#pragma once

#include "config/config.h"
#include "metrics/metrics_server.h"
#include "pipeline/status.h"

#include <cstdint>

namespace obm {

inline constexpr std::int64_t activeSymbolMs = 60'000;

[[nodiscard]] HealthAnswer healthOf(const PipelineStatus& status, Role role, std::int64_t nowMs);
[[nodiscard]] HealthAnswer readinessOf(const PipelineStatus& status, Role role, std::int64_t nowMs);

} // namespace obm

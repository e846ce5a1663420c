// What is over its limit at this moment; Alerts decides whether it lasted.
// Thread: any; a pure function.
#pragma once

#include "monitor/alerts.h"

namespace obm {

[[nodiscard]] std::vector<AlertCause> alertCauses(const PipelineStatus& status, const AlertLimits& limits,
                                                  std::int64_t nowMs);

} // namespace obm

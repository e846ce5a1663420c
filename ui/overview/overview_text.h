// The overview in words, for those who hear it, for the clipboard and for tests: all that the tiles say, nothing cut.
// Thread: any; pure functions.
#pragma once

#include "monitor/stage_row.h"

#include <QString>

namespace obm {

[[nodiscard]] QString nameOf(Stage stage);
[[nodiscard]] QString wordOf(Condition condition); // "good", in the person's language
[[nodiscard]] QString rateText(const StageRow& row);
[[nodiscard]] QString latencyText(const StageRow& row); // "p50 1.2 ms, p99 3 ms"
[[nodiscard]] QString lagText(const StageRow& row);     // "lag 12 (34 ms)"; empty where a stage has none

[[nodiscard]] QString stageText(const StageRow& row, std::int64_t nowEpochMs);      // one line
[[nodiscard]] QString overviewText(const StageRows& rows, std::int64_t nowEpochMs); // a line a stage

} // namespace obm

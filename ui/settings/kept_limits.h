// The limits of alerts as a person set them, from one start to the next. What is kept and makes no sense is left out.
// Thread: main.
#pragma once

#include "monitor/alerts.h"

namespace obm {

[[nodiscard]] AlertLimits keptLimits();
void keepLimits(const AlertLimits& limits);

} // namespace obm

// Names of diff-depth streams: `btcusdt@depth` (250 ms), `btcusdt@depth@100ms`, `btcusdt@depth@500ms`.
// Binance acknowledges `@depth@250ms` and upper-case names and then stays silent, so they are never made here.
// Only ASCII letters change case: symbols with other letters exist and their bytes are left alone.
#pragma once

#include "market/depth_speed.h"

#include <optional>
#include <string>
#include <string_view>

namespace obm {

std::string toLowerAscii(std::string_view text);
std::string toUpperAscii(std::string_view text);

std::string depthStreamName(std::string_view symbol, DepthSpeed speed);

// The symbol part of a diff-depth stream's name as it stands there (lower case), at any speed ("@depth@0ms" was seen).
// Nothing for other streams: partial depth ("@depth20") looks the same inside and is told by its name only.
std::optional<std::string_view> symbolOfDepthStream(std::string_view stream);

} // namespace obm

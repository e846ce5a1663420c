// A log line as bytes: one line whatever the text holds, so that a peer's text cannot forge another.
// Thread: any; pure functions.
#pragma once

#include "config/config.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace obm {

inline constexpr std::size_t logTextBytesMax = 8 * 1024; // a longer text is cut

struct LogLine
{
    std::int64_t timeMs; // since 1970, UTC
    LogLevel level;
    std::string_view part; // "obm.kafka"
    std::string_view text; // UTF-8
};

// "2026-11-22T13:15:02.123Z"
[[nodiscard]] std::string isoUtc(std::int64_t timeMs);

// "2026-11-22T13:15:02.123Z INFO  obm.kafka  text\n"
[[nodiscard]] std::string toText(const LogLine& line);

// {"time":...,"level":"info","part":"obm.kafka","text":...}\n
[[nodiscard]] std::string toJson(const LogLine& line);

// At most so many bytes, cut between two characters, with "..." in place of what is gone.
[[nodiscard]] std::string cutText(std::string_view text, std::size_t bytesMax);

// So many characters of UTF-8, each taken to be one column wide.
[[nodiscard]] std::string cutToColumns(std::string_view text, std::size_t columns);

} // namespace obm

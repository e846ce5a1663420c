// Value and unit to text, as every panel shows it: pure functions. Digits are grouped by commas and the point is a
// point whatever the system's language says, because prices come that way and must not be read two ways.
// Units: as the names say. What is not there is a dash; why it is not there, the row beside it says.
#pragma once

#include "market/decimal.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace obm::format {

inline constexpr char16_t blankSign = u'–';

[[nodiscard]] QString blank();

[[nodiscard]] QString count(std::int64_t value);         // 1,234,567
[[nodiscard]] QString shortCount(double value);          // 950, 12.3k, 4.56M
[[nodiscard]] QString rate(double perSecond);            // 0.4/s, 12/s, 6,120/s
[[nodiscard]] QString latency(double ms);                // < 0.01 ms, 1.2 ms, 34 ms, 1.4 s
[[nodiscard]] QString age(std::int64_t ms);              // 120 ms, 2.4 s, 34 s, 5 min, 3 h 12 min, 2 d 4 h
[[nodiscard]] QString duration(std::int64_t ms);         // 34 s, 5 min 10 s, 3 h 12 min
[[nodiscard]] QString percent(double share);             // 0.42 -> 42 %
[[nodiscard]] QString price(const Decimal& value);       // the text that came in
[[nodiscard]] QString quantity(const Decimal& value);    // the same
[[nodiscard]] QString clockTime(std::int64_t epochMs);   // 13:15:02, of this machine's zone
[[nodiscard]] QString clockTimeMs(std::int64_t epochMs); // 13:15:02.123
[[nodiscard]] QString dateAndTime(std::int64_t epochMs); // 2026-11-22T13:15:02.123Z: for files, in UTC
// since 13:15:02 (5 min 10 s)
[[nodiscard]] QString since(std::int64_t epochMs, std::int64_t nowEpochMs);

// The same, or a dash.
template <typename Value, typename Format>
[[nodiscard]] QString orBlank(const std::optional<Value>& value, Format formatted)
{
    return value ? formatted(*value) : blank();
}

} // namespace obm::format

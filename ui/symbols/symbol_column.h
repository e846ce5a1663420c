// The columns of the symbols table: what each says, how it sorts, and whether a value in it has changed.
// Pure functions of a row, so that model, filter and tests say the same. Thread: any.
#pragma once

#include "monitor/symbol_row.h"

#include <QString>

#include <compare>

namespace obm {

enum class SymbolColumn {
    Symbol,
    State,
    Since,
    Bid,
    Ask,
    Spread,
    Events,
    Age,
    Gaps,
    Resyncs,
    Audit,
    Lag,
    Writes,
    WriteAge,
    Latency,
};
inline constexpr int symbolColumnCount = 15;

[[nodiscard]] QString titleOf(SymbolColumn column);
[[nodiscard]] QString helpOf(SymbolColumn column);   // the header's tooltip
[[nodiscard]] QString widestOf(SymbolColumn column); // a text to size the column by
[[nodiscard]] bool isNumber(SymbolColumn column);

[[nodiscard]] QString cellText(const SymbolRow& row, SymbolColumn column, std::int64_t nowEpochMs);
// As the cell shows it: times that pass count by what is written there.
[[nodiscard]] bool differs(const SymbolRow& before, std::int64_t beforeEpochMs, const SymbolRow& after,
                           std::int64_t afterEpochMs, SymbolColumn column);
// Rising, of rows that both have a value there, or both have none.
[[nodiscard]] bool hasValue(const SymbolRow& row, SymbolColumn column);
// Why it has none; empty: it has one.
[[nodiscard]] QString blankReason(const SymbolRow& row, SymbolColumn column);
[[nodiscard]] std::weak_ordering compared(const SymbolRow& a, const SymbolRow& b, SymbolColumn column);

} // namespace obm

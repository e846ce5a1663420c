// Rows as the monitor makes them of a healthy pipeline: each test breaks what it is about.
#pragma once

#include "monitor/journal.h"
#include "monitor/stage_row.h"
#include "monitor/symbol_row.h"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace obm::test {

inline constexpr std::int64_t rowsNowMs = 1'795'353'302'123; // 2026-11-22T13:15:02.123Z

inline Decimal decimal(const char* text)
{
    return *Decimal::parse(text);
}

inline SymbolRow symbolRow(const std::string& symbol)
{
    SymbolRow row;
    row.symbol = symbol;
    row.state = SyncState::Live;
    row.words = "live";
    row.sinceEpochMs = rowsNowMs - 65'000;
    row.bestBid = decimal("63947.30");
    row.bestAsk = decimal("63947.40");
    row.spread = decimal("0.10");
    row.eventsPerSecond = 4;
    row.ageMs = 120;
    row.lagMessages = 0;
    row.writesPerSecond = 3.9;
    row.writeAgeMs = 80;
    row.latencyMs = 12;
    row.lastId = 4'984'028'370'730;
    row.partition = 1;
    return row;
}

// One that waits: all that comes of a book is not there, and the words say why.
inline SymbolRow bufferingRow(const std::string& symbol)
{
    SymbolRow row;
    row.symbol = symbol;
    row.state = SyncState::Buffering;
    row.words = "waiting for a snapshot: 12 before it, about 34 s";
    row.sinceEpochMs = rowsNowMs - 9'000;
    row.eventsPerSecond = 4;
    row.ageMs = 120;
    row.lagMessages = 0;
    row.gaps = 1;
    row.resyncs = 1;
    return row;
}

inline std::vector<SymbolRow> symbolRows(int count)
{
    std::vector<SymbolRow> rows;
    for (int i = 0; i < count; ++i)
        rows.push_back(symbolRow(fmt::format("S{:04}USDT", i)));
    return rows;
}

inline StageRows stageRows()
{
    StageRows rows;
    for (std::size_t i = 0; i < stageCount; ++i) {
        rows[i].stage = static_cast<Stage>(i);
        rows[i].condition = Condition::Good;
        rows[i].words = "all is well";
        rows[i].sinceEpochMs = rowsNowMs - 310'000;
        rows[i].perSecond = 6'120;
        rows[i].latency = LatencyPair{1.2, 34};
    }
    rows[2].lagMessages = 12;
    rows[2].lagMs = 340;
    return rows;
}

} // namespace obm::test

// The rows of the symbols from look to look: rates, ages, and since when each state holds.
// Thread: that of its owner. Units: ms; see symbol_row.h.
#pragma once

#include "config/config.h"
#include "metrics/rate.h"
#include "monitor/symbol_row.h"
#include "pipeline/status.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace obm {

class SymbolWatch
{
public:
    explicit SymbolWatch(const Config& config);

    const std::vector<SymbolRow>& update(const PipelineStatus& status, std::int64_t steadyMs, std::int64_t epochMs);
    [[nodiscard]] const std::vector<SymbolRow>& rows() const { return m_rows; }

private:
    struct Track
    {
        Rate events;
        Rate writes;
        SyncState state = SyncState::Waiting;
        std::int64_t sinceEpochMs = 0;
        std::int64_t bookless = 0; // since when it has no book, epoch ms; 0: it has one
        std::uint64_t look = 0;    // the last one at which it was there
    };
    struct Sources;

    [[nodiscard]] std::vector<std::string_view> names(const PipelineStatus& status) const;
    void fill(SymbolRow& row, Track& track, const Sources& sources) const;
    void fillBook(SymbolRow& row, Track& track, const BookRow& book, const Sources& sources) const;
    void fillWrites(SymbolRow& row, Track& track, const Sources& sources) const;
    [[nodiscard]] std::string wordsWithoutBook(const Sources& sources) const;
    [[nodiscard]] static std::string blankOf(const SymbolRow& row, const Sources& sources);
    static std::int64_t sinceOf(Track& track, SyncState state, std::int64_t sinceEpochMs);

    Role m_role;
    std::vector<std::string> m_symbols; // empty: whatever there is
    std::vector<SymbolRow> m_rows;
    std::unordered_map<std::string, Track> m_tracks;
    std::uint64_t m_look = 0;
};

} // namespace obm

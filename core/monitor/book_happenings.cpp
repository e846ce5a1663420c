#include "monitor/happening.h"

#include "monitor/symbol_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace obm {

namespace {

constexpr const char* part = "books";

std::string idsText(const BookRow& row)
{
    const SyncTransition& last = *row.lastResync;
    std::string text = last.lastId > 0 ? fmt::format("; the book stood at u {}", last.lastId) : std::string();
    if (last.eventLastId > 0)
        text += fmt::format(", the event has pu {} and u {}", last.eventPreviousId, last.eventLastId);
    return text;
}

Happening resynced(const BookChange& change)
{
    std::vector<std::string> reasons;
    for (const SyncReason reason : change.reasons)
        reasons.push_back(reasonText(reason));
    const BookRow& row = *change.row;
    const bool isAsked = change.reasons == std::vector{SyncReason::Operator};
    return {part, fmt::format("synchronises again: {}", fmt::join(reasons, ", ")),
            isAsked ? Severity::Note : Severity::Warning, row.symbol,
            fmt::format("synchronises again: {}{}", fmt::join(reasons, ", "), row.lastResync ? idsText(row) : "")};
}

} // namespace

void addBookHappenings(const std::vector<BookChange>& changes, Happenings& out)
{
    for (const BookChange& change : changes) {
        const std::string& symbol = change.row->symbol;
        switch (change.kind) {
        case BookChange::Kind::Resync:
            out.push_back(resynced(change));
            break;
        case BookChange::Kind::Live:
            out.push_back({part, "live", Severity::Note, symbol, fmt::format("live at u {}", change.row->lastId)});
            break;
        case BookChange::Kind::Rejected:
            out.push_back({part, "rejected", Severity::Error, symbol, "rejected: " + reasonText(change.row->reason)});
            break;
        }
    }
}

} // namespace obm

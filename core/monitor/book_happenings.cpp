#include "monitor/happening.h"

#include "monitor/symbol_words.h"
#include "monitor/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace obm {

namespace {

constexpr const char* part = "books";

std::string idsText(const BookRow& row)
{
    const SyncTransition& last = *row.lastResync;
    if (last.lastId > 0 && last.eventLastId > 0)
        return "; " + obm::words("the book stood at u {}, the event has pu {} and u {}", last.lastId,
                                 last.eventPreviousId, last.eventLastId);
    if (last.lastId > 0)
        return "; " + obm::words("the book stood at u {}", last.lastId);
    return last.eventLastId > 0
               ? ", " + obm::words("the event has pu {} and u {}", last.eventPreviousId, last.eventLastId)
               : std::string();
}

Happening resynced(const BookChange& change)
{
    std::vector<std::string> reasons;
    for (const SyncReason reason : change.reasons)
        reasons.push_back(reasonText(reason, *change.row));
    if (reasons.empty()) // of a book that is seen from outside
        reasons.push_back(obm::words("reason not told"));
    const BookRow& row = *change.row;
    const bool isAsked = change.reasons == std::vector{SyncReason::Operator};
    const std::string words = obm::words("synchronises again: {}", fmt::format("{}", fmt::join(reasons, ", ")));
    return {part, words, isAsked ? Severity::Note : Severity::Warning, row.symbol,
            words + (row.lastResync ? idsText(row) : "")};
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
            out.push_back(
                {part, obm::words("live"), Severity::Note, symbol, obm::words("live at u {}", change.row->lastId)});
            break;
        case BookChange::Kind::Rejected:
            out.push_back({part, obm::words("rejected"), Severity::Error, symbol,
                           obm::words("rejected: {}", reasonText(change.row->reason))});
            break;
        }
    }
}

} // namespace obm

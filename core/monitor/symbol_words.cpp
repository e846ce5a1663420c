#include "monitor/symbol_words.h"

#include "monitor/duration_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace obm {

namespace {

std::string waitingWords(const SymbolStreamStatus* stream)
{
    if (!stream || stream->subscription == SubscriptionState::Acknowledged)
        return "subscribed, waiting for its first event";
    if (stream->subscription == SubscriptionState::Refused)
        return "refused by the exchange: " + stream->refusal;
    return "waiting for its subscription";
}

std::string bufferingWords(const BookRow& row, const QueuePlace* place)
{
    const std::string wait = place ? placeText(*place) : "it may not ask yet";
    if (!isResync(row.reason) && row.counters.resyncs == 0)
        return "waiting for a snapshot: " + wait;
    return fmt::format("{}; waiting for a snapshot: {}", causeOf(row), wait);
}

} // namespace

std::string reasonText(SyncReason reason)
{
    std::string text = toText(reason);
    std::ranges::replace(text, '_', ' ');
    return text;
}

std::string placeText(const QueuePlace& place)
{
    if (place.inFlight)
        return "it is on its way";
    if (place.ahead == 0)
        return place.secondsToGo == 0 ? "it is next" : fmt::format("it is next, about {} s", place.secondsToGo);
    return fmt::format("{} before it, about {} s", place.ahead, place.secondsToGo);
}

std::string causeOf(const BookRow& row)
{
    if (row.state == SyncState::Rejected || isResync(row.reason))
        return reasonText(row.reason);
    if (row.counters.resyncs > 0 && row.lastResync)
        return reasonText(row.lastResync->reason);
    return row.counters.snapshotFailures > 0 ? reasonText(SyncReason::SnapshotFailed) : reasonText(row.reason);
}

std::string symbolWords(const BookRow& row, const QueuePlace* place, const SymbolStreamStatus* stream)
{
    switch (row.state) {
    case SyncState::Waiting:
        return waitingWords(stream);
    case SyncState::Buffering:
        return bufferingWords(row, place);
    case SyncState::Bridging:
        return row.reason == SyncReason::Resumed ? "taken up again, waiting for the event that proves it"
                                                 : "snapshot loaded, waiting for the event that proves it";
    case SyncState::Live:
        return row.eventAgeMs.value_or(0) < quietMs ? "live" : "live, silent for " + durationText(*row.eventAgeMs);
    case SyncState::Rejected:
        return "rejected: " + reasonText(row.reason);
    }
    return {};
}

} // namespace obm

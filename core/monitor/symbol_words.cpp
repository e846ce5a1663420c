#include "monitor/symbol_words.h"

#include "monitor/duration_text.h"
#include "monitor/words.h"

#include <algorithm>

namespace obm {

namespace {

std::string waitingWords(const SymbolStreamStatus* stream)
{
    if (!stream || stream->subscription == SubscriptionState::Acknowledged)
        return obm::words("subscribed, waiting for its first event");
    if (stream->subscription == SubscriptionState::Refused)
        return obm::words("refused by the exchange: {}", stream->refusal);
    return obm::words("waiting for its subscription");
}

std::string bufferingWords(const BookRow& row, const QueuePlace* place)
{
    const std::string words =
        obm::words("waiting for a snapshot: {}", place ? placeText(*place) : obm::words("it may not ask yet"));
    return isResync(row.reason) || row.counters.resyncs > 0 ? causeOf(row) + "; " + words : words;
}

} // namespace

std::string reasonText(SyncReason reason)
{
    std::string text = toText(reason);
    std::ranges::replace(text, '_', ' ');
    return obm::term(text);
}

std::string reasonText(SyncReason reason, const BookRow& row)
{
    const auto origin = row.gapOrigin();
    const bool isTold = reason == SyncReason::Gap && origin;
    return reasonText(reason) + (isTold ? ", " + obm::term(toWords(*origin)) : "");
}

std::string placeText(const QueuePlace& place)
{
    if (place.inFlight)
        return obm::words("it is on its way");
    if (place.ahead == 0)
        return place.secondsToGo == 0 ? obm::words("it is next")
                                      : obm::words("it is next, about {} s", place.secondsToGo);
    return obm::words("{} before it, about {} s", place.ahead, place.secondsToGo);
}

std::string causeOf(const BookRow& row)
{
    if (row.state == SyncState::Rejected || isResync(row.reason))
        return reasonText(row.reason, row);
    if (row.counters.resyncs > 0 && row.lastResync)
        return reasonText(row.lastResync->reason, row);
    if (row.counters.resyncs > 0) // seen from outside
        return obm::words("reason not told");
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
        return row.reason == SyncReason::Resumed ? obm::words("taken up again, waiting for the event that proves it")
                                                 : obm::words("snapshot loaded, waiting for the event that proves it");
    case SyncState::Live:
        return row.eventAgeMs.value_or(0) < quietMs ? obm::words("live")
                                                    : obm::words("live, silent for {}", durationText(*row.eventAgeMs));
    case SyncState::Rejected:
        return obm::words("rejected: {}", reasonText(row.reason));
    }
    return {};
}

std::string symbolWordsFromOutside(const BookRow& row)
{
    if (row.state == SyncState::Waiting)
        return obm::words("waiting for its first event");
    if (row.state != SyncState::Buffering)
        return symbolWords(row, nullptr, nullptr);
    const bool isFirst = row.counters.resyncs == 0;
    return (isFirst ? "" : causeOf(row) + "; ") +
           obm::words("waiting for a snapshot, its place in the queue is not told");
}

} // namespace obm

// One symbol of a BookSet: its state machine, whether it is kept here, and where its newest event lay.
// Private to BookSet's own sources. Thread: that of the BookSet. Units as there.
#pragma once

#include "book/book_set.h"

#include <optional>
#include <string>
#include <utility>

namespace obm {

struct BookSet::Slot
{
    BookId id = 0;
    std::string symbol;
    int partition = 0; // where its messages are expected, then where they were seen
    struct Elsewhere   // events seen on another partition than expected
    {
        int partition = -1;
        std::int64_t lastId = 0;
        int inARow = 0;
    } elsewhere;
    BookSync sync;
    bool isListed = true; // still one of the symbols to keep
    bool isKept = false;  // on an assigned partition: written from here
    bool isChanged = false;
    GapSigns signs; // since the newest event
    std::uint64_t events = 0;
    std::int64_t lastReceivedEpochMs = 0;
    std::int64_t appliedUs = 0; // of the last event applied, as are the two below
    std::int64_t appliedEpochMs = 0;
    std::int64_t receivedEpochMs = 0;
    std::int64_t bookHopUs = 0;
    std::int64_t lastConsumedUs = 0; // steady; of the last event of any kind
    std::uint64_t levelsMissed = 0;  // of events while the book was not live
    int toldPriority = 0;            // of its snapshot
    std::int64_t auditAskedMs = 0;
    std::optional<std::int64_t> refusedMs; // since when REST refuses its snapshot for good
    std::int64_t newestId = 0; // u of the newest event, and where it lay in Kafka; of a live book the last one applied
    int newestPartition = -1;
    std::int64_t newestOffset = -1;

    Slot(BookId newId, std::string newSymbol, int newPartition, BookSync newSync)
        : id(newId)
        , symbol(std::move(newSymbol))
        , partition(newPartition)
        , sync(std::move(newSync))
    {}

    // Nothing of what was known of this symbol counts any more; its ids may begin anew.
    void startAnew(BookSync newSync)
    {
        sync = std::move(newSync);
        events = 0;
        levelsMissed = 0;
        auditAskedMs = 0;
        lastReceivedEpochMs = 0;
        appliedUs = 0;
        appliedEpochMs = 0;
        receivedEpochMs = 0;
        bookHopUs = 0;
        refusedMs.reset();
        newestId = 0;
        newestPartition = -1;
        newestOffset = -1;
    }

    [[nodiscard]] GapOrigin originIfGap(std::optional<GapOrigin> mark)
    {
        signs.mark = mark;
        return originOf(signs);
    }

    void noteApplied(std::int64_t steadyUs, std::int64_t epochMs)
    {
        appliedUs = steadyUs;
        appliedEpochMs = epochMs;
        receivedEpochMs = lastReceivedEpochMs;
        bookHopUs = steadyUs - lastConsumedUs;
    }

    // SyncAgain: ids may have begun anew, and the event that showed it is the newest one kept. An older one says
    // nothing of what is missing either.
    void notePlace(std::int64_t lastId, const BookMessage& message, SyncOutcome outcome)
    {
        if (lastId <= newestId && outcome != SyncOutcome::SyncAgain)
            return;
        signs = {};
        newestId = lastId;
        newestPartition = message.partition;
        newestOffset = message.offset;
    }
};

// There is something new to show.
[[nodiscard]] constexpr bool isNews(SyncOutcome outcome)
{
    return outcome == SyncOutcome::Applied || outcome == SyncOutcome::WentLive || outcome == SyncOutcome::Audited;
}

} // namespace obm

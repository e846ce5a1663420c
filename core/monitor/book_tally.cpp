#include "monitor/book_tally.h"

#include "monitor/symbol_words.h"

#include <algorithm>
#include <functional>

namespace obm {

namespace {

bool isInTrouble(const BookRow& row)
{
    return row.state == SyncState::Rejected || row.counters.resyncs > 0 || row.counters.snapshotFailures > 0;
}

} // namespace

BookTally BookTallies::update(const BookStatus& book, std::int64_t nowMs)
{
    BookTally tally;
    tally.kept = book.set.books.size();
    for (const BookRow& row : book.set.books) {
        Track& track = m_tracks[row.symbol];
        if (row.state == SyncState::Live)
            countLive(row, track, nowMs, tally);
        else
            countDown(row, track, nowMs, tally);
        track.resyncs = row.counters.resyncs;
    }
    for (const BookRow& row : book.set.books)
        if (const auto place = book.snapshotPlaces.find(row.symbol);
            row.state != SyncState::Live && place != book.snapshotPlaces.end())
            tally.longestWaitS = std::max(tally.longestWaitS, place->second.secondsToGo);
    std::ranges::stable_sort(tally.troubles, std::greater(), &BookTrouble::forMs);
    if (m_healed && nowMs - m_healedMs < healedNewsMs) {
        tally.healed = m_healed;
        tally.healed->forMs = nowMs - m_healedMs;
    }
    return tally;
}

void BookTallies::countDown(const BookRow& row, Track& track, std::int64_t nowMs, BookTally& tally)
{
    tally.rejected += row.state == SyncState::Rejected;
    if (row.state == SyncState::Waiting && !isInTrouble(row))
        ++tally.waiting;
    else if (!isInTrouble(row))
        ++tally.beginning;
    else {
        if (track.downSinceMs == 0)
            track.downSinceMs = nowMs - std::max<std::int64_t>(0, row.stateForMs);
        tally.troubles.push_back({row.symbol, row.state, causeOf(row), nowMs - track.downSinceMs});
    }
}

// A book may have been down and up again between two looks.
void BookTallies::countLive(const BookRow& row, Track& track, std::int64_t nowMs, BookTally& tally)
{
    ++tally.live;
    tally.quiet += row.eventAgeMs.value_or(0) >= quietMs;
    if (row.counters.resyncs > 0 && (track.downSinceMs != 0 || row.counters.resyncs > track.resyncs)) {
        m_healed = BookTrouble{row.symbol, row.state, causeOf(row), 0};
        m_healedMs = nowMs - row.stateForMs;
    }
    track.downSinceMs = 0;
}

} // namespace obm

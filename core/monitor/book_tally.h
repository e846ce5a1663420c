// All books of a process counted by how they are, and those that are in trouble by name.
// What is in trouble: a book that was live, or should be, and is not. One that synchronises for the first time is
// not; nor is one without events.
// Units: ms of a steady clock, passed in. Thread: that of its owner.
#pragma once

#include "pipeline/status.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace obm {

struct BookTrouble
{
    std::string symbol;
    SyncState state = SyncState::Buffering;
    std::string cause;
    std::int64_t forMs = 0;
};

struct BookTally
{
    std::size_t kept = 0;
    std::size_t live = 0;
    std::size_t quiet = 0;     // of the live ones: without an event for quietMs
    std::size_t waiting = 0;   // without any event
    std::size_t beginning = 0; // in their first synchronisation
    std::size_t rejected = 0;
    std::vector<BookTrouble> troubles; // longest first
    std::optional<BookTrouble> healed; // the last one, while that is news; forMs: since it is live again
    std::int64_t longestWaitS = -1;    // until the last snapshot that is waited for goes out
};

class BookTallies
{
public:
    static constexpr std::int64_t healedNewsMs = 10'000;

    BookTally update(const BookStatus& book, std::int64_t nowMs);

private:
    struct Track
    {
        std::int64_t downSinceMs = 0; // 0: it was live at the last look, or has never been in trouble
        std::uint64_t resyncs = 0;
    };

    void countDown(const BookRow& row, Track& track, std::int64_t nowMs, BookTally& tally);
    void countLive(const BookRow& row, Track& track, std::int64_t nowMs, BookTally& tally);

    std::unordered_map<std::string, Track> m_tracks;
    std::optional<BookTrouble> m_healed;
    std::int64_t m_healedMs = 0;
};

} // namespace obm

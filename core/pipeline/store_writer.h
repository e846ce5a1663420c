// What the store stage decides, without timers and threads: which states wait, which are due, what goes into one round
// trip, what becomes of those that failed, and when there is something to do again. The newest proven state of every
// symbol is written as soon as its interval allows; while Redis is away the newest state only is kept.
// Thread: obm-store, as the store. Units: steady ms of the clock.
#pragma once

#include "concurrent/pace.h"
#include "pipeline/status.h"
#include "pipeline/store_inbox.h"
#include "redis/book_store.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace obm {

class StoreWriter
{
public:
    static constexpr std::size_t batchLiveMax = 1000;
    static constexpr std::size_t batchFullBytesMax = 1024 * 1024; // of whole books in one round trip
    static constexpr std::int64_t retryMs = 100;                  // after a batch of which a part failed

    // inbox outlives the writer.
    StoreWriter(BookStore store, std::int64_t liveIntervalMs, StoreInbox& inbox, BookClock clock);

    // Takes the news from the inbox and writes what is due, in one round trip: for what is left dueMs() tells at once,
    // after the news in the inbox, so that a crowd of whole books does not keep the live ones waiting.
    void run();
    // When run() is to come again, news apart; nothing: there is nothing to do before news come.
    [[nodiscard]] std::optional<std::int64_t> dueMs() const;
    // Writes what waits without regard to intervals, then deletes the status keys: a clean stop.
    void finish();

    [[nodiscard]] StoreStatus status() const;

private:
    // A text's json lies in its write while that is on its way.
    struct Batch
    {
        std::vector<BookText> live;
        std::vector<BookText> full;
        std::vector<LiveWrite> liveWrites;
        std::vector<FullWrite> fullWrites;
        std::vector<StatusWrite> statusWrites;
        [[nodiscard]] bool isEmpty() const { return liveWrites.empty() && fullWrites.empty() && statusWrites.empty(); }
    };

    [[nodiscard]] std::int64_t nowMs() const { return m_clock.steadyUs() / 1000; }
    void take(std::size_t fullBytes);
    void apply(const OwnershipChange& change);
    void forget(const std::vector<std::string>& symbols);
    bool writeBatch(std::int64_t now); // false: nothing was due, or Redis failed
    Batch takeBatch(std::int64_t now);
    void takeRefused(std::vector<BookText>& batch);
    bool write(Batch batch, std::int64_t now); // false: Redis failed
    void settle(BookText& text, WriteOutcome outcome, bool isLive);
    void noteWritten(const BookText& text);

    StoreInbox& m_inbox;
    BookClock m_clock;
    BookStore m_store;
    Pace m_livePace;
    std::unordered_map<BookId, BookText> m_live; // newest, not written yet
    std::unordered_map<BookId, BookText> m_full;
    std::map<BookId, BookText> m_refused; // whole books whose own key Redis refuses: they hold up nobody
    BookId m_lastRefused = 0;             // the one tried last
    bool m_isEnding = false;
    std::vector<SymbolStamp> m_stamps;
    std::set<std::string> m_claimed;
    std::map<std::string, StoreRow> m_rows;
    LatencyHistogram m_redisHop;
    LatencyHistogram m_roundTrip;
};

} // namespace obm

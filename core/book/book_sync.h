// Keeps the book of ONE symbol right: the state machine around buffer, snapshot, id rule and book. No I/O, no clock.
//
//   Waiting --first event--> Buffering --snapshot--> Bridging --bridging event--> Live
//                                ^                       |                          |
//                                +---- stale snapshot, gap, crossed, malformed ... -+
//
// Rules (Binance's "How to manage a local order book correctly", steps cited in sequencer.h):
// - A book is proven, and may be published, only while Live: from the event that bridged the snapshot on.
// - The event that showed a fault stays buffered; the buffer outlives failed, refused and too old snapshots.
// - No event left after the snapshot: wait for the next one, do not fetch again.
// - u of the book never goes back, whatever doubles or late events come; only IdsWentBack starts to count anew.
// - Repeated attempts wait longer and longer, and over minutes a symbol gets its share of them and no more: one sick
//   symbol cannot eat everybody's weight.
// - A snapshot may be another symbol's: levels of events that are older have to stand in it (snapshot_proof.h). One
//   without bids, or without asks, is believed when the next one says the same.
// - Nothing that a single message claims can hold a book up for good: neither ids nor event times from nowhere.
// - A live book is audited now and then, and before its proven range is used up: held against a fresh snapshot beside
//   its own life (book_audit.h), whose range it takes over. If it differs it is built anew from that snapshot at once.
// - A book that its last owner left (restore) goes on if the events do: by the same rule as from a snapshot.
//
// Units: nowMs, milliseconds of any one clock (of which only differences are taken); epochMs, those of the wall clock,
// beyond which no event time is believed. Thread: that of the caller; movable.
// Errors: none; whatever comes in ends as a SyncOutcome, a reason and a counter.
#pragma once

#include "book/book_audit.h"
#include "book/event_buffer.h"
#include "book/order_book.h"
#include "book/sequencer.h"
#include "book/snapshot_proof.h"
#include "book/sync_state.h"

#include <cstdint>
#include <deque>
#include <limits>
#include <optional>

namespace obm {

struct SyncLimits
{
    std::size_t snapshotLimit = 1000; // levels asked for
    // While the snapshot is queued: enough to cover a REST answer that lags behind the stream by seconds.
    BufferLimits queued{64, 64 * 1024};
    // While it is on its way.
    BufferLimits requested{8192, 4 * 1024 * 1024};
    std::int64_t retryFirstMs = 500; // wait before the third attempt in a row; doubled for each one after
    std::int64_t retryMaxMs = 5'000;
    std::int64_t stableMs = 3'000; // Live for so long: the next trouble is a new one
    // Over any long time one snapshot in so many ms, after so many without that wait.
    std::int64_t snapshotEveryMs = 10'000;
    int snapshotsAhead = 30;
    std::int64_t idsBackMs = 5'000;        // older ids with an event time later by this much ...
    int idsBackEvents = 3;                 // ... so many times without a newer id: the exchange counts anew
    std::int64_t eventAheadMaxMs = 60'000; // an event time later than the wall clock by more is taken for this much
    std::int64_t auditEveryMs = 10'000;    // at most, of one symbol
    std::int64_t unheardMs = 30'000;       // other symbols are past a snapshot by so much: no event is under way
};

inline constexpr std::size_t syncHistoryMax = 32;

class BookSync
{
public:
    BookSync(std::int64_t nowMs, SyncLimits limits);
    explicit BookSync(std::int64_t nowMs)
        : BookSync(nowMs, SyncLimits{})
    {}

    static constexpr std::int64_t noEpochMs = std::numeric_limits<std::int64_t>::max(); // believes every event time

    // ifGap: who is to blame should events be missing before this one.
    SyncOutcome onUpdate(const DepthUpdate& update, std::int64_t nowMs, std::int64_t epochMs = noEpochMs,
                         GapOrigin ifGap = GapOrigin::Kafka);
    // An event of this symbol that could not be read.
    void onMalformed(std::int64_t nowMs);
    SyncOutcome onSnapshot(const DepthSnapshot& snapshot, std::int64_t nowMs, std::int64_t epochMs = noEpochMs);
    void onSnapshotQueued();                    // whoever fetches has taken it over, retries included
    void onSnapshotRequested();                 // the request went out
    void onSnapshotFailed(std::int64_t nowMs);  // whoever fetches tries again; of a mere audit it is not needed then
    void onSnapshotRefused(std::int64_t nowMs); // for good: rejects a book that is not live, and ends an audit
    void onRejected(std::int64_t nowMs);
    void onOperatorResync(std::int64_t nowMs);
    // A live book's turn to be audited; nothing if it is not live, or was audited just now.
    void wantAudit(std::int64_t nowMs);
    // Its audit has waited for long for an event that reaches the snapshot made at this time; and: there is none.
    [[nodiscard]] std::optional<std::int64_t> unheardSinceMs(std::int64_t nowMs) const;
    SyncOutcome onUnheard(std::int64_t nowMs);
    // Before the first event: the book that the last owner left at this u. False: it is none.
    bool restore(const DepthSnapshot& left, std::int64_t nowMs, std::int64_t epochMs = noEpochMs);
    // A book that was set aside goes on: it is Live again once the id rule has proven its next event.
    void resume(std::int64_t nowMs);
    void resetCounters(); // a new owner counts from zero

    // True when a snapshot is wanted, nobody fetches one, and the wait after repeated attempts is over.
    [[nodiscard]] bool wantsSnapshot(std::int64_t nowMs) const;
    [[nodiscard]] std::int64_t snapshotDueMs() const { return m_snapshotDueMs; }
    [[nodiscard]] SnapshotPhase snapshotPhase() const { return m_phase; }
    [[nodiscard]] bool isWorn() const { return m_book.isWorn(); } // of a live book: its range is nearly used up
    [[nodiscard]] const std::optional<AuditReport>& lastAudit() const { return m_lastAudit; }

    [[nodiscard]] SyncState state() const { return m_state; }
    [[nodiscard]] SyncReason reason() const { return m_reason; }
    [[nodiscard]] std::int64_t sinceMs() const { return m_sinceMs; }
    [[nodiscard]] const OrderBook& book() const { return m_book; }              // to be shown only while Live
    [[nodiscard]] std::int64_t lastId() const { return m_appliedId; }           // u of the last event applied; 0: none
    [[nodiscard]] std::int64_t eventTimeMs() const { return m_appliedEventMs; } // E of that event
    [[nodiscard]] std::int64_t believedTimeMs() const { return believed(m_appliedEventMs); }
    [[nodiscard]] const SyncCounters& counters() const { return m_counters; }
    [[nodiscard]] const EventBuffer& buffer() const { return m_buffer; }
    [[nodiscard]] const std::deque<SyncTransition>& history() const { return m_history; } // oldest first

private:
    struct Newest // the event with the highest u so far
    {
        std::int64_t id = -1;
        std::int64_t eventMs = 0;
    };

    enum class EmptySide { None, Bids, Asks };

    SyncOutcome keep(const DepthUpdate& update);
    SyncOutcome load(const DepthSnapshot& snapshot, std::int64_t nowMs);
    bool isSuddenlyOneSided();
    SyncOutcome step(const DepthUpdate& update, std::int64_t nowMs);
    SyncOutcome passOver(const DepthUpdate& update, std::int64_t nowMs);
    SyncOutcome apply(const DepthUpdate& update, std::int64_t nowMs);
    SyncOutcome drainBuffer(std::int64_t nowMs);
    [[nodiscard]] SyncReason ifNotResumed(SyncReason otherwise) const;
    SyncOutcome watchOver(const DepthUpdate& applied, std::int64_t nowMs);
    SyncOutcome audit(std::int64_t nowMs);
    BookAudit endAudit(AuditReport& report, std::int64_t nowMs);
    SyncOutcome widen(OrderBook rebuilt);
    SyncOutcome replaceBook(OrderBook rebuilt, std::int64_t nowMs);
    SyncOutcome dispute(std::int64_t nowMs);
    SyncOutcome syncAgain(SyncReason reason, const DepthUpdate& cause, std::int64_t nowMs);
    void dropBook(SyncReason reason, const DepthUpdate* cause, std::int64_t nowMs);
    bool haveIdsGoneBack(const DepthUpdate& update);
    [[nodiscard]] std::int64_t believed(std::int64_t eventMs) const;
    [[nodiscard]] std::int64_t timeOf(const DepthSnapshot& snapshot) const;
    void wantSnapshot(std::int64_t nowMs);
    void enter(SyncState state, SyncReason reason, const DepthUpdate* cause, std::int64_t nowMs);
    void record(SyncState to, SyncReason reason, const DepthUpdate* cause, std::int64_t nowMs);

    SyncLimits m_limits;
    OrderBook m_book;
    Sequencer m_sequencer = Sequencer::fromSnapshot(0);
    SnapshotProof m_proof;
    EmptySide m_emptySide = EmptySide::None; // of the last snapshot
    std::int64_t m_snapshotEventMs = 0;
    EventBuffer m_buffer;
    Newest m_newest;
    int m_eventsBack = 0;
    std::int64_t m_epochMs = noEpochMs; // when the last event or snapshot came
    std::int64_t m_appliedId = 0;       // only rises, but for ids that went back
    std::int64_t m_appliedEventMs = 0;
    GapOrigin m_ifGap = GapOrigin::Kafka; // of the event at hand

    SyncState m_state = SyncState::Waiting;
    SyncReason m_reason = SyncReason::Created;
    std::int64_t m_sinceMs;
    SnapshotPhase m_phase = SnapshotPhase::Unneeded;
    std::int64_t m_snapshotDueMs = 0;
    std::optional<BookAudit> m_audit; // from its request on
    std::optional<AuditReport> m_lastAudit;
    std::int64_t m_auditTakenMs = 0; // when its snapshot came
    std::int64_t m_auditDueMs = std::numeric_limits<std::int64_t>::min();
    int m_disputes = 0;        // snapshots in a row that were not believed
    bool m_isRestored = false; // Bridging from a book that was left
    std::int64_t m_shareUsedUntilMs = std::numeric_limits<std::int64_t>::min();
    int m_attempts = 0; // snapshots wanted in a row without a stable book in between
    SyncCounters m_counters;
    std::deque<SyncTransition> m_history;
};

} // namespace obm

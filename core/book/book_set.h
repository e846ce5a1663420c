// All books of one handler: finds the book of a Kafka message, keeps it in step, and says what is worth writing.
// What it decides without any I/O: which symbols are kept here, which wait for a snapshot, which books are set aside at
// a rebalance and go on when their partition comes back, and when a book is due to be written whole.
//
// A symbol belongs to the partition its key hashes to (the same in every process), or to the one where its events are
// seen in an unbroken row, should a foreign producer place them otherwise: a stray message moves no symbol.
//
// What cannot be read harms the symbol that it tells, by its text or else by its key. One whose text and key tell
// different symbols is believed by neither: should an event be missing now, the next one shows it.
//
// Units: `nowMs` is any steady clock in ms; times named epoch are ms since 1970. Thread: obm-book; outputs are called
// from within the methods. Errors: bad messages are counted by kind and never thrown.
#pragma once

#include "book/book_set_status.h"
#include "book/book_sync.h"
#include "book/book_view.h"
#include "concurrent/pace.h"
#include "market/depth_parser.h"
#include "market/full_book.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace obm {

using BookId = Pace::Id; // an index, stable for the life of the BookSet

struct BookMessage
{
    std::string_view key; // empty where a foreign producer sent none
    std::string_view value;
    int partition = 0;
    std::int64_t offset = 0;
    std::int64_t receivedEpochMs = 0;   // Kafka's timestamp: when the producer received it; below 0: none
    std::optional<GapOrigin> mark = {}; // what the producer says of the events before it
};

// A proven state in the bytes that Redis gets.
struct BookText
{
    BookId id = 0;
    std::string symbol;
    std::int64_t lastId = 0;
    std::int64_t appliedUs = 0; // steady
    std::string json;
    std::int64_t eventTimeMs = 0; // of the event with lastId
};

struct BookSetOutputs
{
    std::function<void(const std::string& symbol, int priority)> requestSnapshot; // retries are the queue's affair
    std::function<void(const std::string& symbol)> cancelSnapshot;
    std::function<void(const std::vector<std::string>& symbols)> kept; // they are written from here from now on
    std::function<void(BookText)> live;                                // the best levels changed hands or values
    std::function<void(BookText)> full;                                // the whole proven book
    std::function<bool()> hasRoomForFull; // asked before each is made: it waits, and is newer when there is room
};

struct BookSetLimits
{
    std::size_t liveLevels = 10;
    std::int64_t fullIntervalMs = 1000; // 0: never
    std::size_t fullBatchMax = 64;      // whole books encoded in one go, so that messages are not kept waiting
    std::int64_t auditIntervalMs = 0;   // from one symbol to the next; 0: never
    // Of more than so many symbols that begin together the most active come first: for so long they are listened to.
    std::int64_t coldAtOnceMax = 60;
    std::int64_t coldListenMs = 1'000;
    std::int64_t resumeBehindMax = 100'000; // messages of a partition read again for a quiet symbol
    std::int64_t asideMaxMs = 10'000;       // books set aside for longer may have had another owner since
    std::int64_t refusedForMs = 600'000;    // then a symbol that REST refused is asked for again, if it has events
    SyncLimits sync = {};
};

struct BookClock
{
    std::function<std::int64_t()> steadyUs;
    std::function<std::int64_t()> epochMs;
};

// Of snapshots. Within cold ones and within those after a fault the symbol with more levels missed goes first.
inline constexpr int priorityAudit = 0;
inline constexpr int priorityCold = 1;
inline constexpr int priorityActivityMax = 1'000'000;
inline constexpr int priorityWorn = 2'000'000;   // a live book that will need it soon
inline constexpr int priorityResync = 3'000'000; // readers miss a book that they had

using LeftBooks = std::map<std::string, FullBook>; // by symbol: what their last owners left in Redis

class BookSet
{
public:
    BookSet(BookSetLimits limits, BookClock clock, BookSetOutputs outputs);
    ~BookSet();

    // The symbols to keep, and where their keys go. Those that are new begin at once on assigned partitions; returns
    // those that are gone.
    std::vector<std::string> setSymbols(const std::vector<std::string>& symbols,
                                        std::function<int(std::string_view symbol)> partitionOf);
    // The symbols of these partitions of which no book was set aside here just now: one that was left elsewhere will
    // do.
    [[nodiscard]] std::vector<std::string> newcomers(const std::vector<int>& partitions) const;
    // Returns the offsets at which books that were set aside, or left, go on.
    std::map<int, std::int64_t> assign(const std::vector<int>& partitions, const LeftBooks& left = {});
    // Returns the symbols that are no longer written from here.
    std::vector<std::string> revoke(const std::vector<int>& partitions);

    void onMessage(const BookMessage& message);
    void onSnapshotRequested(const std::string& symbol);
    void onSnapshot(const std::string& symbol, const DepthSnapshot& snapshot);
    void onSnapshotFailed(const std::string& symbol);
    void onSnapshotRefused(const std::string& symbol); // for good
    void onRejected(const std::string& symbol);        // by exchangeInfo
    void onListed(const std::string& symbol);          // a rejected one is known now
    void resync(const std::string& symbol);            // an operator asks

    // After a batch: hands on every book that changed.
    void publish();
    // The next publish() hands on every live book, changed or not: who keeps them has lost what he had.
    void handOnAll();
    // Before a clean stop: what publish() does, and every whole book that waits for its turn.
    void publishRest();
    // A few times a second: snapshots whose wait is over, audits whose turn has come.
    void tick();
    // When a whole book is due; publish() hands it on. None while there is no room for it.
    [[nodiscard]] std::optional<std::int64_t> nextFullMs() const;

    [[nodiscard]] BookSetStatus status() const;
    // The best levels of a symbol kept here; null otherwise.
    [[nodiscard]] std::shared_ptr<const BookView> view(std::string_view symbol, std::size_t levelsMax) const;

private:
    struct Slot;
    struct TransparentHash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    struct SetAside
    {
        std::int64_t offset = 0; // where the books go on
        std::int64_t atMs = 0;
    };
    using Index = std::unordered_map<std::string, BookId, TransparentHash, std::equal_to<>>;

    [[nodiscard]] Slot* find(std::string_view symbol);
    [[nodiscard]] std::int64_t nowMs() const { return m_clock.steadyUs() / 1000; }
    Slot* enlist(const std::string& symbol);
    void keepAll(const std::vector<Slot*>& slots);
    void keep(Slot& slot);
    std::map<int, std::int64_t> takeSetAside(const std::vector<int>& partitions, const LeftBooks& left);
    bool restore(Slot& slot, const FullBook& book);
    void startAnew(Slot& slot);
    void letGo(Slot& slot);
    void notePlace(const BookMessage& message);
    void onUnreadable(const ParseError& error, const BookMessage& message);
    void onForeignKey(const BookMessage& message);
    void onReadable(const BookMessage& message, std::int64_t consumedUs);
    void noteUseless(const std::string& reason, const BookMessage& message);
    bool isPlacedIn(Slot& slot, int partition);
    void note(Slot& slot, SyncOutcome outcome);
    void wishSnapshot(Slot& slot, std::int64_t now);
    [[nodiscard]] static int priorityOf(const Slot& slot);
    void rank(Slot& slot);
    void askAudit(std::int64_t now);
    void judgeUnheard(Slot& slot, std::int64_t now);
    void publishLive(Slot& slot);
    void markFull(const Slot& slot);
    bool publishFull(std::int64_t now); // the next that is due; false: none is
    [[nodiscard]] BookRow rowOf(const Slot& slot) const;

    BookSetLimits m_limits;
    BookClock m_clock;
    BookSetOutputs m_outputs;
    DepthParser m_parser;
    DepthUpdate m_update;                       // its vectors are reused
    std::vector<std::unique_ptr<Slot>> m_slots; // by BookId
    Index m_index;
    std::function<int(std::string_view)> m_partitionOf;
    std::map<int, std::int64_t> m_nextOffsets; // of assigned partitions; -1: no message yet
    std::map<int, SetAside> m_setAside;        // of revoked partitions
    std::int64_t m_listenUntilMs = 0;
    std::int64_t m_nextAuditMs = 0;
    std::vector<BookId> m_changed;
    Pace m_fullPace;
    bool m_isFullHeldUp = false; // no room
    BookSetCounters m_counters;
    UselessMessage m_lastUnreadable;
    std::string m_lastUnknownSymbol;
};

} // namespace obm

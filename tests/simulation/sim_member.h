// One process of role handler from its start to its end: the product's books, snapshot schedule, budget, inbox, writer
// and store, joined as BookStage and StoreStage join them, but by the timeline instead of by threads, timers and
// sockets. Its two threads are two rows of turns; the store's stands still while Redis does not answer.
// It can be frozen, killed (by letting go of it) and stopped in order. Its clocks are not the exchange's.
// Thread: one simulation each.
#pragma once

#include "book/book_set.h"
#include "exchange/snapshot_schedule.h"
#include "pipeline/store_inbox.h"
#include "pipeline/store_writer.h"
#include "simulation/sim_world.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace obm::sim {

struct MemberSetup
{
    int id = 0;
    int weightPerMinute = 0;
    std::int64_t clockAheadMs = 0; // of the exchange's
    bool startsAtEnd = true;       // auto_offset_reset
    std::size_t inboxFullBytes = 0;
    int liveIntervalMs = 0;
    BookSetLimits books;
    SnapshotLimits snapshots;
};

class SimMember : public GroupMember, public std::enable_shared_from_this<SimMember>
{
public:
    static constexpr std::int64_t tickMs = 250;   // BookStage's
    static constexpr std::int64_t stampMs = 1000; // BookStage's

    SimMember(const SimWorld& world, const MemberSetup& setup);

    void start(); // joins the group
    void freeze();
    void awake();
    // Gives back what it has, writes the rest; then onGone, and it may be let go of.
    void stop(std::function<void()> onGone);
    void onAppended(); // something may be there to be read

    [[nodiscard]] int id() const override { return m_setup.id; }
    [[nodiscard]] bool isFrozen() const { return m_isFrozen; }
    [[nodiscard]] bool isStopping() const { return m_isStopping; }
    void onRevoked() override;
    void onAssigned(const std::vector<int>& partitions) override;
    void onExpelled() override;
    void post(std::int64_t waitMs, std::function<void()> action) override;

private:
    struct Flight
    {
        std::uint64_t request;
        WeightBudget::SpendingId spending;
    };
    struct Turn // of one of its threads; a later one replaces an earlier one
    {
        std::optional<std::int64_t> atMs;
        std::uint64_t number = 0;
    };

    [[nodiscard]] BookSetOutputs outputs();
    [[nodiscard]] RedisConfig redisConfig() const;
    [[nodiscard]] std::int64_t steadyMs() const { return m_world.timeline.nowMs() + m_steadyAheadMs; }
    [[nodiscard]] std::int64_t utcMs() const { return m_world.timeline.nowMs() + m_setup.clockAheadMs; }

    void run(std::function<void()> action);
    void wake(Turn& turn, std::int64_t waitMs, void (SimMember::*action)());
    void afterStep();

    void runBooks();
    [[nodiscard]] LeftBooks leftBooks(const std::vector<std::string>& symbols) const;
    void fetch();
    [[nodiscard]] bool fetchFrom(int partition, std::int64_t& position);
    void process();
    void receive(const Record& record);
    void publish();
    void onWish();
    void putStamps();
    void pump();
    void send(const std::string& symbol);
    void cancel(const std::string& symbol);
    void onReply(const std::string& symbol, Flight flight, const RestReply& reply);
    void onSnapshot(const std::string& symbol, SnapshotResult result);
    void runStore();
    void check();
    void tell(const std::string& what) const;

    SimWorld m_world;
    MemberSetup m_setup;
    std::int64_t m_steadyAheadMs;
    std::int64_t m_blockedMs = 0; // how long the store's thread has stood still in its turn

    WeightBudget m_budget;
    SnapshotSchedule m_schedule;
    DepthParser m_parser;
    StoreInbox m_inbox;
    BookSet m_books;
    StoreWriter m_writer;

    std::map<std::string, Flight> m_flights;
    std::uint64_t m_requests = 0;
    std::map<int, std::int64_t> m_positions; // of the partitions it believes to have
    std::deque<RecordPtr> m_fetched;
    std::map<std::string, std::int64_t> m_seenIds; // newest u by symbol, for defects
    std::size_t m_largestFull = 0;

    std::int64_t m_nextTickMs;
    std::int64_t m_nextStampMs;
    std::int64_t m_storeFreeMs = 0;
    Turn m_booksTurn;
    Turn m_storeTurn;
    Turn m_fetchTurn;
    Turn m_processTurn;
    Turn m_wishTurn;
    bool m_isFrozen = false;
    bool m_isStopping = false;
    std::vector<std::function<void()>> m_held; // while frozen
};

} // namespace obm::sim

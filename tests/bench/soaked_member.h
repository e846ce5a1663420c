// All that a handler keeps for its symbols: books and their buffers, the snapshot queue, the weight budget, the inbox,
// the store over the simulation's Redis, the log's memory of changes. Joined as BookStage and StoreStage join them, but
// by turns of a loop instead of threads, timers and sockets, so that days pass in seconds.
// What is not the handler's, Redis and the exchange, is not counted: heap_count.h.
// Thread: none of its own. Units: ms of a clock that the owner turns.
#pragma once

#include "book/book_set.h"
#include "exchange/snapshot_schedule.h"
#include "pipeline/book_journal.h"
#include "pipeline/store_inbox.h"
#include "pipeline/store_writer.h"
#include "simulation/sim_redis.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace obm::bench {

class SoakedMember
{
public:
    static constexpr std::int64_t turnMs = 100;

    // ask: what the exchange answers now. Each symbol lies in a partition of its own, in this order.
    SoakedMember(std::vector<std::string> symbols, std::function<SnapshotResult(std::size_t symbol)> ask);

    void receive(std::size_t symbol, std::string_view text, std::int64_t offset);
    void endTurn(); // turnMs pass
    void setRedisAway(bool isAway) { m_isRedisAway = isAway; }
    void leaveGroup();
    void joinGroup();

    [[nodiscard]] std::int64_t nowMs() const { return m_nowMs; }
    [[nodiscard]] BookSetStatus books() const { return m_books.status(); }
    [[nodiscard]] std::uint64_t snapshots() const { return m_snapshots; }
    [[nodiscard]] std::uint64_t writes() const; // of live books that Redis took

private:
    class Link;
    struct Flight
    {
        std::string symbol;
        WeightBudget::SpendingId spending;
    };

    [[nodiscard]] BookSetOutputs outputs();
    [[nodiscard]] RedisOpener opener();
    [[nodiscard]] std::size_t placeOf(std::string_view symbol) const;
    [[nodiscard]] std::vector<int> partitions() const;
    void answerSnapshots();
    void askSnapshots();
    void look();

    std::vector<std::string> m_symbols;
    std::function<SnapshotResult(std::size_t)> m_ask;
    std::int64_t m_nowMs;
    bool m_isRedisAway = false;

    sim::SimRedis m_redis;
    WeightBudget m_budget;
    SnapshotSchedule m_schedule;
    StoreInbox m_inbox;
    BookSet m_books;
    StoreWriter m_writer;
    BookJournal m_journal;
    std::vector<Flight> m_flights;
    std::uint64_t m_snapshots = 0;
};

} // namespace obm::bench

// The one who writes books to Redis: fenced by epoch and update id, everything that is due in one round trip.
//
// Ownership. claim() says "these symbols are mine now": the next round trip takes an epoch (INCR
// obmonitor:epoch_counter) and raises obmonitor:epoch for them. From then on a write of an older owner is refused
// inside Redis, by the script that also refuses a lower u. So u never goes back for a reader, whatever restarts or
// changes hands. Who is refused for as long as the group takes to tell an owner that he is none any more, and still
// gets the symbol's events, claims again: a claim of his own that was delivered late, or a copy that was put back, may
// have left an epoch that nobody holds.
//
// Ids that fall. Should the exchange count its ids anew, or a forged event have carried a book far ahead, the true u is
// lower than the one in Redis, maybe for good. The script tells it by two whole books: a lower u at a later event;
// a field that is refused for long while the whole book is taken tells it as well. The owner then takes a new epoch, so
// that no write of the old count comes after, and clears field and book. Without whole books nobody can tell.
//
// Outages. The store keeps no queue: a write that failed is forgotten, the caller gives the newest state again. Intents
// that must not be lost (claims, removals, counts anew) are kept and carried out with the first round trip that works.
// When Redis came back empty, the next write restores source, counter and epochs; what else it held only the caller
// knows.
//
// Thread: one (obm-store). Calls block up to Connection's deadlines. Time is an argument, in ms of any steady clock.
// One Redis server (or the primary behind one address); Redis Cluster would need all keys in one slot.
#pragma once

#include "log/rate_limit.h"
#include "redis/book_keys.h"
#include "redis/book_write.h"
#include "redis/redis_link.h"
#include "redis/redis_status.h"
#include "redis/script.h"
#include "redis/write_batch.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace obm {

class BookStore
{
public:
    // The cap is below the TTL of a status: a short outage makes no book look abandoned.
    static constexpr std::int64_t backoffFirstMs = 50;
    static constexpr std::int64_t backoffMaxMs = 2000;
    static constexpr int refusalsMax = 10; // of a symbol's status in a row: one a second, beyond the session timeout

    static constexpr std::int64_t liveBehindMs = 30'000; // and two intervals of whole books

    // source: the exchange's rest_url; hostPid: "host:pid", the first two parts of the owner's name.
    // takeOver: when the data in Redis is of another source, clear it once instead of refusing.
    BookStore(const RedisConfig& config, std::string source, std::string hostPid, bool takeOver = false);
    // open: what to connect with. seed: of the jitter of its back-off.
    BookStore(const RedisConfig& config, std::string source, std::string hostPid, bool takeOver, RedisOpener open,
              std::uint32_t seed);

    // True when a write may be tried now: connected, source ours, claims taken. Connects when it is time to.
    bool ensureConnected(std::int64_t nowMs);
    // Before this time ensureConnected() and write() fail at once. 0: any time.
    [[nodiscard]] std::int64_t nextAttemptMs() const { return m_nextAttemptMs; }
    // A clean stop does not wait for the back-off: the next call tries.
    void retryNow() { m_nextAttemptMs = 0; }

    void claim(std::span<const std::string> symbols);
    // Gives symbols back: their status keys go, if the epoch is still ours. Best effort, the TTL does the rest.
    void release(std::span<const std::string> symbols, std::int64_t nowMs);
    // Delisted: field, book and status go, if the epoch is still ours; carried out when Redis answers.
    void removeSymbols(std::span<const std::string> symbols);

    // "host:pid:epoch"; epoch 0 while the claim was not heard by Redis yet.
    [[nodiscard]] std::string owner(const std::string& symbol) const;

    WriteResult write(std::span<const LiveWrite> live, std::span<const FullWrite> full,
                      std::span<const StatusWrite> status, std::int64_t nowMs);

    // True once after a write by which Redis may turn out not to hold what it was given before: its epochs were gone,
    // or it is the first one over a new connection, and there may be another server behind it.
    [[nodiscard]] bool takeDataLoss() { return std::exchange(m_isDataLost, false); }

    [[nodiscard]] const RedisStatus& status() const { return m_status; }

private:
    static constexpr std::int64_t unheard = 0; // the epoch of a claim that Redis has not heard yet

    using Result = std::expected<void, RedisError>;
    struct Refusals
    {
        int count = 0;
        std::int64_t u = 0; // of the last one
    };

    Result connect();
    Result takeOver();
    Result claimPending();
    Result startPendingAnew();
    Result removePending();
    Result drop(std::string_view what, const std::map<std::string, std::int64_t>& epochs);
    std::expected<Reply, RedisError> call(const Script& script, ScriptCall& call);
    std::expected<std::vector<Reply>, RedisError> callAll(const Script& script, std::span<ScriptCall> calls);

    void send(WriteBatch& batch, WriteResult& result, std::int64_t nowMs);
    void count(BookKey key, std::span<const WriteOutcome> outcomes);
    void startAnew(const std::string& symbol, std::int64_t nowMs);
    void noteIdsThatFell(std::span<const LiveWrite> live, std::span<const FullWrite> full, const WriteResult& result,
                         std::int64_t nowMs);
    void forgetRefusals(const std::string& symbol);
    void noteRefusals(std::span<const StatusWrite> status, std::span<const WriteOutcome> outcomes, std::int64_t nowMs);
    void fail(const RedisError& error, std::int64_t nowMs);
    void succeed(std::int64_t nowMs);
    void recover(std::int64_t nowMs);
    void note(const RedisError& error, std::int64_t nowMs);

    RedisOpener m_open;
    std::string m_url; // for a person
    BookKeys m_keys;
    std::string m_source;
    std::string m_hostPid;
    bool m_mayTakeOver;
    std::unique_ptr<RedisLink> m_link;
    bool m_isSettled = false; // source checked and every claim heard since the connection began
    bool m_isProven = true;   // a write was taken since the connection began, or it is the first one
    bool m_isDataLost = false;
    std::map<std::string, std::int64_t> m_epochs;   // of the claimed symbols; 0: not heard by Redis yet
    std::map<std::string, std::int64_t> m_toRemove; // delisted symbols and their epochs, likewise
    struct Behind // a field refused as older, and the first whole book that was taken meanwhile
    {
        std::int64_t eventMs; // its E
        std::int64_t atMs;    // when, by the clock of nowMs
    };
    std::map<std::string, std::optional<Behind>> m_liveBehind;
    std::int64_t m_liveBehindMaxMs;
    std::set<std::string> m_anew;               // whose field and book are to be cleared
    std::map<std::string, Refusals> m_refusals; // of claimed symbols, in a row
    std::int64_t m_highestEpoch = 0;
    std::minstd_rand m_random; // so that handlers cut off together do not come back together
    std::int64_t m_backoffMs = backoffFirstMs;
    std::int64_t m_nextAttemptMs = 0;
    RateLimit m_logLimit;
    RedisStatus m_status;
};

} // namespace obm

// What can go wrong in a simulation, how often it does under one seed, and how often it did.
// Two sorts: a fault that strikes one message or request, by chance; and a fault that lasts a while. Each seed draws
// which of them it has, so that some runs have few of them and others nearly all at once. After the end none strikes.
// Thread: one simulation each.
#pragma once

#include "simulation/timeline.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace obm::sim {

enum class Fault {
    IdsCountedAnew, // by the exchange, from far below
    // Between the exchange and Kafka.
    MessageLost,
    MessageDoubled,
    MessagesReordered,
    MessageGarbled,
    StreamCut,
    StreamStalled, // and then comes all at once
    SecondProducer,
    // Kafka and its consumers.
    BrokerAway,
    RetentionOvertakes, // what a consumer is about to read is gone
    OffsetsLost,        // the topic is made anew
    MemberSlow,
    MemberFrozen, // beyond the session timeout: it wakes up as somebody who owns nothing any more
    MemberKilled,
    MemberStopped, // in order
    Rebalance,
    // REST.
    RestUnreachable,
    RestTimedOut,
    RestLate,
    RestServerError,
    RestRateLimited,
    RestBanned,
    RestHtml,
    RestTruncated,
    RestEmpty,
    RestCrossed,
    RestOneSided,
    RestStale,
    RestFarId,
    RestWrongSymbol,
    RestForeignWeight, // others use the same IP
    // Redis.
    RedisAway,
    RedisSlow,
    RedisAnswerLost, // done, but nobody hears of it
    RedisRequestLost,
    RedisRequestLate, // done long after its sender gave up
    RedisReadOnly,
    RedisOutOfMemory,
    RedisLoading,
    RedisScriptsLost,
    RedisEmptied,
    RedisRestored, // from an older copy
};
inline constexpr std::size_t faultCount = static_cast<std::size_t>(Fault::RedisRestored) + 1;
[[nodiscard]] const char* toText(Fault fault);

using FaultCounts = std::array<std::uint64_t, faultCount>;

class Faults
{
public:
    Faults(Timeline& timeline, Chance& chance, std::int64_t endMs);

    // By chance, as often as the seed has it; counted.
    [[nodiscard]] bool strikes(Fault fault);
    // Lasting ones: the pauses between two of a kind and how long each lasts are drawn from its row. onBegin and onEnd
    // are called for each; what it did is told by note().
    struct Span
    {
        std::int64_t shortestMs;
        std::int64_t longestMs;
    };
    void recur(Fault fault, Span pause, Span length, std::function<void()> onBegin, std::function<void()> onEnd);
    [[nodiscard]] bool lasts(Fault fault) const { return m_lasting[index(fault)] > 0; }
    bool strikesIfLasting(Fault fault); // lasts(), and counted
    void note(Fault fault);

    [[nodiscard]] std::int64_t endMs() const { return m_endMs; }
    [[nodiscard]] const FaultCounts& counts() const { return m_counts; }

private:
    static constexpr std::size_t index(Fault fault) { return static_cast<std::size_t>(fault); }

    Timeline& m_timeline;
    Chance& m_chance;
    std::int64_t m_endMs;
    std::array<int, faultCount> m_permille{}; // 0: this seed does not have it
    std::array<int, faultCount> m_lasting{};
    FaultCounts m_counts{};
};

} // namespace obm::sim

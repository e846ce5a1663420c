// The exchange's REST side: snapshots, their weight by the exchange's own clock minute, limits, and lies of every sort
// that a client has to see through. What it holds against a client is told to the checks: more weight in a minute than
// the client may use, a request before Retry-After is over.
// Thread: one simulation each.
#pragma once

#include "exchange/rest_client.h"
#include "simulation/faults.h"
#include "simulation/sim_exchange.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace obm::sim {

// What a client gets: the answer, and the headers that its budget looks at.
struct RestReply
{
    RestAnswer answer;
    std::optional<int> usedWeight;
    std::optional<std::int64_t> retryAfterMs;
};

class SimRest
{
public:
    using Complain = std::function<void(const std::string& what)>;
    static constexpr std::int64_t deadlineMs = 10'000; // of RestLimits

    SimRest(Timeline& timeline, Chance& chance, Faults& faults, SimExchange& exchange, Complain complain)
        : m_timeline(timeline)
        , m_chance(chance)
        , m_faults(faults)
        , m_exchange(exchange)
        , m_complain(std::move(complain))
    {}

    struct Request
    {
        int client = 0; // another one after each restart, and each with an address of its own
        int weightPerMinute = 0;
        int weight = 0;
        int symbol = 0;
        int limit = 0;
    };
    // The reply comes later, once. From onHeard() on Retry-After counts.
    void get(const Request& request, std::function<void(RestReply)> onReply);

    void onHeard(int client, const RestReply& reply);

    [[nodiscard]] std::int64_t latestRetryAfterMs() const { return m_latestRetryAfterMs; } // when the last one is over
    [[nodiscard]] std::uint64_t snapshots() const { return m_snapshots; }

private:
    struct Client
    {
        std::map<std::int64_t, int> used; // by minute
        std::int64_t blockedUntilMs = 0;
    };

    void arrive(const Request& request, const std::function<void(RestReply)>& onReply);
    void answer(RestReply reply, const std::function<void(RestReply)>& onReply);
    [[nodiscard]] RestReply replyTo(const Request& request);
    [[nodiscard]] RestReply refusal(int status);
    [[nodiscard]] TrueBook bookFor(const Request& request);
    [[nodiscard]] std::string snapshotText(const Request& request);

    Timeline& m_timeline;
    Chance& m_chance;
    Faults& m_faults;
    SimExchange& m_exchange;
    Complain m_complain;
    std::map<int, Client> m_clients;
    std::set<int> m_oneSided; // symbols that were told without a side
    std::int64_t m_latestRetryAfterMs = 0;
    std::uint64_t m_snapshots = 0;
};

} // namespace obm::sim

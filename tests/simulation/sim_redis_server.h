// The simulated Redis as processes reach it: over connections that break, are slow, lose what was said either way or
// deliver it late, and which end when the server restarts.
// Thread: one simulation each.
#pragma once

#include "simulation/faults.h"
#include "simulation/sim_redis.h"

#include <cstdint>
#include <functional>
#include <span>

namespace obm::sim {

class SimRedisServer
{
public:
    // onLost: the data is another one from now on, older or none at all.
    SimRedisServer(Timeline& timeline, Chance& chance, Faults& faults, SimRedis::Watch watch,
                   std::function<void(const SimRedis::Data&)> onLost);

    void beginFaults();
    // blockedMs: by how much the caller's thread stood still; it grows.
    [[nodiscard]] RedisOpener openerFor(std::int64_t& blockedMs);
    [[nodiscard]] SimRedis& redis() { return m_redis; }
    void lose(SimRedis::Data data);                                 // restarts with this, or without any
    void flush();                                                   // all is gone, and nobody notices
    [[nodiscard]] std::uint64_t digest() const { return m_digest; } // of everything asked and answered

private:
    using Answer = std::expected<std::vector<Reply>, RedisError>;
    class Link;

    [[nodiscard]] Answer serve(std::span<const RedisCommand> commands, std::int64_t& blockedMs);
    [[nodiscard]] Answer executeAll(const std::vector<SimRedis::Words>& commands);
    void executeLate(std::vector<SimRedis::Words> commands);

    Timeline& m_timeline;
    Chance& m_chance;
    Faults& m_faults;
    SimRedis m_redis;
    SimRedis::Data m_saved;
    std::function<void(const SimRedis::Data&)> m_onLost;
    std::int64_t m_life = 0; // counts restarts
    std::uint64_t m_digest = 0;
};

} // namespace obm::sim

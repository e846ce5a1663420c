// What every simulated member finds around it, and what may be broken on purpose in its connections, so that the checks
// are seen to find it.
// Thread: one simulation each.
#pragma once

#include "simulation/faults.h"
#include "simulation/sim_exchange.h"
#include "simulation/sim_log.h"
#include "simulation/sim_redis_server.h"
#include "simulation/sim_rest.h"
#include "simulation/timeline.h"

#include <functional>
#include <string>

namespace obm::sim {

enum class Defect {
    None,
    GapsHidden,          // pu is made to continue whatever came before
    AgeOfSnapshotHidden, // a snapshot that is too old looks as if it were new
    RetryAfterIgnored,
    WeightIgnored,
    FenceMissing,    // Redis takes whatever comes
    DataLossIgnored, // what Redis had and has no more is not written again
    OffsetOfBookWrong,
};

struct SimWorld
{
    Timeline& timeline;
    Chance& chance;
    Faults& faults;
    SimExchange& exchange;
    SimLog& log;
    SimGroup& group;
    SimRest& rest;
    SimRedisServer& redis;
    std::function<void(const std::string& what)> complain;
    Defect defect = Defect::None;
};

} // namespace obm::sim

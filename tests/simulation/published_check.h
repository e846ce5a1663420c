// Every value that Redis takes, held against the true exchange at that value's u, and against the value before it.
// Its texts are read and made by hand: nothing of the product's JSON is used.
// Thread: one simulation each.
#pragma once

#include "simulation/sim_exchange.h"
#include "simulation/sim_log.h"
#include "simulation/sim_redis.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace obm::sim {

class PublishedCheck
{
public:
    PublishedCheck(const SimExchange& exchange, const SimLog& log, std::size_t liveLevels,
                   std::function<void(const std::string& what)> complain)
        : m_exchange(exchange)
        , m_log(log)
        , m_liveLevels(liveLevels)
        , m_complain(std::move(complain))
    {}

    [[nodiscard]] SimRedis::Watch watch();
    // Redis lost what it had, and holds this now: from there u rises again.
    void onLost(const SimRedis::Data& data);
    // Empty, or what is missing: each symbol live and kept, with nothing older than so many ms.
    [[nodiscard]] std::string whatLags(const SimRedis& redis, std::int64_t nowMs, std::int64_t ageMaxMs) const;

    [[nodiscard]] std::uint64_t values() const { return m_values; }

private:
    void onLive(const std::string& symbol, const std::string& json);
    void onFull(const std::string& symbol, const std::string& json);
    [[nodiscard]] const TrueBook* truthOf(const std::string& symbol, std::int64_t id);
    void noteId(std::map<std::string, std::int64_t>& ids, const std::string& symbol, std::int64_t id);
    void blame(const std::string& symbol, const std::string& what, const std::string& json);

    const SimExchange& m_exchange;
    const SimLog& m_log;
    std::size_t m_liveLevels;
    std::function<void(const std::string& what)> m_complain;
    std::map<std::string, std::int64_t> m_liveIds;
    std::map<std::string, std::int64_t> m_fullIds;
    std::uint64_t m_values = 0;
};

} // namespace obm::sim

// One run of the whole pipeline under one seed: a true exchange, a lossy way into Kafka, a group of handlers that come
// and go, REST and Redis with their faults, all on one timeline. First with faults, then without: by a named time all
// has to be live and up to date again. Every value that Redis takes is checked, every request, every limit.
// Thread: one; runs in several threads do not touch each other.
#pragma once

#include "simulation/published_check.h"
#include "simulation/sim_member.h"
#include "simulation/sim_world.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace obm::sim {

struct Outcome
{
    std::string wrong; // empty: nothing was
    std::uint64_t steps = 0;
    std::int64_t virtualMs = 0;
    std::int64_t recoveryMs = 0; // from the last fault until all was well
    std::uint64_t values = 0;    // checked in Redis
    std::uint64_t snapshots = 0;
    std::uint64_t fencedByEpoch = 0;
    std::uint64_t fencedById = 0;
    FaultCounts faults{};
    std::uint64_t digest = 0;
};

class Simulation
{
public:
    explicit Simulation(std::uint64_t seed, Defect defect = Defect::None);

    // Before run(): every line of what happens.
    void listen(std::function<void(const std::string&)> listener);
    [[nodiscard]] Outcome run();

private:
    static constexpr std::size_t liveLevels = 5;
    // All is well again at the end of each; then the market stands still, and then Redis loses what it had once more.
    enum class Phase { Faults, Recovery, Stillness, LastLoss };

    void drawSetup();
    void beginFaults();
    void onEvent(const SentEvent& event);
    void carry(const SentEvent& event, std::int64_t waitMs, bool isWhole);
    void append(const SentEvent& event, bool isWhole);
    void letIn();
    void tellAppended();
    void startMember();
    void replace(const std::shared_ptr<SimMember>& member, std::int64_t waitMs);
    void freezeSome(bool isToFreeze);
    void killOne();
    void stopOne();
    void look(); // how far it is
    void go(Phase phase);
    void goOn();
    [[nodiscard]] std::int64_t phaseMaxMs() const;
    [[nodiscard]] std::int64_t recoveryMaxMs() const;
    void complain(const std::string& what);

    Timeline m_timeline;
    Chance m_chance;
    Faults m_faults;
    SimExchange m_exchange;
    SimLog m_log;
    SimGroup m_group;
    PublishedCheck m_check;
    SimRest m_rest;
    SimRedisServer m_redis;
    SimWorld m_world;
    MemberSetup m_setup; // of the next member
    std::vector<std::shared_ptr<SimMember>> m_members;
    std::vector<std::function<void()>> m_heldBack; // messages while nothing gets into Kafka
    Phase m_phase = Phase::Faults;
    std::int64_t m_phaseBeganMs = Timeline::beginMs;
    bool m_isDone = false;
    Outcome m_outcome;
};

} // namespace obm::sim

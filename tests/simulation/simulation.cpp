#include "simulation/simulation.h"

#include "kafka/partitioner.h"

#include <algorithm>
#include <utility>

namespace obm::sim {

namespace {

constexpr int partitions = 3;
constexpr std::int64_t lookEveryMs = 250;
constexpr std::int64_t usualAgeMs = 2'500;     // of the newest value in Redis, when all is well: intervals and ways
constexpr std::int64_t lateEffectsMs = 20'000; // of the last fault: who is expelled, who is started again
constexpr std::uint64_t stepsMax = 2'000'000;
constexpr Faults::Span often{1'000, 15'000};
constexpr Faults::Span seldom{8'000, 60'000};

std::int64_t faultsEndMs(Chance& chance)
{
    return Timeline::beginMs + chance.between(20'000, 80'000);
}

} // namespace

Simulation::Simulation(std::uint64_t seed, Defect defect)
    : m_chance(seed)
    , m_faults(m_timeline, m_chance, faultsEndMs(m_chance))
    , m_exchange(m_timeline, m_chance, 2 + m_chance.below(3))
    , m_log(partitions)
    , m_group(m_timeline, m_chance, partitions)
    , m_check(m_exchange, m_log, liveLevels, [this](const std::string& what) { complain(what); })
    , m_rest(m_timeline, m_chance, m_faults, m_exchange, [this](const std::string& what) { complain(what); })
    , m_redis(m_timeline, m_chance, m_faults, m_check.watch(),
              [this](const SimRedis::Data& data) { m_check.onLost(data); })
    , m_world{m_timeline, m_chance, m_faults,
              m_exchange, m_log,    m_group,
              m_rest,     m_redis,  [this](const std::string& what) { complain(what); },
              defect}
{
    drawSetup();
    if (defect == Defect::FenceMissing)
        m_redis.redis().removeFence();
}

// Small limits, so that a short run comes up against all of them.
void Simulation::drawSetup()
{
    m_setup.startsAtEnd = m_chance.happens(700);
    m_setup.inboxFullBytes = static_cast<std::size_t>(m_chance.between(1'000, 12'000));
    m_setup.liveIntervalMs = static_cast<int>(m_chance.between(20, 300));
    m_setup.weightPerMinute = static_cast<int>(m_chance.between(6, 60));
    m_setup.books.liveLevels = liveLevels;
    m_setup.books.fullIntervalMs = m_chance.between(100, 1'000);
    m_setup.books.sync.snapshotLimit = static_cast<std::size_t>(m_chance.between(12, 50)); // weight 2
    m_setup.books.sync.queued = {static_cast<std::size_t>(m_chance.between(2, 64)), 64 * 1024};
    m_setup.books.sync.requested = {static_cast<std::size_t>(m_chance.between(64, 200)), 256 * 1024};
    m_setup.books.sync.snapshotEveryMs = 2'000;
    m_setup.books.sync.snapshotsAhead = 10;
    m_setup.books.auditIntervalMs = m_chance.happens(700) ? m_chance.between(500, 10'000) : 0;
    m_setup.books.sync.auditEveryMs = m_chance.between(1'000, 10'000);
    m_setup.books.coldAtOnceMax = m_chance.between(1, 3);
    m_setup.books.resumeBehindMax = m_chance.between(5, 1'000);
    m_setup.snapshots.requestsInFlightMax = 1 + m_chance.below(4);
    m_setup.snapshots.retry = {1'000, m_chance.between(2'000, 20'000)};
    m_setup.snapshots.outage = {1'000, m_chance.between(2'000, 10'000)};
}

void Simulation::listen(std::function<void(const std::string&)> listener)
{
    m_timeline.listen([this, listener = std::move(listener)](const std::string& what) {
        listener(std::to_string(m_timeline.steps()) + ' ' + std::to_string(m_timeline.nowMs() - Timeline::beginMs) +
                 ' ' + what);
    });
}

Outcome Simulation::run()
{
    m_exchange.run([this](const SentEvent& event) { onEvent(event); });
    for (int members = 1 + m_chance.below(3); members > 0; --members)
        startMember();
    beginFaults();
    m_timeline.after(lookEveryMs, [this] { look(); });
    while (!m_isDone && m_timeline.steps() < stepsMax)
        m_timeline.step();
    if (!m_isDone)
        complain("does not come to rest");
    m_outcome.steps = m_timeline.steps();
    m_outcome.virtualMs = m_timeline.nowMs() - Timeline::beginMs;
    m_outcome.values = m_check.values();
    m_outcome.snapshots = m_rest.snapshots();
    m_outcome.fencedByEpoch = m_redis.redis().fencedByEpoch();
    m_outcome.fencedById = m_redis.redis().fencedById();
    m_outcome.faults = m_faults.counts();
    m_outcome.digest = m_redis.digest() + m_outcome.steps;
    return m_outcome;
}

void Simulation::beginFaults()
{
    const auto nothing = [] {};
    const auto once = [this](Fault fault, Faults::Span pause, std::function<void()> action) {
        m_faults.recur(fault, pause, {1, 1}, [] {}, std::move(action));
    };
    m_redis.beginFaults();
    m_faults.recur(Fault::StreamCut, often, {300, 8'000}, nothing, nothing);
    m_faults.recur(Fault::StreamStalled, often, {300, 5'000}, nothing, [this] { letIn(); });
    m_faults.recur(Fault::BrokerAway, seldom, {500, 10'000}, nothing, [this] { letIn(); });
    m_faults.recur(Fault::SecondProducer, often, {1'000, 20'000}, nothing, nothing);
    m_faults.recur(
        Fault::MemberFrozen, often, {500, 15'000}, [this] { freezeSome(true); }, [this] { freezeSome(false); });
    once(Fault::MemberKilled, seldom, [this] { killOne(); });
    once(Fault::MemberStopped, seldom, [this] { stopOne(); });
    once(Fault::Rebalance, often, [this] {
        m_faults.note(Fault::Rebalance);
        m_group.rebalance();
    });
    once(Fault::RetentionOvertakes, often, [this] {
        m_faults.note(Fault::RetentionOvertakes);
        m_log.dropAll(m_chance.below(partitions));
    });
    once(Fault::OffsetsLost, seldom, [this] {
        m_faults.note(Fault::OffsetsLost);
        m_log.makeAnew();
    });
    once(Fault::IdsCountedAnew, seldom, [this] {
        m_faults.note(Fault::IdsCountedAnew);
        m_exchange.countAnew();
    });
    m_exchange.setTrending(m_chance.happens(500));
}

// From the exchange to Kafka, by one producer or by two.
void Simulation::onEvent(const SentEvent& event)
{
    if (m_faults.strikesIfLasting(Fault::StreamCut) || m_faults.strikes(Fault::MessageLost))
        return;
    const bool isLate = m_faults.strikes(Fault::MessagesReordered);
    const bool isWhole = !m_faults.strikes(Fault::MessageGarbled);
    carry(event, m_chance.between(1, 30) + (isLate ? m_chance.between(250, 1'200) : 0), isWhole);
    if (m_faults.strikes(Fault::MessageDoubled))
        carry(event, m_chance.between(1, 3'000), true);
    if (m_faults.strikesIfLasting(Fault::SecondProducer))
        carry(event, m_chance.between(1, 100), true);
}

void Simulation::carry(const SentEvent& event, std::int64_t waitMs, bool isWhole)
{
    m_timeline.after(waitMs, [this, event, isWhole] {
        const bool isStalled = m_faults.strikesIfLasting(Fault::StreamStalled);
        if (m_faults.strikesIfLasting(Fault::BrokerAway) || isStalled)
            m_heldBack.push_back([this, event, isWhole] { append(event, isWhole); });
        else
            append(event, isWhole);
    });
}

void Simulation::append(const SentEvent& event, bool isWhole)
{
    const std::string& symbol = m_exchange.name(event.symbol);
    const auto bytes = isWhole ? event.json.size() : static_cast<std::size_t>(m_chance.below(200));
    m_log.append({.key = symbol,
                  .value = event.json.substr(0, bytes),
                  .lastId = event.lastId,
                  .isWhole = isWhole,
                  .timestampMs = m_timeline.nowMs(),
                  .partition = partitionOf(symbol, partitions)});
    tellAppended();
}

void Simulation::letIn()
{
    if (m_faults.lasts(Fault::BrokerAway) || m_faults.lasts(Fault::StreamStalled))
        return;
    for (const auto& append : std::exchange(m_heldBack, {}))
        append();
    tellAppended();
}

void Simulation::tellAppended()
{
    for (const auto& member : m_members)
        member->onAppended();
}

void Simulation::startMember()
{
    MemberSetup setup = m_setup;
    setup.id = static_cast<int>(++m_setup.id);
    setup.clockAheadMs = m_chance.between(-1'900, 1'900);
    setup.snapshots.seed = m_chance.seed();
    m_members.push_back(std::make_shared<SimMember>(m_world, setup));
    m_members.back()->start();
}

void Simulation::replace(const std::shared_ptr<SimMember>& member, std::int64_t waitMs)
{
    std::erase(m_members, member);
    m_timeline.after(waitMs, [this] { startMember(); });
}

void Simulation::freezeSome(bool isToFreeze)
{
    for (const auto& member : m_members) {
        if (!isToFreeze && member->isFrozen()) {
            member->awake();
        } else if (isToFreeze && !member->isFrozen() && !member->isStopping() && m_chance.happens(600)) {
            m_faults.note(Fault::MemberFrozen);
            member->freeze();
        }
    }
}

void Simulation::killOne()
{
    if (m_members.empty())
        return;
    m_faults.note(Fault::MemberKilled);
    const auto member = m_members[static_cast<std::size_t>(m_chance.below(static_cast<int>(m_members.size())))];
    m_timeline.tell([&] { return "member " + std::to_string(member->id()) + " dies"; });
    m_group.onSilent(member->id());
    replace(member, m_chance.between(0, 10'000));
}

void Simulation::stopOne()
{
    const auto running = std::ranges::find_if(
        m_members, [](const auto& member) { return !member->isFrozen() && !member->isStopping(); });
    if (running == m_members.end())
        return;
    m_faults.note(Fault::MemberStopped);
    (*running)->stop([this, weak = std::weak_ptr(*running)] {
        if (const auto member = weak.lock())
            replace(member, m_chance.between(0, 10'000));
    });
}

void Simulation::look()
{
    m_timeline.after(lookEveryMs, [this] { look(); });
    const std::int64_t nowMs = m_timeline.nowMs();
    if (m_phase == Phase::Faults && nowMs >= m_faults.endMs()) {
        m_exchange.calm();
        go(Phase::Recovery);
    }
    if (m_phase == Phase::Faults)
        return;
    const std::int64_t sinceMs = nowMs - m_phaseBeganMs;
    const std::string lags = m_check.whatLags(m_redis.redis(), nowMs, m_phase == Phase::Recovery ? usualAgeMs : 0);
    if (sinceMs > phaseMaxMs())
        complain(lags + ", after " + std::to_string(sinceMs) + " ms without a fault");
    else if (lags.empty() && (m_phase != Phase::Recovery || sinceMs >= lateEffectsMs))
        goOn();
}

void Simulation::go(Phase phase)
{
    m_phase = phase;
    m_phaseBeganMs = m_timeline.nowMs();
}

// All is well.
void Simulation::goOn()
{
    switch (m_phase) {
    case Phase::Faults:
        return;
    case Phase::Recovery:
        m_outcome.recoveryMs = m_timeline.nowMs() - m_phaseBeganMs;
        m_exchange.stop();
        return go(Phase::Stillness);
    case Phase::Stillness:
        m_chance.happens(500) ? m_redis.lose({}) : m_redis.flush();
        return go(Phase::LastLoss);
    case Phase::LastLoss:
        m_isDone = true;
    }
}

std::int64_t Simulation::phaseMaxMs() const
{
    constexpr std::int64_t ownPaceMs = 5'000; // the last event and its intervals; a stamp, the back-off, intervals
    return m_phase == Phase::Recovery ? recoveryMaxMs() : ownPaceMs;
}

// What a book may have to wait for after the last fault, one after the other.
std::int64_t Simulation::recoveryMaxMs() const
{
    const std::int64_t blockedMs = std::max<std::int64_t>(0, m_rest.latestRetryAfterMs() - m_faults.endMs());
    const std::int64_t groupMs = SimGroup::sessionTimeoutMs + 5'000 + 12'000; // expelled; joined; a process started
    const std::int64_t requestMs = SimRest::deadlineMs + m_setup.snapshots.retry.capMs + m_setup.snapshots.outage.capMs;
    const std::int64_t shareMs = m_setup.books.sync.snapshotEveryMs + m_setup.books.sync.retryMaxMs;
    constexpr int snapshotsOfSymbol = 3; // the first may be too old, the second come before its event
    const int weight = 2 * snapshotsOfSymbol * m_exchange.symbolCount();
    const std::int64_t minutes = 1 + (weight + m_setup.weightPerMinute - 1) / m_setup.weightPerMinute;
    constexpr std::int64_t ownPaceMs = 10'000; // Redis' back-off, a quiet market's next event, intervals
    constexpr std::int64_t refusedMs = BookStore::refusalsMax * SimMember::stampMs; // by an epoch that nobody holds
    // Time enough between ids, three events of a quiet market; a field that is long behind its whole book.
    constexpr std::int64_t idsBackMs = 20'000 + BookStore::liveBehindMs + 4'000;
    return idsBackMs + blockedMs + groupMs + refusedMs + requestMs + snapshotsOfSymbol * shareMs + minutes * minuteMs +
           ownPaceMs;
}

void Simulation::complain(const std::string& what)
{
    if (m_isDone)
        return;
    m_isDone = true;
    m_outcome.wrong = "step " + std::to_string(m_timeline.steps()) + ", " +
                      std::to_string(m_timeline.nowMs() - Timeline::beginMs) + " ms: " + what;
}

} // namespace obm::sim

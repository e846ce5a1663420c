#include "exchange/snapshot_schedule.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace obm {

namespace {

constexpr int priorityProbed = std::numeric_limits<int>::min() + 1; // behind everybody who was not tried yet

} // namespace

SnapshotSchedule::SnapshotSchedule(WeightBudget& budget, int weight, const SnapshotLimits& limits)
    : m_budget(budget)
    , m_weight(weight)
    , m_limits(limits)
    , m_outageBackoff(limits.outage, limits.seed)
{}

void SnapshotSchedule::request(const std::string& symbol, int priority)
{
    if (const auto flight = m_inFlight.find(symbol); flight != m_inFlight.end())
        flight->second = std::max(flight->second, priority);
    else if (const auto probed = m_probed.find(symbol); probed != m_probed.end())
        probed->second = std::max(probed->second, priority);
    else
        m_queue.add(symbol, priority);
}

bool SnapshotSchedule::cancel(const std::string& symbol)
{
    m_queue.remove(symbol);
    m_backoffs.erase(symbol);
    m_probed.erase(symbol);
    return m_inFlight.erase(symbol) > 0;
}

std::optional<std::string> SnapshotSchedule::take(std::int64_t nowMs)
{
    const auto dueMs = nextMs(nowMs);
    if (!dueMs || *dueMs > nowMs)
        return std::nullopt;
    auto turn = m_queue.take(nowMs);
    if (!turn)
        return std::nullopt;
    const auto probed = m_probed.extract(turn->symbol);
    m_inFlight.emplace(turn->symbol, probed ? probed.mapped() : turn->priority);
    ++m_counters.requests;
    return std::move(turn->symbol);
}

std::optional<std::int64_t> SnapshotSchedule::nextMs(std::int64_t nowMs)
{
    if (nowMs < std::exchange(m_latestMs, nowMs)) { // the clock was set back: no wait is longer for it
        m_outageUntilMs = 0;
        m_queue.wakeAll();
    }
    const auto queuedMs = hasRoom() ? m_queue.nextMs(nowMs) : std::nullopt;
    if (!queuedMs)
        return std::nullopt;
    return std::max({*queuedMs, m_outageUntilMs, m_budget.nextChanceMs(m_weight, nowMs)});
}

bool SnapshotSchedule::hasRoom() const
{
    return static_cast<int>(m_inFlight.size()) < (isOutage() ? 1 : m_limits.requestsInFlightMax);
}

void SnapshotSchedule::onResult(const std::string& symbol, const SnapshotResult& result, std::int64_t nowMs)
{
    const auto flight = m_inFlight.extract(symbol);
    if (!result)
        return onFailure(symbol, flight.mapped(), result.error(), nowMs);
    ++m_counters.succeeded;
    m_backoffs.erase(symbol);
    if (isOutage())
        endOutage();
    m_outageBackoff.reset();
    m_failuresInARow = 0;
}

// It is everybody's. Who fails again waits as long as he would have anyhow.
void SnapshotSchedule::endOutage()
{
    m_outageUntilMs = 0;
    m_queue.wakeAll();
    for (const auto& [symbol, priority] : std::exchange(m_probed, {}))
        m_queue.add(symbol, priority);
}

void SnapshotSchedule::onFailure(const std::string& symbol, int priority, const SnapshotFailure& failure,
                                 std::int64_t nowMs)
{
    ++m_counters.failed[static_cast<std::size_t>(failure.fault)];
    m_counters.lastError = symbol + ": " + toText(failure.fault) + ", " + failure.detail;
    m_counters.lastErrorMs = nowMs;
    if (failure.isFinal()) {
        m_backoffs.erase(symbol);
        return;
    }
    noteOutage(failure.fault, nowMs);
    if (!isOutage())
        return m_queue.addLater(symbol, priority, nowMs + ownDelayMs(symbol));
    m_probed.insert_or_assign(symbol, priority);
    m_queue.addLater(symbol, priorityProbed, m_outageUntilMs);
}

std::int64_t SnapshotSchedule::ownDelayMs(const std::string& symbol)
{
    const auto number = static_cast<std::uint64_t>(m_backoffs.size() + m_counters.requests);
    return m_backoffs.try_emplace(symbol, m_limits.retry, m_limits.seed + number).first->second.nextDelayMs();
}

// A 429 or 418 is an answer of a healthy exchange, and the budget stops all symbols for it.
void SnapshotSchedule::noteOutage(SnapshotFault fault, std::int64_t nowMs)
{
    if (fault == SnapshotFault::RateLimited || fault == SnapshotFault::Banned)
        return;
    ++m_failuresInARow;
    if (isOutage())
        m_outageUntilMs = nowMs + m_outageBackoff.nextDelayMs();
}

std::map<std::string, QueuePlace> SnapshotSchedule::places(std::int64_t nowMs) const
{
    std::map<std::string, QueuePlace> places;
    for (const auto& [symbol, priority] : m_inFlight)
        places.emplace(symbol, QueuePlace{.ahead = 0, .inFlight = true, .secondsToGo = 0});
    int ahead = 0;
    for (SnapshotQueue::Waiting& waiting : m_queue.inOrder()) {
        const std::int64_t budgetMs = m_budget.estimateMs(ahead + 1, m_weight, nowMs);
        const std::int64_t waitMs = std::max({budgetMs, waiting.notBeforeMs, m_outageUntilMs, nowMs}) - nowMs;
        places.emplace(std::move(waiting.symbol), QueuePlace{.ahead = ahead, .secondsToGo = (waitMs + 999) / 1000});
        ++ahead;
    }
    return places;
}

SnapshotClientStatus SnapshotSchedule::status(std::int64_t nowMs) const
{
    SnapshotClientStatus status = m_counters;
    status.queued = static_cast<int>(m_queue.size());
    status.inFlight = static_cast<int>(m_inFlight.size());
    status.ownWeightUsed = m_budget.ownUsed(nowMs);
    status.weightPerMinute = m_budget.weightPerMinute();
    status.ipWeightUsed = m_budget.headerUsed(nowMs);
    status.ipWeightLimit = m_budget.ipLimit();
    status.blockedUntilMs = m_budget.blockedUntilMs();
    status.outage = isOutage();
    return status;
}

} // namespace obm

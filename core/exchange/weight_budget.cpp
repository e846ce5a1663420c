#include "exchange/weight_budget.h"

#include <algorithm>

namespace obm {

namespace {

std::int64_t minuteOf(std::int64_t ms)
{
    return ms / minuteMs;
}

} // namespace

int depthWeight(int limit)
{
    if (limit <= 50)
        return 2;
    if (limit <= 100)
        return 5;
    return limit <= 500 ? 10 : 20;
}

WeightBudget::WeightBudget(int weightPerMinute)
    : m_weightPerMinute(weightPerMinute)
{}

void WeightBudget::setIpLimit(int weightPerMinute)
{
    if (weightPerMinute > 0)
        m_ipLimit = weightPerMinute;
}

bool WeightBudget::canSpend(int weight, std::int64_t nowMs)
{
    roll(nowMs);
    return nowMs >= m_blockedUntilMs && hasOwnRoom(weight, nowMs) && hasIpRoom(weight, nowMs);
}

std::int64_t WeightBudget::nextChanceMs(int weight, std::int64_t nowMs)
{
    if (canSpend(weight, nowMs))
        return nowMs;
    std::int64_t chanceMs = std::max(nowMs, m_blockedUntilMs);
    if (!hasOwnRoom(weight, nowMs) || !hasIpRoom(weight, nowMs)) {
        // The guard before a boundary may be short of room in the next minute only, that after it in the previous one.
        const std::int64_t intoMinuteMs = nowMs % minuteMs;
        const std::int64_t boundaryMs =
            intoMinuteMs < minuteGuardMs ? nowMs - intoMinuteMs : nowMs - intoMinuteMs + minuteMs;
        chanceMs = std::max({chanceMs, m_paidUntilMs, boundaryMs + minuteGuardMs});
    }
    return chanceMs;
}

std::int64_t WeightBudget::estimateMs(int requests, int weight, std::int64_t nowMs)
{
    if (requests <= 0)
        return nowMs;
    const std::int64_t firstMs = nextChanceMs(weight, nowMs);
    const int own = std::max(1, m_weightPerMinute / weight); // requests of an unused minute
    if (m_weightPerMinute < weight)
        return firstMs + (requests - 1) * ((weight + m_weightPerMinute - 1) / m_weightPerMinute) * minuteMs;
    const bool startsFresh = minuteOf(firstMs) != minuteOf(nowMs);
    const int room = startsFresh ? own : std::max(1, (m_weightPerMinute - minute(minuteOf(nowMs)).own) / weight);
    if (requests <= room)
        return firstMs;
    const std::int64_t minutes = 1 + (requests - room - 1) / own;
    return (minuteOf(firstMs) + minutes) * minuteMs + minuteGuardMs;
}

WeightBudget::SpendingId WeightBudget::spend(int weight, std::int64_t nowMs)
{
    roll(nowMs);
    const std::int64_t last = minuteOf(nowMs + minuteGuardMs);
    countIn(minuteOf(nowMs - minuteGuardMs), last, weight);
    if (weight > m_weightPerMinute) {
        const std::int64_t minutes = (weight + m_weightPerMinute - 1) / m_weightPerMinute;
        m_paidUntilMs = (minuteOf(nowMs) + minutes) * minuteMs + minuteGuardMs;
    }
    m_unanswered.push_back({++m_lastId, weight, last});
    return m_lastId;
}

void WeightBudget::onAnswered(SpendingId id, std::int64_t nowMs)
{
    roll(nowMs);
    std::erase_if(m_unanswered, [id](const Spending& spending) { return spending.id == id; });
}

void WeightBudget::onUsedWeightHeader(int usedWeight, std::int64_t nowMs)
{
    roll(nowMs);
    Minute& current = minute(minuteOf(nowMs));
    current.header = std::max(current.header, usedWeight);
}

void WeightBudget::onRetryAfter(std::int64_t retryAfterMs, std::int64_t nowMs)
{
    const std::int64_t waitMs = std::clamp<std::int64_t>(retryAfterMs, 0, maxRetryAfterMs);
    m_blockedUntilMs = std::max(m_blockedUntilMs, nowMs + waitMs);
}

// Without Retry-After: a 429 is over with the minute (by the exchange's clock the next one may have begun), a ban is
// not over before two.
void WeightBudget::onHttpStatus(int status, std::optional<std::int64_t> retryAfterMs, std::int64_t nowMs)
{
    const std::int64_t minuteEndMs = (minuteOf(nowMs + minuteGuardMs) + 1) * minuteMs;
    if (status == httpTooManyRequests)
        onRetryAfter(retryAfterMs.value_or(minuteEndMs + minuteGuardMs - nowMs), nowMs);
    else if (status == httpBanned)
        onRetryAfter(retryAfterMs.value_or(banWithoutHeaderMs), nowMs);
}

// The exchange's minute goes on by its own clock: it may end with this one, or with the next.
void WeightBudget::onClockSet(std::int64_t jumpMs, std::int64_t nowMs)
{
    for (std::int64_t* untilMs : {&m_blockedUntilMs, &m_paidUntilMs})
        *untilMs = *untilMs == 0 ? 0 : *untilMs + jumpMs;
    Minute used;
    for (const Minute& minute : m_minutes) {
        used.own = std::max(used.own, minute.own);
        used.header = std::max(used.header, minute.header);
    }
    m_minutes.clear();
    const std::int64_t last = minuteOf(nowMs + minuteGuardMs);
    for (std::int64_t index = minuteOf(nowMs - minuteGuardMs); index <= last + 1; ++index)
        m_minutes.push_back({.index = index, .own = used.own, .header = used.header});
    for (Spending& spending : m_unanswered)
        spending.lastMinute = last;
}

int WeightBudget::ownUsed(std::int64_t nowMs)
{
    roll(nowMs);
    return minute(minuteOf(nowMs)).own;
}

int WeightBudget::headerUsed(std::int64_t nowMs)
{
    roll(nowMs);
    return minute(minuteOf(nowMs)).header;
}

// Unanswered requests follow the clock into the minutes that have begun; minutes long past are forgotten. A clock set
// back by more than a minute makes what was counted later than the next minute void.
void WeightBudget::roll(std::int64_t nowMs)
{
    const std::int64_t last = minuteOf(nowMs + minuteGuardMs);
    std::erase_if(m_minutes, [last](const Minute& m) { return m.index < last - 2 || m.index > last + 1; });
    for (Spending& spending : m_unanswered) {
        if (spending.lastMinute < last) {
            countIn(std::max(spending.lastMinute + 1, last - 1), last, spending.weight);
            spending.lastMinute = last;
        }
    }
}

WeightBudget::Minute& WeightBudget::minute(std::int64_t index)
{
    const auto found = std::ranges::find(m_minutes, index, &Minute::index);
    return found != m_minutes.end() ? *found : m_minutes.emplace_back(Minute{.index = index});
}

void WeightBudget::countIn(std::int64_t fromMinute, std::int64_t toMinute, int weight)
{
    for (std::int64_t index = fromMinute; index <= toMinute; ++index)
        minute(index).own += weight;
}

bool WeightBudget::hasOwnRoom(int weight, std::int64_t nowMs)
{
    if (nowMs < m_paidUntilMs)
        return false;
    for (std::int64_t index = minuteOf(nowMs - minuteGuardMs); index <= minuteOf(nowMs + minuteGuardMs); ++index) {
        const int used = minute(index).own;
        if (used + weight > m_weightPerMinute && (used > 0 || weight <= m_weightPerMinute))
            return false;
    }
    return true;
}

// What is under way is not in the exchange's last count yet. With nothing used a request goes out in any case: only its
// answer can tell more.
bool WeightBudget::hasIpRoom(int weight, std::int64_t nowMs)
{
    int used = minute(minuteOf(nowMs)).header;
    for (const Spending& spending : m_unanswered)
        used += spending.weight;
    return used == 0 || (used + weight) * 100LL <= static_cast<long long>(m_ipLimit) * ipSharePercent;
}

} // namespace obm

#include "simulation/faults.h"

#include <algorithm>

namespace obm::sim {

const char* toText(Fault fault)
{
    static constexpr std::array<const char*, faultCount> names = {
        "ids counted anew",    "message lost",     "message doubled",     "messages reordered", "message garbled",
        "stream cut",          "stream stalled",   "second producer",     "broker away",        "retention overtakes",
        "offsets lost",        "member slow",      "member frozen",       "member killed",      "member stopped",
        "rebalance",           "REST unreachable", "REST timed out",      "REST late",          "REST server error",
        "REST rate limited",   "REST banned",      "REST HTML",           "REST truncated",     "REST empty",
        "REST crossed",        "REST one-sided",   "REST stale",          "REST far id",        "REST wrong symbol",
        "REST foreign weight", "Redis away",       "Redis slow",          "Redis answer lost",  "Redis request lost",
        "Redis request late",  "Redis read-only",  "Redis out of memory", "Redis loading",      "Redis scripts lost",
        "Redis emptied",       "Redis restored"};
    return names[static_cast<std::size_t>(fault)];
}

Faults::Faults(Timeline& timeline, Chance& chance, std::int64_t endMs)
    : m_timeline(timeline)
    , m_chance(chance)
    , m_endMs(endMs)
{
    constexpr std::array permilles = {3, 10, 40, 150};
    const int share = static_cast<int>(chance.between(100, 700)); // of all kinds of faults
    for (int& permille : m_permille)
        if (chance.happens(share))
            permille = permilles[static_cast<std::size_t>(chance.below(permilles.size()))];
}

bool Faults::strikes(Fault fault)
{
    if (m_timeline.nowMs() >= m_endMs || !m_chance.happens(m_permille[index(fault)]))
        return false;
    note(fault);
    return true;
}

bool Faults::strikesIfLasting(Fault fault)
{
    if (lasts(fault))
        note(fault);
    return lasts(fault);
}

void Faults::note(Fault fault)
{
    ++m_counts[index(fault)];
    m_timeline.tell([fault] { return std::string("fault: ") + toText(fault); });
}

void Faults::recur(Fault fault, Span pause, Span length, std::function<void()> onBegin, std::function<void()> onEnd)
{
    const std::int64_t beginMs = m_timeline.nowMs() + m_chance.between(pause.shortestMs, pause.longestMs);
    if (m_permille[index(fault)] == 0 || beginMs >= m_endMs)
        return;
    m_timeline.after(beginMs - m_timeline.nowMs(), [this, fault, pause, length, onBegin, onEnd] {
        ++m_lasting[index(fault)];
        onBegin();
        const std::int64_t drawnMs = m_chance.between(length.shortestMs, length.longestMs);
        m_timeline.after(std::min(drawnMs, m_endMs - m_timeline.nowMs()), [this, fault, pause, length, onBegin, onEnd] {
            --m_lasting[index(fault)];
            onEnd();
            recur(fault, pause, length, onBegin, onEnd);
        });
    });
}

} // namespace obm::sim

// Keeps what a thread starts during the life of an OnCore, be it threads or processes, on one core: what is measured
// then shares its core with nothing that feeds it. Without a second core nothing changes.
#pragma once

#include <sched.h>
#include <unistd.h>

namespace obm::bench {

inline constexpr int measuredCore = 0;
inline constexpr int feedingCore = 1;

class OnCore
{
public:
    explicit OnCore(int core)
    {
        sched_getaffinity(0, sizeof m_before, &m_before);
        if (CPU_COUNT(&m_before) < 2)
            return;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(core, &one);
        sched_setaffinity(0, sizeof one, &one);
    }
    ~OnCore() { sched_setaffinity(0, sizeof m_before, &m_before); }
    OnCore(const OnCore&) = delete;

private:
    cpu_set_t m_before;
};

} // namespace obm::bench

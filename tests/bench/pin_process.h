// Moves a running process, every thread of it, to one core; its end lets it go again. For what runs already and belongs
// to others too, such as the broker: see on_core.h for what is started here.
#pragma once

#include <sched.h>
#include <sys/types.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace obm::bench {

class PinnedProcess
{
public:
    PinnedProcess(pid_t pid, int core)
        : m_pid(pid)
    {
        sched_getaffinity(pid, sizeof m_before, &m_before);
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(core, &one);
        if (CPU_COUNT(&m_before) > 1)
            place(one);
    }
    ~PinnedProcess() { place(m_before); }
    PinnedProcess(const PinnedProcess&) = delete;

private:
    void place(const cpu_set_t& cores) const // threads made later inherit it
    {
        std::error_code error;
        for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(m_pid) + "/task", error))
            sched_setaffinity(std::atoi(task.path().filename().c_str()), sizeof cores, &cores);
    }

    pid_t m_pid;
    cpu_set_t m_before{};
};

} // namespace obm::bench

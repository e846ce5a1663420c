// What a running process has cost so far, as the kernel counts it (/proc/PID): processor time of all of its threads,
// memory now and at its highest. Only Linux has these files. A process that is gone, or not ours to see, costs 0.
#pragma once

#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>

namespace obm::bench {

inline std::string procFile(std::int64_t pid, const char* name)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// The kernel counts in ticks of 10 ms: measure over seconds.
inline std::int64_t cpuMs(std::int64_t pid)
{
    const std::string stat = procFile(pid, "stat");
    const std::size_t nameEnd = stat.rfind(')'); // the name may hold spaces and brackets
    if (nameEnd == std::string::npos)
        return 0;
    std::istringstream fields(stat.substr(nameEnd + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) // proc(5): utime is the 14th, stime the 15th
        fields >> skipped;
    std::int64_t userTicks = 0;
    std::int64_t systemTicks = 0;
    fields >> userTicks >> systemTicks;
    return (userTicks + systemTicks) * 1000 / sysconf(_SC_CLK_TCK);
}

inline std::int64_t statusKb(std::int64_t pid, const std::string& name)
{
    const std::string status = procFile(pid, "status");
    const std::size_t at = status.find("\n" + name + ":");
    return at == std::string::npos ? 0 : std::stoll(status.substr(at + name.size() + 2));
}

inline std::int64_t rssKb(std::int64_t pid)
{
    return statusKb(pid, "VmRSS");
}

inline std::int64_t peakRssKb(std::int64_t pid)
{
    return statusKb(pid, "VmHWM");
}

} // namespace obm::bench

// The one owner of stderr: Qt's messages as text or JSON lines, and under them the status line of a terminal.
// Why one class: whoever writes a line must know of the status line, or the two tear each other apart.
// Thread: install and destroy it in main(), around everything that logs; every other call from any thread.
// A line is one write(2), so lines of several processes on one pipe stay whole.
#pragma once

#include "config/config.h"

#include <QtGlobal>

#include <memory>
#include <string>

namespace obm {

class LogOutput
{
public:
    static constexpr std::size_t lineBytesMax = 8 * 1024; // a longer text is cut

    // Takes over Qt's message handler until it is destroyed; one at a time. fd stays the caller's.
    explicit LogOutput(const LogConfig& config, int fd = 2);
    ~LogOutput();
    LogOutput(const LogOutput&) = delete;
    LogOutput& operator=(const LogOutput&) = delete;

    // One line that stays at the bottom of a terminal; does nothing where fd is none.
    void setStatusLine(const std::string& text);
    void clearStatusLine();

private:
    struct Impl;
    std::unique_ptr<Impl> d;
};

} // namespace obm

// The one owner of stderr: Qt's messages as text or JSON lines, and under them the status line of a terminal.
// Why one class: whoever writes a line must know of the status line, or the two tear each other apart.
// Thread: install and destroy it in main(), around everything that logs; every other call from any thread.
// A line is one write(2), so lines of several processes on one pipe stay whole. It never blocks on a lock for longer
// than that write.
#pragma once

#include "config/config.h"

#include <QtGlobal>

#include <mutex>
#include <string>

namespace obm {

class LogOutput
{
public:
    // Takes over Qt's message handler until it is destroyed; there may be one at a time. fd stays the caller's.
    explicit LogOutput(const LogConfig& config, int fd = 2);
    ~LogOutput();
    LogOutput(const LogOutput&) = delete;
    LogOutput& operator=(const LogOutput&) = delete;

    // One line of printable text that stays at the bottom of a terminal, cut to its width. Nothing where fd is none.
    void setStatusLine(const std::string& text);
    void clearStatusLine();

private:
    static void onQtMessage(QtMsgType type, const QMessageLogContext& context, const QString& text);

    void log(QtMsgType type, const QMessageLogContext& context, const QString& text);
    void redraw(const std::string& lines);

    const LogConfig m_config;
    const int m_fd;
    const bool m_isTerminal;
    std::mutex m_mutex; // of what follows, and of the order of writes
    std::string m_statusLine;
    QtMessageHandler m_before;
};

} // namespace obm

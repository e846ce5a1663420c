// `obmonitor --headless`: the pipeline without a display, until SIGINT or SIGTERM.
// Prints the addresses of what it runs on stdout, one a line; the rest goes to the log.
// Thread: main, with a QCoreApplication made before.
#pragma once

#include "config/config.h"
#include "log/log_output.h"

namespace obm {

// The exit code: 0 done, 1 failed at run time, with one line on stderr.
int runHeadless(const Config& config, bool takeOver, LogOutput& log);

} // namespace obm

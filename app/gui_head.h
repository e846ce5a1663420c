// `obmonitor` with its window: the pipeline runs inside the process, and closing the window ends it in order, as
// SIGINT and SIGTERM do.
// Thread: main.
#pragma once

#include "config/config_loader.h"
#include "log/log_output.h"

#include <QCoreApplication>

#include <memory>

namespace obm {

// Null where no display can be had. argc and argv have to outlive it.
std::unique_ptr<QCoreApplication> makeWindowApplication(int& argc, char** argv);

// With that application. sources: that `config` was loaded from; the settings dialog reads and writes there.
// The exit code: 0 done, 1 failed at run time, with one line on stderr.
int runWindow(const Config& config, const ConfigSources& sources, bool takeOver);

} // namespace obm

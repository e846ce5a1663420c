// `obmonitor --role viewer`: the window, attached to a pipeline that runs elsewhere.
// Thread: main, with the application made before.
#pragma once

#include "config/config_loader.h"

namespace obm {

// With redis.url "embedded" it attaches to the newest embedded pipeline of this user, with --demo to the newest demo.
// sources: that it was loaded from. The exit code: 0 done, 1 when there is none, with one line on stderr.
int runViewer(const Config& loaded, const ConfigSources& sources);

} // namespace obm

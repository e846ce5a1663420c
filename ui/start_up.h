// How this process was started, for those dialogs of the window that tell or change it.
// Thread: main; copy freely.
#pragma once

#include "config/config_loader.h"

#include <QString>

namespace obm {

struct StartUp
{
    ConfigSources sources;
    Config config; // what runs until the process ends, whatever becomes of the file
    QString versions;
};

} // namespace obm

// `obmonitor exchange`: the local exchange as a process of its own, until SIGINT or SIGTERM.
// Prints one line on stdout when it is ready: ws_url=... rest_url=...
// Thread: main, with a QCoreApplication made before.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace obm {

struct ExchangeOptions
{
    int port = 18'080;         // 0: any free one
    std::string symbols = "6"; // how many, or which: A,B,C
    std::uint64_t seed = 1;
    bool busy = false;        // synthetic markets change in every interval
    std::string recordingDir; // empty: synthetic markets
    double speed = 1.0;       // of a recording
    bool loop = false;
    bool exitWhenDone = false; // of a recording without loop
    int weightLimit = 2'400;
    std::string truthFile;           // empty: none
    std::vector<std::string> faults; // KIND[:key=value,...]; faultHelp() describes them
};

// The exit code: 0 done, 1 failed (port taken, recording not readable), 2 an option that says nothing; 1 and 2 with one
// line on stderr.
int runExchange(const ExchangeOptions& options);

} // namespace obm

// The recorded streams that tests and benchmarks replay: lines and snapshots exactly as received.
// They lie where the environment says (OBM_RECORDINGS); without them a test skips.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace obm::test {

struct RecordedSnapshot
{
    std::string symbol;
    std::size_t linesBefore = 0; // depth lines received before it
    std::string body;
};

struct Recording
{
    std::vector<std::string> lines; // combined frames
    std::vector<RecordedSnapshot> snapshots;
};

// Nothing if the folder ("usdm-20240718") is not there.
std::optional<Recording> loadRecording(const std::string& folder);

} // namespace obm::test

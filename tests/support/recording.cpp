#include "support/recording.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace obm::test {

namespace {

std::string readAll(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> readLines(const std::filesystem::path& path)
{
    std::vector<std::string> lines;
    std::ifstream file(path, std::ios::binary);
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    return lines;
}

// symbol recv_ns lastUpdateId E bids asks depth_lines_before file
RecordedSnapshot readSnapshot(const std::filesystem::path& folder, const std::string& row)
{
    std::istringstream fields(row);
    RecordedSnapshot snapshot;
    std::string skipped;
    std::string file;
    fields >> snapshot.symbol >> skipped >> skipped >> skipped >> skipped >> skipped >> snapshot.linesBefore >> file;
    snapshot.body = readAll(folder / file);
    return snapshot;
}

} // namespace

std::optional<Recording> loadRecording(const std::string& folder)
{
    const char* const root = std::getenv("OBM_RECORDINGS");
    if (!root || !std::filesystem::exists(std::filesystem::path(root) / folder))
        return std::nullopt;
    const std::filesystem::path path = std::filesystem::path(root) / folder;
    Recording recording{readLines(path / "depth.ndjson"), {}};
    const std::vector<std::string> rows = readLines(path / "snapshots.tsv");
    for (std::size_t i = 1; i < rows.size(); ++i)
        recording.snapshots.push_back(readSnapshot(path, rows[i]));
    return recording;
}

} // namespace obm::test

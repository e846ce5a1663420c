// Tries the files named, and those in the folders named, once each; says so as Qt Test does. A crash names its file.
#include "fuzz/fuzz.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

std::set<fs::path> filesOf(const fs::path& place)
{
    if (!fs::is_directory(place))
        return {place};
    return {fs::directory_iterator(place), fs::directory_iterator()};
}

void tryFile(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    obm::require(stream.is_open(), "an input that can be read");
    const std::string input(std::istreambuf_iterator<char>(stream), {});
    std::cout << "input " << file.string() << std::endl; // flushed: the last one is at fault
    obm::fuzz::tryInput(input);
    std::cout << "PASS   : " << file.parent_path().filename().string() << "::" << file.filename().string() << '\n';
}

} // namespace

int main(int argc, char** argv)
{
    int tried = 0;
    for (int i = 1; i < argc; ++i) {
        for (const fs::path& file : filesOf(argv[i])) {
            tryFile(file);
            ++tried;
        }
    }
    obm::require(tried > 0, "at least one input");
    return 0;
}

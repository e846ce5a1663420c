#include "fuzz/config_text.h"

#include "config/config_key.h"
#include "config/config_print.h"

#include <algorithm>

#include <sys/mman.h>
#include <unistd.h>

namespace obm::fuzz {

namespace {

void checkKey(const ConfigKey& key, const Config& before, const Config& after)
{
    if (!key.secret)
        require(key.read(before) == key.read(after), "printed and loaded again a key says the same");
}

} // namespace

std::expected<LoadedConfig, ConfigError> loadToml(std::string_view toml)
{
    static const int fd = ::memfd_create("obmonitor.toml", MFD_CLOEXEC);
    require(::ftruncate(fd, 0) == 0 && ::pwrite(fd, toml.data(), toml.size(), 0) == static_cast<ssize_t>(toml.size()),
            "memory for a file");
    ConfigSources sources;
    sources.file = "/proc/self/fd/" + std::to_string(fd);
    return loadConfig(sources);
}

void checkRefusal(const ConfigError& error)
{
    constexpr std::size_t lineBytesMax = 1'000;
    const std::string line = error.line();
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    require(!error.expected.empty() && std::ranges::none_of(line, isControl), "one line says what was expected");
    require(line.size() <= lineBytesMax, "a line that can be read");
}

void checkPrint(const LoadedConfig& loaded)
{
    const auto again = loadToml(toToml(loaded));
    require(again.has_value(), "what is printed can be loaded");
    for (const ConfigKey& key : configKeys())
        checkKey(key, loaded.config, again->config);
    require(loaded.config.kafka.properties.size() == again->config.kafka.properties.size(),
            "every property is printed");
    for (const auto& [property, value] : loaded.config.kafka.properties)
        checkKey(propertyKey(property), loaded.config, again->config);
}

} // namespace obm::fuzz

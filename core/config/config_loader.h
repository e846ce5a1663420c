// From every source to one checked Config: defaults < file < environment < command line.
// Why one function: a value is refused in one place and in one form, with its key, where it was written and what was
// expected. Thread: any; call it before the threads of the pipeline start. Reads one file, connects to nothing. Errors:
// a value; the first mistake ends the loading (exit code 2).
#pragma once

#include "config/config.h"
#include "config/config_error.h"

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace obm {

// What a program was started with. The shorthands set keys before `sets` does, so that --set wins over them.
struct ConfigSources
{
    std::optional<std::string> file; // --config; without it the usual places are tried
    bool demo = false;
    bool embedded = false;
    bool headless = false; // no key: some values make no sense without a display
    std::optional<std::string> role;
    std::optional<std::string> symbols;
    std::vector<std::string> sets; // "section.key=value", the last one wins
    std::map<std::string, std::string> environment;
    std::string systemFile = "/etc/obmonitor/obmonitor.toml";
};

struct LoadedConfig
{
    Config config;
    std::map<std::string, std::string> origins; // key -> where a value that was given came from
    std::vector<std::string> files;             // that were read
};

[[nodiscard]] std::map<std::string, std::string> processEnvironment();

[[nodiscard]] std::expected<LoadedConfig, ConfigError> loadConfig(const ConfigSources& sources);

// The file that is read, or that a person's settings go to where none is there yet; empty without a home.
[[nodiscard]] std::string configFileInUse(const ConfigSources& sources);

// The variable or the option that decides a key whatever the file says; nothing where a file's value counts.
[[nodiscard]] std::optional<std::string> overriddenBy(const LoadedConfig& loaded, const std::string& key);

} // namespace obm

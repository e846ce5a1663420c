// What the user asked for: one value for each thing that obmonitor can be.
// Thread: main, before anything else; touches neither files nor the network.
// Errors: one line that names the option and points to --help (exit code 2).
#pragma once

#include "app/exchange_head.h"
#include "app/read_head.h"
#include "config/config_loader.h"

#include <expected>
#include <string>
#include <variant>

namespace obm {

// The desktop application, or the same pipeline without a display.
struct RunCommand
{
    ConfigSources config;
    bool headless = false;
    bool checkConfig = false;
    bool printConfig = false;
    bool takeOver = false; // clear Redis of another exchange's books first
};

struct ReadCommand
{
    ConfigSources config;
    ReadOptions options;
};

struct ExchangeCommand
{
    ExchangeOptions options;
};

// --help and --version: to stdout, exit code 0.
struct PrintCommand
{
    std::string text;
};

using CommandLine = std::variant<RunCommand, ReadCommand, ExchangeCommand, PrintCommand>;

struct UsageError
{
    std::string line;
};

// `environment` becomes part of the sources of the configuration.
[[nodiscard]] std::expected<CommandLine, UsageError> parseCommandLine(int argc, const char* const* argv,
                                                                      std::map<std::string, std::string> environment);

// obmonitor's version, and those of the libraries that decide how it behaves.
[[nodiscard]] std::string versionText();

} // namespace obm

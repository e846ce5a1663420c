#include "app/command_line.h"
#include "app/gui_head.h"
#include "app/headless_head.h"
#include "app/unix_signals.h"
#include "app/viewer_head.h"
#include "config/config_loader.h"
#include "config/config_print.h"
#include "kafka/kafka_settings.h"

#include <QCoreApplication>

#include <fmt/format.h>

#include <cstdio>

namespace {

constexpr int wrongUsage = 2;

int refuse(const std::string& line)
{
    fmt::print(stderr, "obmonitor: {}\n", line);
    return wrongUsage;
}

// What only librdkafka can check belongs to the configuration all the same.
std::expected<obm::LoadedConfig, std::string> load(const obm::ConfigSources& sources)
{
    auto loaded = obm::loadConfig(sources);
    if (!loaded)
        return std::unexpected(loaded.error().line());
    if (const auto settings = obm::checkKafkaSettings(loaded->config.kafka); !settings)
        return std::unexpected(settings.error().text);
    return std::move(*loaded);
}

int cannotRun(const char* why)
{
    fmt::print(stderr, "obmonitor: {}\n", why);
    return 1;
}

#ifdef OBM_WINDOW
int runDesktop(int& argc, char** argv, const obm::RunCommand& command, const obm::Config& config)
{
    const auto application = obm::makeWindowApplication(argc, argv);
    if (!application)
        return cannotRun(config.pipeline.role == obm::Role::Viewer
                             ? "there is no display for its window, and a viewer is nothing without"
                             : "there is no display for its window; run it with --headless");
    const obm::LogOutput log(config.log);
    if (config.pipeline.role == obm::Role::Viewer)
        return obm::runViewer(config, command.config);
    return obm::runWindow(config, command.config, command.takeOver);
}
#else
int runDesktop(int& /*argc*/, char** /*argv*/, const obm::RunCommand& /*command*/, const obm::Config& /*config*/)
{
    return cannotRun("this build has no window; run it with --headless");
}
#endif

int run(int& argc, char** argv, const obm::RunCommand& command)
{
    const auto loaded = load(command.config);
    if (!loaded)
        return refuse(loaded.error());
    if (command.checkConfig || command.printConfig) {
        fmt::print("{}\n", command.printConfig ? obm::toToml(*loaded) : obm::validLine(*loaded));
        return 0;
    }
    if (!command.headless)
        return runDesktop(argc, argv, command, loaded->config);
    const QCoreApplication application(argc, argv);
    obm::LogOutput log(loaded->config.log);
    return obm::runHeadless(loaded->config, command.takeOver, log);
}

int read(const obm::ReadCommand& command)
{
    const auto loaded = load(command.config);
    return loaded ? obm::runRead(loaded->config, command.options) : refuse(loaded.error());
}

} // namespace

int main(int argc, char** argv)
{
    const auto commandLine = obm::parseCommandLine(argc, argv, obm::processEnvironment());
    if (!commandLine) {
        fmt::print(stderr, "{}\n", commandLine.error().line);
        return wrongUsage;
    }
    obm::UnixSignals::block();
    QCoreApplication::setOrganizationName(QStringLiteral("obmonitor"));
    QCoreApplication::setApplicationName(QStringLiteral("obmonitor"));
    if (const auto* print = std::get_if<obm::PrintCommand>(&*commandLine)) {
        fmt::print("{}\n", print->text);
        return 0;
    }
    if (const auto* command = std::get_if<obm::RunCommand>(&*commandLine))
        return run(argc, argv, *command);
    const QCoreApplication application(argc, argv);
    if (const auto* command = std::get_if<obm::ReadCommand>(&*commandLine))
        return read(*command);
    return obm::runExchange(std::get<obm::ExchangeCommand>(*commandLine).options);
}

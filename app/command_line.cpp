#include "app/command_line.h"

#include "config/nearest_name.h"
#include "localexchange/fault.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <QtGlobal>

namespace obm {

namespace {

constexpr int readIntervalMsLeast = 10;
constexpr int readIntervalMsMost = 3'600'000;

constexpr const char* description =
    "Keeps the order books of Binance USD-M futures right: WebSocket -> Kafka -> books -> Redis.\n"
    "Without a sub-command: the desktop application, with the pipeline inside.";

constexpr const char* runFooter = R"(Examples:
  obmonitor --demo                        all of it on this machine, simulated, no network
  obmonitor --headless --demo             the same without a display
  obmonitor --embedded --symbols BTCUSDT  live books with nothing else installed
  obmonitor --headless --role handler --config /etc/obmonitor/obmonitor.toml
  OBMONITOR_REDIS_PASSWORD=... obmonitor --headless --set redis.url=redis://redis:6379/0
  obmonitor read BTCUSDT                  what Redis holds

Configuration: defaults < file < environment (OBMONITOR_SECTION_KEY) < command line.
Without --config: $XDG_CONFIG_HOME/obmonitor/obmonitor.toml, then /etc/obmonitor/obmonitor.toml.
--print-config shows every key with its value and where it came from.

Exit codes: 0 done (SIGINT and SIGTERM included), 1 failed at run time, 2 wrong usage or configuration.
)";

constexpr const char* readFooter = R"(Examples:
  obmonitor read BTCUSDT
  obmonitor read --demo BTCUSDT --interval 200
  obmonitor read BTCUSDT --json --count 1 | jq .b[0]

Exit codes: 0 done, 1 the last of --count readings failed, 2 wrong usage or configuration.
)";

constexpr const char* exchangeFooter = R"(Ready is one line on stdout: ws_url=... rest_url=...
Examples:
  obmonitor exchange --symbols 20 --seed 7
  obmonitor exchange --symbols 600 --busy
  obmonitor exchange --recording recordings/day --speed 10 --loop
  obmonitor exchange --port 0 --fault drop:symbol=BTCUSDT,p=0.02 --fault stall:after_ms=5000,for_ms=10000

Exit codes: 0 done, 1 failed at run time, 2 wrong usage.

)";

// Without a value: --headless=no would read as the opposite of what it does.
CLI::Option* addFlag(CLI::App& app, const std::string& name, bool& target, const std::string& text)
{
    return app.add_flag(name, target, text)->disable_flag_override();
}

void addConfigOptions(CLI::App& app, ConfigSources& sources)
{
    app.add_option("--config", sources.file, "Configuration file (TOML)")->type_name("FILE")->group("Configuration");
    app.add_option("--set", sources.sets, "Set one key; repeatable; wins over everything else. Secrets are refused")
        ->type_name("SECTION.KEY=VALUE")
        ->allow_extra_args(false)
        ->group("Configuration");
}

void addRunOptions(CLI::App& app, RunCommand& run)
{
    ConfigSources& sources = run.config;
    addConfigOptions(app, sources);
    addFlag(app, "--demo", sources.demo, "Built-in exchange, Kafka and Redis: no network, simulated data")
        ->group("Shorthands");
    addFlag(app, "--embedded", sources.embedded, "The real exchange with built-in Kafka and Redis")
        ->group("Shorthands");
    app.add_option("--symbols", sources.symbols, "Which books to keep")->type_name("A,B|all")->group("Shorthands");
    app.add_option("--role", sources.role, "What this process does")
        ->type_name("all|producer|handler|viewer")
        ->group("Shorthands");
    addFlag(app, "--headless", run.headless, "Without a display")->group("Run");
    addFlag(app, "--take-over", run.takeOver, "Clear Redis of the books of another exchange first")->group("Run");
    auto* check =
        addFlag(app, "--check-config", run.checkConfig, "Check the configuration and end; connects to nothing");
    auto* print = addFlag(app, "--print-config", run.printConfig, "Print the effective configuration, secrets masked");
    check->group("Configuration")->excludes(print);
    print->group("Configuration");
}

CLI::App* addRead(CLI::App& app, ReadCommand& read)
{
    CLI::App* sub = app.add_subcommand("read", "Print what Redis holds for a symbol");
    ReadOptions& options = read.options;
    sub->add_option("symbol", options.symbol, "The symbol, BTCUSDT")->type_name("SYMBOL")->required();
    sub->add_option("--interval", options.intervalMs, "Milliseconds between two readings")
        ->type_name("MS")
        ->capture_default_str()
        ->check(CLI::Range(readIntervalMsLeast, readIntervalMsMost).description(""));
    sub->add_option("--count", options.count, "End after so many readings")
        ->type_name("N")
        ->check(CLI::Range(1, INT_MAX).description(""));
    addFlag(*sub, "--json", options.json, "The field as it is, one line a reading");
    addFlag(*sub, "--demo", options.demo, "Of the newest demo that runs on this machine");
    addConfigOptions(*sub, read.config);
    sub->footer(readFooter);
    return sub;
}

CLI::App* addExchange(CLI::App& app, ExchangeOptions& options)
{
    CLI::App* sub =
        app.add_subcommand("exchange", "Binance's depth protocol on one loopback port, with faults on demand");
    sub->add_option("--port", options.port, "TCP port, 0 for any free one")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(0, 65'535).description(""));
    auto* symbols = sub->add_option("--symbols", options.symbols, "How many synthetic markets, or which")
                        ->type_name("N|A,B,C")
                        ->capture_default_str();
    auto* seed =
        sub->add_option("--seed", options.seed, "Of the synthetic markets")->type_name("N")->capture_default_str();
    auto* busy =
        addFlag(*sub, "--busy", options.busy, "Synthetic markets that change in every interval, none is quiet");
    auto* recording =
        sub->add_option("--recording", options.recordingDir, "Play this recording instead of synthetic markets")
            ->type_name("DIR")
            ->excludes(symbols)
            ->excludes(seed)
            ->excludes(busy);
    sub->add_option("--speed", options.speed, "How many times as fast as it was recorded")
        ->type_name("X")
        ->check(CLI::PositiveNumber.description(""))
        ->needs(recording);
    auto* loop = addFlag(*sub, "--loop", options.loop, "Begin again at the end of the recording")->needs(recording);
    addFlag(*sub, "--exit-when-done", options.exitWhenDone, "End with the recording")->needs(recording)->excludes(loop);
    sub->add_option("--weight-limit", options.weightLimit, "REST weight in a UTC minute")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, INT_MAX).description(""));
    sub->add_option("--truth", options.truthFile, "Write the top of book at each event, one JSON line each")
        ->type_name("FILE");
    sub->add_option("--fault", options.faults, "Do something wrong; repeatable; see below")
        ->type_name("KIND[:KEY=VALUE,...]")
        ->allow_extra_args(false);
    sub->footer(exchangeFooter + faultHelp().toStdString());
    return sub;
}

// Options stand behind their sub-command: those of the default command mean nothing to it.
const CLI::Option* strayOption(const CLI::App& app)
{
    for (const CLI::Option* option : app.get_options()) {
        if (option->count() > 0)
            return option;
    }
    return nullptr;
}

std::string hint(const CLI::App& app)
{
    const auto selected = app.get_subcommands();
    return "; see obmonitor " + (selected.empty() ? "" : selected.front()->get_name() + " ") + "--help";
}

std::vector<std::string> optionNames(const CLI::App& app)
{
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options())
        names.push_back(option->get_name());
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(sub->get_name());
    return names;
}

std::string unknownArgument(const CLI::App& app)
{
    const auto selected = app.get_subcommands();
    const CLI::App& command = selected.empty() ? app : *selected.front();
    const std::vector<std::string> rest = app.remaining(true);
    const std::string argument = rest.empty() ? std::string() : rest.front();
    const std::string nearest = nearestName(argument.substr(0, argument.find('=')), optionNames(command));
    return argument + ": not known" + (nearest.empty() ? "" : ", the nearest is " + nearest);
}

std::string oneLine(std::string text)
{
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20)
            c = ' ';
    }
    return text;
}

UsageError usageError(const CLI::App& app, const std::string& what)
{
    return {oneLine("obmonitor: " + what) + hint(app)};
}

} // namespace

std::string versionText()
{
    return fmt::format("obmonitor {}\n"
                       "Qt {} (built with {}), librdkafka {}, hiredis {}, simdjson {}\n",
                       OBM_VERSION, qVersion(), QT_VERSION_STR, OBM_RDKAFKA_VERSION, OBM_HIREDIS_VERSION,
                       OBM_SIMDJSON_VERSION);
}

std::expected<CommandLine, UsageError> parseCommandLine(int argc, const char* const* argv,
                                                        std::map<std::string, std::string> environment)
{
    RunCommand run;
    ReadCommand read;
    ExchangeCommand exchange;
    CLI::App app(description, "obmonitor");
    app.set_version_flag("--version", versionText);
    app.require_subcommand(0, 1);
    app.footer(runFooter);
    addRunOptions(app, run);
    const CLI::App* readApp = addRead(app, read);
    const CLI::App* exchangeApp = addExchange(app, exchange.options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        return PrintCommand{app.help()};
    } catch (const CLI::CallForVersion& version) {
        return PrintCommand{version.what()};
    } catch (const CLI::ExtrasError&) {
        return std::unexpected(usageError(app, unknownArgument(app)));
    } catch (const CLI::ParseError& error) {
        return std::unexpected(usageError(app, error.what()));
    }

    const bool isRun = !readApp->parsed() && !exchangeApp->parsed();
    if (const CLI::Option* stray = strayOption(app); stray != nullptr && !isRun)
        return std::unexpected(usageError(app, stray->get_name() + ": expected behind the sub-command, if at all"));
    if (exchangeApp->parsed())
        return exchange;
    if (readApp->parsed()) {
        read.config.environment = std::move(environment);
        return read;
    }
    run.config.environment = std::move(environment);
    run.config.headless = run.headless;
    return run;
}

} // namespace obm

#include "app/viewer_head.h"

#include "app/command_line.h"
#include "app/unix_signals.h"
#include "monitor/monitor.h"
#include "redis/embedded_server.h"
#include "ui/main_window.h"
#include "viewer/viewer_link.h"

#include <QCoreApplication>

#include <fmt/format.h>

#include <cstdio>
#include <utility>

namespace obm {

namespace {

// What was not chosen is taken from the pipeline that is found. False: none runs.
bool attachToEmbedded(Config& config)
{
    const auto running = EmbeddedServer::newestRunning(config.simulated);
    if (!running)
        return false;
    config.redis.url = running->url;
    if (config.kafka.isEmbedded())
        config.kafka.bootstrapServers = running->kafka;
    if (config.viewer.metricsUrl.empty())
        config.viewer.metricsUrl = running->metrics;
    if (config.exchange.symbols == ExchangeConfig().symbols) {
        config.exchange.symbols = running->symbols;
        config.exchange.allSymbols = running->symbols.empty();
    }
    return true;
}

void printAddresses(const Config& config)
{
    const char* label = config.simulated ? "SIMULATED " : "";
    fmt::print("{}viewer of {}\n", label, config.redis.url);
    fmt::print("{}kafka {} topic {} group {}\n", label, config.kafka.bootstrapServers, config.kafka.topic,
               config.kafka.groupId);
    if (!config.viewer.metricsUrl.empty())
        fmt::print("{}metrics {}\n", label, config.viewer.metricsUrl);
    std::fflush(stdout);
}

} // namespace

int runViewer(const Config& loaded, const ConfigSources& sources)
{
    Config config = loaded;
    if (config.redis.isEmbedded() && !attachToEmbedded(config)) {
        const char* what = config.simulated ? "demo" : "embedded pipeline";
        fmt::print(stderr, "obmonitor: no {} runs on this machine as this user; redis.url names another\n", what);
        return 1;
    }
    if (const auto running = EmbeddedServer::runningAt(config.redis.url))
        config.simulated = running->simulated; // whatever asked for it: it has to be said
    const UnixSignals signals([](int) { QCoreApplication::exit(0); });
    ViewerLink link(std::move(config));
    printAddresses(link.config());
    Monitor monitor(link.config());
    MainWindow window(link, monitor, {sources, loaded, QString::fromStdString(versionText())});
    window.setWindowTitle(window.windowTitle() + QStringLiteral(" · ") +
                          QString::fromStdString(link.config().redis.url));
    window.show();
    return QCoreApplication::exec();
}

} // namespace obm

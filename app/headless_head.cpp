#include "app/headless_head.h"

#include "app/status_line.h"
#include "app/unix_signals.h"
#include "concurrent/clock.h"
#include "metrics/metrics_server.h"
#include "pipeline/pipeline.h"
#include "pipeline/pipeline_health.h"
#include "pipeline/pipeline_metrics.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QTimer>

#include <fmt/format.h>

#include <cstdlib>
#include <unistd.h>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcHeadless, "obm.headless")

constexpr int statusLineMs = 1'000;
constexpr int summaryEverySeconds = 10; // where there is no terminal

void printAddresses(const Config& config, const std::string& metricsUrl)
{
    const std::string label = config.simulated ? "SIMULATED " : "";
    fmt::print("{}exchange ws_url={} rest_url={}\n", label, config.exchange.wsUrl, config.exchange.restUrl);
    fmt::print("{}kafka {} topic {}\n", label, config.kafka.bootstrapServers, config.kafka.topic);
    if (config.pipeline.role != Role::Producer)
        fmt::print("{}redis {}\n", label, config.redis.url);
    if (!metricsUrl.empty())
        fmt::print("{}metrics {}/metrics\n", label, metricsUrl);
    std::fflush(stdout);
}

MetricsSource metricsSource(const Pipeline& pipeline)
{
    const Role role = pipeline.config().pipeline.role;
    return {[&pipeline] { return metricsOf(pipeline.status()); },
            [&pipeline, role] { return healthOf(pipeline.status(), role, steadyMs()); },
            [&pipeline, role] { return readinessOf(pipeline.status(), role, steadyMs()); }};
}

// The status line of a terminal, or now and then a line in the log.
class Reporter
{
public:
    Reporter(const Pipeline& pipeline, LogOutput& log)
        : m_pipeline(pipeline)
        , m_log(log)
        , m_line(pipeline.config())
        , m_isTerminal(isatty(STDERR_FILENO) != 0)
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { report(); });
        m_timer.start(statusLineMs);
    }

private:
    void report()
    {
        const std::string line = m_line.update(m_pipeline.status(), steadyMs());
        if (m_isTerminal)
            m_log.setStatusLine(line);
        else if (++m_seconds % summaryEverySeconds == 0)
            qCInfo(lcHeadless).noquote() << QString::fromStdString(line);
    }

    const Pipeline& m_pipeline;
    LogOutput& m_log;
    StatusLine m_line;
    bool m_isTerminal;
    int m_seconds = 0;
    QTimer m_timer;
};

int fail(const QString& line)
{
    qCCritical(lcHeadless).noquote() << line;
    return 1;
}

// A stage that hangs would hang the program's end too.
int finish(Pipeline& pipeline, int exitCode)
{
    const QStringList late = pipeline.stop();
    if (late.isEmpty())
        return exitCode;
    fmt::print(stderr, "obmonitor: {} did not end in time\n", late.join(QStringLiteral(", ")).toStdString());
    std::_Exit(1);
}

} // namespace

int runHeadless(const Config& config, bool takeOver, LogOutput& log)
{
    const UnixSignals signals([](int) { QCoreApplication::exit(0); });
    Pipeline pipeline(config, takeOver);
    QObject::connect(&pipeline, &Pipeline::failed, &pipeline,
                     [](const QString& line) { QCoreApplication::exit(fail(line)); });
    std::unique_ptr<MetricsServer> metrics;
    if (const auto started = pipeline.start(); !started)
        return fail(started.error());
    if (!config.metrics.listen.empty()) {
        auto server = MetricsServer::start(config.metrics.listen, metricsSource(pipeline));
        if (!server)
            return finish(pipeline, fail(QString::fromStdString(server.error().line())));
        metrics = std::move(*server);
    }
    printAddresses(pipeline.config(), metrics ? metrics->url() : "");
    int exitCode = 0;
    {
        const Reporter reporter(pipeline, log);
        exitCode = QCoreApplication::exec();
    }
    log.clearStatusLine();
    qCInfo(lcHeadless) << "stopping";
    metrics.reset();
    return finish(pipeline, exitCode);
}

} // namespace obm

#include "app/running_pipeline.h"

#include "concurrent/clock.h"
#include "pipeline/pipeline_health.h"
#include "pipeline/pipeline_metrics.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <fmt/format.h>

#include <cstdlib>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcRun, "obm.run")

// metricsUrl: empty where there is none.
void printAddresses(const Config& config, const std::string& metricsUrl)
{
    const std::string label = config.simulated ? "SIMULATED " : "";
    fmt::print("{}exchange ws_url={} rest_url={}\n", label, config.exchange.wsUrl, config.exchange.restUrl);
    fmt::print("{}kafka {} topic {}\n", label, config.kafka.bootstrapServers, config.kafka.topic);
    if (config.pipeline.role != Role::Producer)
        fmt::print("{}redis {}\n", label, config.redis.url);
    if (!metricsUrl.empty())
        fmt::print("{}metrics {}\n", label, metricsUrl);
    std::fflush(stdout);
}

MetricsSource metricsSource(const Pipeline& pipeline)
{
    const Role role = pipeline.config().pipeline.role;
    return {[&pipeline] { return metricsOf(pipeline.status()); },
            [&pipeline, role] { return healthOf(pipeline.status(), role, steadyMs()); },
            [&pipeline, role] { return readinessOf(pipeline.status(), role, steadyMs()); }};
}

void sayFailed(const QString& line)
{
    qCCritical(lcRun).noquote() << line;
}

} // namespace

RunningPipeline::RunningPipeline(const Config& config, bool takeOver)
    : m_pipeline(config, takeOver)
{
    QObject::connect(&m_pipeline, &Pipeline::failed, &m_pipeline, [](const QString& line) {
        sayFailed(line);
        QCoreApplication::exit(1);
    });
}

bool RunningPipeline::start()
{
    if (const auto started = m_pipeline.start(); !started) {
        sayFailed(started.error());
        return false;
    }
    if (!startMetrics()) {
        finish(1);
        return false;
    }
    const std::string metricsUrl = m_metrics ? m_metrics->url() + "/metrics" : "";
    m_pipeline.announceMetrics(metricsUrl);
    printAddresses(m_pipeline.config(), metricsUrl);
    return true;
}

bool RunningPipeline::startMetrics()
{
    const std::string& listen = m_pipeline.config().metrics.listen;
    if (listen.empty())
        return true;
    auto server = MetricsServer::start(listen, metricsSource(m_pipeline));
    if (!server) {
        sayFailed(QString::fromStdString(server.error().line()));
        return false;
    }
    m_metrics = std::move(*server);
    return true;
}

int RunningPipeline::finish(int exitCode)
{
    m_metrics.reset();
    const QStringList late = m_pipeline.stop();
    if (late.isEmpty())
        return exitCode;
    fmt::print(stderr, "obmonitor: {} did not end in time\n", late.join(QStringLiteral(", ")).toStdString());
    std::_Exit(1);
}

} // namespace obm

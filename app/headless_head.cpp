#include "app/headless_head.h"

#include "app/running_pipeline.h"
#include "app/status_line.h"
#include "app/unix_signals.h"
#include "concurrent/clock.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QTimer>

#include <unistd.h>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcHeadless, "obm.headless")

constexpr int statusLineMs = 1'000;
constexpr int summaryEverySeconds = 10; // where there is no terminal

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

} // namespace

int runHeadless(const Config& config, bool takeOver, LogOutput& log)
{
    const UnixSignals signals([](int) { QCoreApplication::exit(0); });
    RunningPipeline running(config, takeOver);
    if (!running.start())
        return 1;
    int exitCode = 0;
    {
        const Reporter reporter(running.pipeline(), log);
        exitCode = QCoreApplication::exec();
    }
    log.clearStatusLine();
    qCInfo(lcHeadless) << "stopping";
    return running.finish(exitCode);
}

} // namespace obm

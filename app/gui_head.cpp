#include "app/gui_head.h"

#include "app/command_line.h"
#include "app/running_pipeline.h"
#include "app/unix_signals.h"
#include "monitor/local_link.h"
#include "monitor/monitor.h"
#include "ui/language/language.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QIcon>
#include <QLoggingCategory>

#include <fmt/format.h>

#include <cstdlib>

namespace obm {

namespace {

Q_LOGGING_CATEGORY(lcWindow, "obm.window")

// QApplication does not return when it finds no display: it says so in several lines and aborts.
void endWithoutDisplay(QtMsgType type, const QMessageLogContext& /*context*/, const QString& /*text*/)
{
    if (type != QtFatalMsg)
        return;
    fmt::print(stderr, "obmonitor: the display cannot be reached; run it with --headless\n");
    std::_Exit(1);
}

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

} // namespace

std::unique_ptr<QCoreApplication> makeWindowApplication(int& argc, char** argv)
{
    if (!hasDisplay())
        return nullptr;
    const QtMessageHandler before = qInstallMessageHandler(endWithoutDisplay);
    auto application = std::make_unique<QApplication>(argc, argv);
    qInstallMessageHandler(before);
    QApplication::setStyle(QStringLiteral("Fusion")); // it takes our palette whole
    QApplication::setDesktopFileName(QStringLiteral("obmonitor"));
    QIcon icon(QStringLiteral(":/icons/obmonitor-64.png"));
    icon.addFile(QStringLiteral(":/icons/obmonitor-256.png"));
    QApplication::setWindowIcon(icon);
    installLanguage(keptLanguage());
    return application;
}

int runWindow(const Config& config, const ConfigSources& sources, bool takeOver)
{
    const UnixSignals signals([](int) { QCoreApplication::exit(0); });
    RunningPipeline running(config, takeOver);
    if (!running.start())
        return 1;
    int exitCode = 0;
    {
        LocalLink link(running.pipeline());
        Monitor monitor(link.config());
        MainWindow window(link, monitor, {sources, config, QString::fromStdString(versionText())});
        window.show();
        exitCode = QCoreApplication::exec();
    }
    qCInfo(lcWindow) << "stopping";
    return running.finish(exitCode);
}

} // namespace obm

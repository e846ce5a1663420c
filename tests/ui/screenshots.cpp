// Makes the pictures of each view in both themes, for the README and for whoever looks at them: the window over a
// pipeline of its own with the built-in exchange, some faults on the way.
//   screenshots FOLDER WIDTHxHEIGHT
#include "app/command_line.h"
#include "monitor/local_link.h"
#include "pipeline/pipeline.h"
#include "ui/about/about_dialog.h"
#include "ui/main_window.h"
#include "ui/settings/settings_dialog.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QIcon>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace obm;

namespace {

constexpr int liveLimitMs = 60'000;
constexpr int faultLooks = 16; // of the monitor, between two faults
constexpr int fillLooks = 240; // until the charts have a minute to show
constexpr int settleLooks = 6; // of what was shown just now
const QString inspected = QStringLiteral("BTCUSDT");

ConfigSources demo()
{
    ConfigSources sources;
    sources.demo = true;
    sources.environment = {{"HOME", "/home/ann"}};
    sources.systemFile.clear();
    return sources;
}

class Camera
{
public:
    Camera(Pipeline& pipeline, const QString& folder, QSize size)
        : m_pipeline(pipeline)
        , m_link(pipeline)
        , m_monitor(m_link.config())
        , m_window(m_link, m_monitor, {demo(), loadConfig(demo())->config, versions()})
        , m_folder(folder)
        , m_size(size)
    {
        m_window.resize(size);
        m_window.show();
        m_window.resetLayout(); // for this size
        m_window.activateSymbol(inspected);
        inspector()->setFloating(true); // beside the window, so that its history fills
    }

    bool waitForBooks()
    {
        return QTest::qWaitFor(
            [this] {
                const auto& rows = m_monitor.symbols();
                return !rows.empty() &&
                       std::ranges::all_of(rows, [](const SymbolRow& row) { return row.state == SyncState::Live; });
            },
            liveLimitMs);
    }

    void breakThings()
    {
        for (const char* fault : {"drop:symbol=ETHUSDT", "cut", "malformed:symbol=ADAUSDT"}) {
            inject(fault);
            look(faultLooks);
        }
    }
    // Its snapshots fail for some seconds: long enough for a picture.
    void breakOneSymbol()
    {
        for (int failure = 0; failure < 3; ++failure)
            inject("snapshot-fail:symbol=SOLUSDT");
        inject("drop:symbol=SOLUSDT");
    }

    void fillCharts() { look(fillLooks); }

    void takeAll(const QString& theme)
    {
        m_window.findChild<QAction*>(QStringLiteral("theme_") + theme)->trigger();
        look(settleLooks);
        take(m_window, QStringLiteral("window-") + theme);
        inspector()->resize(m_size);
        look(settleLooks);
        take(*inspector(), QStringLiteral("inspector-") + theme);
        takeDock("chartsPanelDock", QStringLiteral("charts-") + theme);
        takeDock("journalPanelDock", QStringLiteral("journal-") + theme);
        takeDialog<SettingsDialog>("settingsAction", QStringLiteral("settings-") + theme);
        takeDialog<AboutDialog>("aboutAction", QStringLiteral("about-") + theme);
    }

private:
    void inject(const char* fault) { m_pipeline.inject(parseFault(QString::fromLatin1(fault)).value()); }
    [[nodiscard]] QDockWidget* inspector() const
    {
        return m_window.findChild<QDockWidget*>(QStringLiteral("inspector_%1Dock").arg(inspected));
    }

    // Four times a second, as the window does it.
    void look(int times)
    {
        int looks = 0;
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &timer, [&looks] { ++looks; });
        timer.start(Monitor::lookMs);
        (void)QTest::qWaitFor([&] { return looks >= times; }, 2 * times * Monitor::lookMs);
    }

    static QString versions() { return QString::fromStdString(versionText()); }

    void take(QWidget& widget, const QString& name)
    {
        const QString path = QDir(m_folder).filePath(name + QStringLiteral(".png"));
        if (!widget.grab().save(path, "PNG", 0)) // 0: as small as it gets
            qFatal("%s cannot be written", qPrintable(path));
        std::printf("%s\n", qPrintable(path));
    }

    void takeDock(const char* objectName, const QString& name)
    {
        auto* dock = m_window.findChild<QDockWidget*>(QString::fromLatin1(objectName));
        dock->setFloating(true);
        dock->show();
        dock->resize(m_size);
        look(settleLooks);
        take(*dock, name);
        dock->setFloating(false);
    }

    template <typename Dialog>
    void takeDialog(const char* action, const QString& name)
    {
        m_window.findChild<QAction*>(QString::fromLatin1(action))->trigger();
        auto* dialog = m_window.findChild<Dialog*>();
        look(settleLooks);
        take(*dialog, name);
        dialog->close();
        delete dialog;
    }

    Pipeline& m_pipeline;
    LocalLink m_link;
    Monitor m_monitor;
    MainWindow m_window;
    QString m_folder;
    QSize m_size;
};

QSize sizeOf(const QString& text)
{
    const QStringList sides = text.split(QLatin1Char('x'));
    return sides.size() == 2 ? QSize(sides[0].toInt(), sides[1].toInt()) : QSize();
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("obmonitor"));
    QCoreApplication::setApplicationName(QStringLiteral("obmonitor"));
    QApplication::setStyle(QStringLiteral("Fusion"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/obmonitor-256.png")));
    const QTemporaryDir settings; // not those of whoever runs this
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    const QStringList arguments = QApplication::arguments();
    const QSize size = arguments.size() == 3 ? sizeOf(arguments[2]) : QSize();
    if (size.isEmpty()) {
        std::fprintf(stderr, "screenshots FOLDER WIDTHxHEIGHT\n");
        return 2;
    }
    Pipeline pipeline(loadConfig(demo())->config);
    if (const auto started = pipeline.start(); !started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error()));
        return 1;
    }
    bool isLive = false;
    {
        Camera camera(pipeline, arguments[1], size);
        isLive = camera.waitForBooks();
        if (isLive) {
            camera.breakThings();
            camera.fillCharts();
            camera.takeAll(QStringLiteral("dark"));
            camera.breakOneSymbol();
            camera.takeAll(QStringLiteral("light"));
        }
    }
    pipeline.stop();
    return isLive ? 0 : 1;
}

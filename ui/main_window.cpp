#include "ui/main_window.h"

#include "concurrent/clock.h"
#include "ui/alerts/alerts_popup.h"
#include "ui/chart/charts_panel.h"
#include "ui/journal/journal_panel.h"
#include "ui/ladder/ladder_grid.h"
#include "ui/overview/overview_panel.h"
#include "ui/settings/kept_limits.h"
#include "ui/status_strip.h"
#include "ui/symbols/symbols_panel.h"

#include <QCloseEvent>
#include <QScreen>
#include <QSettings>
#include <QToolButton>

#include <utility>

namespace obm {

namespace {

constexpr QSize sizeLeast(1280, 800); // at first
constexpr double shareOfScreen = 0.8;

// The keys of the settings file.
const QString keyGeometry = QStringLiteral("window/geometry");
const QString keyDocks = QStringLiteral("window/docks");
const QString keyColumns = QStringLiteral("symbols/columns");
const QString keyLadders = QStringLiteral("ladders/symbols");
const QString keyInspectors = QStringLiteral("inspectors/symbols");
const QString keyTheme = QStringLiteral("theme/mode");
const QString keyColourBlind = QStringLiteral("theme/colour_blind");
const QString keyFast = QStringLiteral("window/fast_frames");

QString journalPartOf(Stage stage)
{
    switch (stage) {
    case Stage::Exchange:
        return QStringLiteral("exchange");
    case Stage::KafkaIn:
    case Stage::KafkaOut:
        return QStringLiteral("kafka");
    case Stage::Books:
        return QStringLiteral("books");
    case Stage::Redis:
        return QStringLiteral("redis");
    }
    std::unreachable();
}

} // namespace

MainWindow::MainWindow(PipelineLink& link, Monitor& monitor, const StartUp& startUp)
    : m_link(link)
    , m_monitor(monitor)
    , m_startUp(startUp)
    , m_demand(link)
    , m_docks(*this, link.config().simulated ? tr(" · SIMULATED") : QString())
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(link.config().simulated ? tr("obmonitor · SIMULATED") : tr("obmonitor"));
    resize((screen()->availableSize() * shareOfScreen).expandedTo(sizeLeast).boundedTo(screen()->availableSize()));
    makePanels();
    makeDocks();
    connectPanels();
    restore();
    makeMenus();
    applyTheme(m_themeChoice.theme());
    connect(&m_themeChoice, &ThemeChoice::changed, this, &MainWindow::applyTheme);
    connect(&m_lookTimer, &QTimer::timeout, this, &MainWindow::look);
    m_lookTimer.start(Monitor::lookMs);
    m_clock.watch(this);
    look();
}

MainWindow::~MainWindow()
{
    if (isVisible()) // ended by a signal; otherwise closing has kept it
        save();
    delete m_ladders; // before m_demand, which it tells that it looks no longer
}

void MainWindow::makePanels()
{
    m_overview = new OverviewPanel(this);
    m_symbols = new SymbolsPanel(this);
    m_ladders = new LadderGrid(m_link, m_demand, m_themeChoice.theme(), this);
    m_journal = new JournalPanel(this);
    m_charts = new ChartsPanel(this);
    m_status = new StatusStrip(this);
    m_status->setAttachedTo(QString::fromStdString(m_link.attachedTo()));
    m_alerts = new AlertsPopup(m_monitor.alerts(), m_voice, m_notice.isAvailable(), this);
    setStatusBar(m_status);
    setCentralWidget(m_ladders);
}

void MainWindow::makeDocks()
{
    m_docks.add(tr("Overview"), m_overview, {Qt::TopDockWidgetArea, 0.15});
    m_docks.add(tr("Symbols"), m_symbols, {Qt::LeftDockWidgetArea, 0.42});
    m_docks.add(tr("Journal"), m_journal, {Qt::BottomDockWidgetArea, 0.26});
    m_docks.add(tr("Charts"), m_charts, {Qt::BottomDockWidgetArea, 0.26});
    for (QDockWidget* dock : m_docks.docks())
        m_clock.watch(dock); // detached, it is seen also while the window is minimised
}

void MainWindow::connectPanels()
{
    connect(&m_clock, &FrameClock::frame, m_ladders, &LadderGrid::refresh);
    connect(&m_clock, &FrameClock::frame, &m_inspectors, &InspectorDocks::refresh);
    connect(m_symbols, &SymbolsPanel::symbolActivated, this, &MainWindow::activateSymbol);
    connect(m_journal, &JournalPanel::symbolActivated, this, &MainWindow::activateSymbol);
    connect(m_ladders, &LadderGrid::symbolActivated, this, &MainWindow::activateSymbol);
    connect(m_alerts, &AlertsPopup::symbolActivated, this, &MainWindow::activateSymbol);
    connect(m_status, &StatusStrip::alertsWanted, this, &MainWindow::openAlerts);
    connect(m_symbols, &SymbolsPanel::ladderWanted, m_ladders, &LadderGrid::addSymbol);
    connect(m_symbols, &SymbolsPanel::resyncWanted, this, [this](const QString& symbol) {
        if (m_link.canResync())
            m_link.resync(symbol.toStdString());
    });
    connect(m_overview, &OverviewPanel::stageActivated, this, [this](Stage stage) {
        m_journal->showPart(journalPartOf(stage));
        m_docks.reveal(m_journal);
    });
    connect(m_journal, &JournalPanel::unreadErrorsChanged, m_status, &StatusStrip::setUnreadErrors);
    connect(m_status, &StatusStrip::errorsWanted, this, [this] {
        m_journal->showErrors();
        m_docks.reveal(m_journal);
    });
}

void MainWindow::look()
{
    const std::int64_t now = epochMs();
    const std::int64_t steadyNow = steadyMs();
    m_monitor.update(m_link.status(), steadyNow, now);
    m_overview->refresh(m_monitor.stages(), now);
    m_symbols->refresh(m_monitor.symbols(), now);
    m_ladders->refreshStates(m_monitor.symbols());
    m_inspectors.refreshStates(m_monitor.symbols());
    m_journal->refresh(m_monitor.journal());
    m_charts->refresh(m_monitor.series(), m_monitor.stages(), now);
    m_status->refresh(m_monitor.alerts().active(), m_clock.meter());
    m_alerts->refresh(steadyNow);
    m_voice.tell(m_monitor.alertChanges().raised, steadyNow);
}

void MainWindow::openAlerts()
{
    m_alerts->openAbove(m_status->alertsButton());
    m_alerts->refresh(steadyMs());
}

void MainWindow::activateSymbol(const QString& symbol)
{
    m_inspectors.open(symbol);
}

void MainWindow::applyTheme(const Theme& theme)
{
    m_overview->setTheme(theme);
    m_symbols->setTheme(theme);
    m_ladders->setTheme(theme);
    m_inspectors.setTheme(theme);
    m_journal->setTheme(theme);
    m_charts->setTheme(theme);
    m_status->setTheme(theme);
    m_alerts->setTheme(theme);
    dyeBadge(theme);
    m_status->setUnreadErrors(m_journal->unreadErrors());
}

void MainWindow::resetLayout()
{
    m_docks.reset();
    m_symbols->resetLayout();
}

void MainWindow::restore()
{
    const QSettings settings;
    m_themeChoice.setMode(themeModeOf(settings.value(keyTheme).toString()));
    m_themeChoice.setColourBlind(settings.value(keyColourBlind).toBool());
    m_clock.setFast(settings.value(keyFast).toBool());
    m_monitor.alerts().setLimits(keptLimits());
    m_inspectors.setTheme(m_themeChoice.theme());
    for (const QString& symbol : settings.value(keyInspectors).toStringList()) {
        if (!symbol.isEmpty())
            m_inspectors.open(symbol); // they have a place in the layout
    }
    restoreGeometry(settings.value(keyGeometry).toByteArray());
    m_docks.restore(settings.value(keyDocks).toByteArray());
    m_symbols->restoreLayout(settings.value(keyColumns).toByteArray());
    if (settings.contains(keyLadders))
        m_ladders->setSymbols(settings.value(keyLadders).toStringList());
}

void MainWindow::save() const
{
    QSettings settings;
    settings.setValue(keyGeometry, saveGeometry());
    settings.setValue(keyDocks, m_docks.save());
    settings.setValue(keyColumns, m_symbols->saveLayout());
    settings.setValue(keyInspectors, m_inspectors.symbols());
    settings.setValue(keyLadders, m_ladders->symbols());
    settings.setValue(keyTheme, toText(m_themeChoice.mode()));
    settings.setValue(keyColourBlind, m_themeChoice.isColourBlind());
    settings.setValue(keyFast, m_clock.isFast());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    save();
    QMainWindow::closeEvent(event);
}

} // namespace obm

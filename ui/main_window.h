// The window: one look at the whole way of the books. It asks the pipeline through a PipelineLink only, four times a
// second for what the monitor makes of it and at each frame for the books on the screen.
// Thread: main. The link and the monitor outlive it.
#pragma once

#include "monitor/monitor.h"
#include "monitor/pipeline_link.h"
#include "ui/alerts/alert_voice.h"
#include "ui/alerts/desktop_notice.h"
#include "ui/book_demand.h"
#include "ui/dock_set.h"
#include "ui/frame_clock.h"
#include "ui/inspector/inspector_docks.h"
#include "ui/start_up.h"
#include "ui/theme/theme_choice.h"

#include <QApplication>
#include <QMainWindow>
#include <QTimer>

class QLabel;

namespace obm {

class AlertsPopup;
class ChartsPanel;
class JournalPanel;
class LadderGrid;
class OverviewPanel;
class StatusStrip;
class SymbolsPanel;
struct WindowChoices;

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(PipelineLink& link, Monitor& monitor, const StartUp& startUp = {});
    ~MainWindow() override;

    void activateSymbol(const QString& symbol);
    void resetLayout();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void makePanels();
    void makeDocks();
    void connectPanels();
    void look();
    void openAlerts();
    void applyTheme(const Theme& theme);
    void restore();
    void save() const;

    void makeMenus(); // from here on in main_window_menus.cpp
    void makeFileMenu();
    void makeViewMenu();
    void makeGoMenu();
    void makeHelpMenu();
    QMenu* makeThemeMenu(QMenu* parent);
    void makeBadge();
    void dyeBadge(const Theme& theme);
    void goTo(QWidget* panel);
    void showKeyboard();

    void showSettings(); // from here on in main_window_dialogs.cpp
    void choose(const WindowChoices& choices);
    void showAbout();

    PipelineLink& m_link;
    Monitor& m_monitor;
    StartUp m_startUp;
    FrameClock m_clock;
    QTimer m_lookTimer;
    ThemeChoice m_themeChoice;
    BookDemand m_demand;
    DockSet m_docks;
    InspectorDocks m_inspectors{m_link, m_demand, m_docks, m_clock};

    DesktopNotice m_notice{*this};
    AlertVoice m_voice{{[this](const QString& text) { m_notice.notify(text); }, QApplication::beep}};
    AlertsPopup* m_alerts = nullptr;
    OverviewPanel* m_overview = nullptr;
    SymbolsPanel* m_symbols = nullptr;
    LadderGrid* m_ladders = nullptr;
    JournalPanel* m_journal = nullptr;
    ChartsPanel* m_charts = nullptr;
    StatusStrip* m_status = nullptr;
    QLabel* m_badge = nullptr; // of simulated data
};

} // namespace obm

// The menus of the window: whatever has a key is in them, so that it can be found.
#include "ui/chart/charts_panel.h"
#include "ui/journal/journal_panel.h"
#include "ui/keyboard_dialog.h"
#include "ui/ladder/ladder_grid.h"
#include "ui/main_window.h"
#include "ui/overview/overview_panel.h"
#include "ui/symbols/symbols_panel.h"

#include <QActionGroup>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>

namespace obm {

namespace {

QAction* add(QMenu* menu, const QString& name, const QString& text, const QKeySequence& keys)
{
    QAction* action = menu->addAction(text);
    action->setObjectName(name);
    action->setShortcut(keys);
    return action;
}

} // namespace

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeViewMenu();
    makeGoMenu();
    makeHelpMenu();
    makeBadge();
}

void MainWindow::makeFileMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    QAction* settings = add(menu, QStringLiteral("settingsAction"), tr("&Settings…"), QKeySequence(tr("Ctrl+,")));
    connect(settings, &QAction::triggered, this, &MainWindow::showSettings);
    menu->addSeparator();
    QAction* quit = add(menu, QStringLiteral("quitAction"), tr("&Quit"), QKeySequence(tr("Ctrl+Q")));
    connect(quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::makeViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    menu->setObjectName(QStringLiteral("viewMenu"));
    for (const QDockWidget* dock : m_docks.docks())
        menu->addAction(dock->toggleViewAction());
    menu->addSeparator();
    menu->addMenu(makeThemeMenu(menu));
    QAction* fast =
        add(menu, QStringLiteral("fastAction"), tr("60 &frames a second"), QKeySequence(tr("Ctrl+Shift+F")));
    fast->setCheckable(true);
    fast->setChecked(m_clock.isFast());
    connect(fast, &QAction::toggled, this, [this](bool on) { m_clock.setFast(on); });
    QAction* full = add(menu, QStringLiteral("fullScreenAction"), tr("Full &screen"), QKeySequence(tr("F11")));
    full->setCheckable(true);
    full->setChecked(isFullScreen());
    connect(full, &QAction::toggled, this, [this](bool on) { on ? showFullScreen() : showNormal(); });
    menu->addSeparator();
    const auto addAnywhere = [&](const QString& name, const QString& text, const QString& keys, auto what) {
        QAction* action = add(menu, name, text, QKeySequence(keys));
        action->setShortcutContext(Qt::ApplicationShortcut); // from a detached dock too
        connect(action, &QAction::triggered, this, what);
    };
    addAnywhere(QStringLiteral("detachAction"), tr("&Detach the panel, or put it back"), tr("Ctrl+Shift+D"), [this] {
        if (QDockWidget* dock = DockSet::focused()) {
            dock->setFloating(!dock->isFloating());
            m_docks.reveal(dock->widget());
        }
    });
    addAnywhere(QStringLiteral("closePanelAction"), tr("&Close the panel"), tr("Ctrl+W"), [] {
        if (QDockWidget* dock = DockSet::focused())
            dock->close();
    });
    addAnywhere(QStringLiteral("resetLayoutAction"), tr("&Reset layout"), tr("Ctrl+Shift+R"),
                [this] { resetLayout(); });
}

QMenu* MainWindow::makeThemeMenu(QMenu* parent)
{
    auto* menu = new QMenu(tr("&Theme"), parent);
    auto* modes = new QActionGroup(menu);
    const auto addMode = [&](const QString& text, ThemeMode mode) {
        QAction* action = modes->addAction(menu->addAction(text));
        action->setObjectName(QStringLiteral("theme_") + toText(mode));
        action->setCheckable(true);
        action->setChecked(m_themeChoice.mode() == mode);
        connect(action, &QAction::triggered, this, [this, mode] { m_themeChoice.setMode(mode); });
    };
    addMode(tr("As the &system"), ThemeMode::System);
    addMode(tr("&Light"), ThemeMode::Light);
    addMode(tr("&Dark"), ThemeMode::Dark);
    menu->addSeparator();
    QAction* colourBlind =
        add(menu, QStringLiteral("colourBlindAction"), tr("Colour-&blind palette"), QKeySequence(tr("Ctrl+Shift+B")));
    colourBlind->setCheckable(true);
    colourBlind->setChecked(m_themeChoice.isColourBlind());
    connect(colourBlind, &QAction::toggled, this, [this](bool on) { m_themeChoice.setColourBlind(on); });
    return menu;
}

void MainWindow::makeGoMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Go"));
    const auto addPanel = [&](const QString& text, const QString& keys, QWidget* panel) {
        QAction* action = add(menu, panel->objectName() + QStringLiteral("Action"), text, QKeySequence(keys));
        connect(action, &QAction::triggered, this, [this, panel] { goTo(panel); });
    };
    addPanel(tr("&Overview"), tr("Ctrl+1"), m_overview);
    addPanel(tr("&Symbols"), tr("Ctrl+2"), m_symbols);
    addPanel(tr("&Ladders"), tr("Ctrl+3"), m_ladders);
    addPanel(tr("&Journal"), tr("Ctrl+4"), m_journal);
    addPanel(tr("&Charts"), tr("Ctrl+5"), m_charts);
    menu->addSeparator();
    QAction* symbols = add(menu, QStringLiteral("searchSymbolsAction"), tr("&Find a symbol"), QKeySequence::Find);
    connect(symbols, &QAction::triggered, this, [this] {
        m_docks.reveal(m_symbols);
        m_symbols->focusSearch();
    });
    QAction* journal =
        add(menu, QStringLiteral("searchJournalAction"), tr("Search the journa&l"), QKeySequence(tr("Ctrl+J")));
    connect(journal, &QAction::triggered, this, [this] {
        m_docks.reveal(m_journal);
        m_journal->focusSearch();
    });
    QAction* alerts = add(menu, QStringLiteral("alertsAction"), tr("&Alerts…"), QKeySequence(tr("Ctrl+L")));
    connect(alerts, &QAction::triggered, this, &MainWindow::openAlerts);
    QAction* errors = add(menu, QStringLiteral("showErrorsAction"), tr("Show &errors"), QKeySequence(tr("Ctrl+E")));
    connect(errors, &QAction::triggered, this, [this] {
        m_journal->showErrors();
        m_docks.reveal(m_journal);
    });
}

// Shown, in front, with the keyboard in it: the ladders are no dock.
void MainWindow::goTo(QWidget* panel)
{
    m_docks.reveal(panel);
    panel->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::makeHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    QAction* keys = add(menu, QStringLiteral("keyboardAction"), tr("&Keyboard…"), QKeySequence::HelpContents);
    connect(keys, &QAction::triggered, this, &MainWindow::showKeyboard);
    QAction* about = add(menu, QStringLiteral("aboutAction"), tr("&About obmonitor…"), QKeySequence());
    connect(about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::showKeyboard()
{
    std::vector<KeyRow> rows = keysOf(*menuBar());
    for (KeyRow& row : keysOfPanels())
        rows.push_back(std::move(row));
    auto* dialog = new KeyboardDialog(rows, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::makeBadge()
{
    if (!m_link.config().simulated)
        return;
    m_badge = new QLabel(tr("SIMULATED"), menuBar());
    m_badge->setObjectName(QStringLiteral("simulatedBadge"));
    m_badge->setToolTip(tr("The exchange is the built-in one: no price here is real"));
    m_badge->setAutoFillBackground(true);
    m_badge->setBackgroundRole(QPalette::Window); // not the menu bar's
    m_badge->setMargin(fontMetrics().height() / 5);
    QFont bold = m_badge->font();
    bold.setBold(true);
    m_badge->setFont(bold);
    menuBar()->setCornerWidget(m_badge, Qt::TopRightCorner);
}

void MainWindow::dyeBadge(const Theme& theme)
{
    if (m_badge == nullptr)
        return;
    QPalette palette = m_badge->palette();
    palette.setColor(QPalette::Window, theme.simulated);
    palette.setColor(QPalette::WindowText, theme.simulatedText);
    m_badge->setPalette(palette);
}

} // namespace obm

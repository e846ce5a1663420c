// The dialogs of the window, and what becomes of that which was chosen in them.
#include "ui/about/about_dialog.h"
#include "ui/main_window.h"
#include "ui/settings/kept_limits.h"
#include "ui/settings/settings_dialog.h"
#include "ui/status_strip.h"

#include <QAction>

namespace obm {

namespace {

constexpr int messageMs = 10'000;

}

void MainWindow::showSettings()
{
    const WindowChoices now{m_themeChoice.mode(), m_themeChoice.isColourBlind(), m_clock.isFast(), keptLanguage(),
                            keptLimits()};
    auto* dialog = new SettingsDialog(m_startUp, now, m_themeChoice.theme(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::chosen, this, &MainWindow::choose);
    connect(dialog, &SettingsDialog::written, this, [this](const QString& file) {
        m_status->showMessage(tr("Saved in %1: in effect after a restart").arg(file), messageMs);
    });
    dialog->open();
}

// By the menus' own actions: they show what was chosen.
void MainWindow::choose(const WindowChoices& choices)
{
    findChild<QAction*>(QStringLiteral("theme_") + toText(choices.theme))->trigger();
    findChild<QAction*>(QStringLiteral("colourBlindAction"))->setChecked(choices.colourBlind);
    findChild<QAction*>(QStringLiteral("fastAction"))->setChecked(choices.fastFrames);
    keepLanguage(choices.language);
    keepLimits(choices.alerts);
    m_monitor.alerts().setLimits(choices.alerts);
}

void MainWindow::showAbout()
{
    auto* dialog = new AboutDialog(aboutRows(m_startUp, m_link.config()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace obm

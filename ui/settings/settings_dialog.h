// What a person changes often, in two pages: the configuration file's keys, and the window's own choices.
// Saving is all or nothing: a wrong value or a file that cannot be written keeps the dialog open and says why.
// Thread: main.
#pragma once

#include "ui/settings/window_page.h"
#include "ui/start_up.h"
#include "ui/theme/theme.h"

#include <QDialog>

class QTabWidget;

namespace obm {

class ConfigPage;

class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(const StartUp& startUp, const WindowChoices& choices, const Theme& theme, QWidget* parent = nullptr);

    void accept() override; // saves

Q_SIGNALS:
    void chosen(const obm::WindowChoices& choices);
    void written(const QString& file); // to take effect at the next start

private:
    ConfigPage* m_config;
    WindowPage* m_window;
    QTabWidget* m_pages;
};

} // namespace obm

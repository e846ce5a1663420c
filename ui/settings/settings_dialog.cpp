#include "ui/settings/settings_dialog.h"

#include "ui/settings/config_field.h"
#include "ui/settings/config_page.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace obm {

SettingsDialog::SettingsDialog(const StartUp& startUp, const WindowChoices& choices, const Theme& theme,
                               QWidget* parent)
    : QDialog(parent)
    , m_config(new ConfigPage(startUp, theme, this))
    , m_window(new WindowPage(choices, this))
    , m_pages(new QTabWidget(this))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    m_pages->setObjectName(QStringLiteral("settingsPages"));
    m_pages->setAccessibleName(tr("Settings"));
    m_pages->addTab(m_config, tr("&Pipeline"));
    m_pages->addTab(m_window, tr("Wind&ow"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Save)->setText(tr("Sa&ve"));
    buttons->button(QDialogButtonBox::Save)->setObjectName(QStringLiteral("saveSettings"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("&Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);
    auto* all = new QVBoxLayout(this);
    all->addWidget(m_pages);
    all->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 90, sizeHint().height());
}

void SettingsDialog::accept()
{
    if (const ConfigField* wrong = m_config->firstProblem()) {
        m_pages->setCurrentWidget(m_config);
        wrong->editor()->setFocus();
        return;
    }
    const bool isChanged = !m_config->changes().empty();
    if (!m_config->write()) {
        m_pages->setCurrentWidget(m_config);
        return;
    }
    Q_EMIT chosen(m_window->choices());
    if (isChanged)
        Q_EMIT written(m_config->file());
    QDialog::accept();
}

} // namespace obm

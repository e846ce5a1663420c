#include "ui/settings/config_field.h"

#include "config/config_text.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace obm {

ConfigField::ConfigField(const std::string& name, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_key(findConfigKey(name).value())
    , m_theme(theme)
    , m_note(new QLabel(this))
{
    makeEditor();
    const QString objectName = QString::fromStdString(name);
    editor()->setObjectName(objectName);
    editor()->setToolTip(tr("%1 in the configuration").arg(objectName));
    m_note->setObjectName(objectName + QStringLiteral(".note"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText); // it repeats what was typed
    m_note->setMinimumHeight(fontMetrics().height());
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(fontMetrics().height() / 8);
    all->addWidget(editor());
    all->addWidget(m_note);
}

void ConfigField::makeEditor()
{
    const auto changed = [this] {
        check();
        Q_EMIT edited();
    };
    if (m_key.choices.empty()) {
        m_line = new QLineEdit(this);
        connect(m_line, &QLineEdit::textEdited, this, changed);
        return;
    }
    m_list = new QComboBox(this);
    for (const std::string& choice : m_key.choices)
        m_list->addItem(QString::fromStdString(choice));
    connect(m_list, &QComboBox::currentIndexChanged, this, changed);
}

QWidget* ConfigField::editor() const
{
    return m_line != nullptr ? static_cast<QWidget*>(m_line) : m_list;
}

void ConfigField::fill(const LoadedConfig& file, const Config& running)
{
    m_file = file;
    m_running = running;
    const QString shown = QString::fromStdString(bareText(m_key.read(file.config)));
    if (m_line != nullptr) {
        m_line->setText(shown);
        m_line->setCursorPosition(0);
    } else {
        const QSignalBlocker quiet(m_list);
        m_list->setCurrentText(shown);
    }
    check();
}

std::string ConfigField::text() const
{
    return (m_line != nullptr ? m_line->text() : m_list->currentText()).toStdString();
}

std::expected<ConfigValue, std::string> ConfigField::value() const
{
    return checkedValue(m_key, text());
}

// A symbol becomes upper case on its way: as what would be read back.
ConfigValue ConfigField::asKept(const ConfigValue& value) const
{
    Config config = m_file.config;
    m_key.write(config, value);
    return m_key.read(config);
}

bool ConfigField::isChanged() const
{
    const auto now = value();
    return now && editor()->isEnabled() && asKept(*now) != m_key.read(m_file.config);
}

void ConfigField::check()
{
    const auto place = overriddenBy(m_file, m_key.name);
    editor()->setEnabled(!place);
    if (place)
        return note(tr("set by %1, which wins over the file").arg(QString::fromStdString(*place)), m_theme.faintText);
    const auto now = value();
    if (!now)
        return note(QStringLiteral("✖ ") + QString::fromStdString(now.error()), m_theme.of(Condition::Bad));
    const ConfigValue running = m_key.read(m_running);
    if (asKept(*now) == running)
        return note({}, m_theme.faintText);
    note(tr("▲ after a restart; until then %1").arg(QString::fromStdString(shownValue(running))),
         m_theme.of(Condition::Degraded));
}

void ConfigField::note(const QString& text, const QColor& color)
{
    m_note->setText(text);
    QPalette palette = m_note->palette();
    palette.setColor(QPalette::WindowText, color);
    m_note->setPalette(palette);
    editor()->setAccessibleDescription(text);
}

} // namespace obm

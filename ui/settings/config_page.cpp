#include "ui/settings/config_page.h"

#include "ui/settings/config_field.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace obm {

ConfigPage::ConfigPage(const StartUp& startUp, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_startUp(startUp)
    , m_theme(theme)
    , m_file(QString::fromStdString(configFileInUse(startUp.sources)))
    , m_head(new QLabel(this))
    , m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("configPage"));
    m_head->setTextFormat(Qt::PlainText);
    m_head->setWordWrap(true);
    m_head->setText(m_file.isEmpty() ? tr("There is no home folder to keep a configuration in.")
                                     : tr("Kept in %1, in effect from the next start on.").arg(m_file));
    m_problem->setObjectName(QStringLiteral("configProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    QPalette palette = m_problem->palette();
    palette.setColor(QPalette::WindowText, theme.of(Condition::Bad));
    m_problem->setPalette(palette);
    auto* all = new QVBoxLayout(this);
    all->addWidget(m_head);
    all->addWidget(m_problem);
    makeGroup(all, tr("Exchange"),
              {{"exchange.symbols", tr("&Symbols, or all")},
               {"exchange.depth_speed", tr("&Depth speed")},
               {"exchange.weight_per_minute", tr("REST &weight a minute")}});
    makeGroup(all, tr("Redis"),
              {{"redis.live_levels", tr("Li&ve levels")},
               {"redis.live_interval_ms", tr("Live &interval, ms")},
               {"redis.full_interval_ms", tr("&Full book, ms (0: never)")}});
    makeGroup(all, tr("Output"), {{"log.level", tr("&Log level")}, {"metrics.listen", tr("&Metrics address")}});
    all->addStretch();
    alignLabels();
    read();
}

void ConfigPage::makeGroup(QVBoxLayout* all, const QString& title, const std::vector<Row>& rows)
{
    auto* group = new QGroupBox(title, this);
    auto* form = new QFormLayout(group);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(fontMetrics().height() / 8);
    for (const Row& row : rows) {
        auto* field = new ConfigField(row.key, m_theme, group);
        auto* label = new QLabel(row.label, group);
        label->setBuddy(field->editor());
        field->editor()->setAccessibleName(QString(row.label).remove(QLatin1Char('&')));
        form->addRow(label, field);
        m_fields.push_back(field);
        m_labels.push_back(label);
    }
    all->addWidget(group);
}

// All editors begin at one line, of whatever group.
void ConfigPage::alignLabels()
{
    int width = 0;
    for (const QLabel* label : m_labels)
        width = std::max(width, label->sizeHint().width());
    for (QLabel* label : m_labels)
        label->setMinimumWidth(width);
}

// As the file is now: somebody may have changed it since the start.
void ConfigPage::read()
{
    const auto file = loadConfig(m_startUp.sources);
    say(file ? QString() : QString::fromStdString(file.error().line()));
    for (ConfigField* field : m_fields) {
        field->setEnabled(file.has_value() && !m_file.isEmpty());
        field->fill(file.value_or(LoadedConfig{m_startUp.config, {}, {}}), m_startUp.config);
    }
}

void ConfigPage::say(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

ConfigField* ConfigPage::firstProblem() const
{
    const auto problem = std::ranges::find_if(
        m_fields, [](const ConfigField* field) { return field->editor()->isEnabled() && !field->value(); });
    return problem == m_fields.end() ? nullptr : *problem;
}

ConfigChanges ConfigPage::changes() const
{
    ConfigChanges changes;
    for (const ConfigField* field : m_fields) {
        if (field->isChanged())
            changes[field->name()] = field->value().value();
    }
    return changes;
}

std::expected<void, ConfigError> ConfigPage::write()
{
    const ConfigChanges changed = changes();
    if (changed.empty())
        return {};
    auto written = writeConfigFile(m_file.toStdString(), changed);
    if (written)
        read();
    else
        say(QString::fromStdString(written.error().line()));
    return written;
}

} // namespace obm

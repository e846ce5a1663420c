#include "ui/settings/window_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

namespace obm {

namespace {

constexpr int msPerSecond = 1'000;
constexpr int secondsMost = 3'600;
constexpr int lagMsMost = 600'000;
constexpr int percentMost = 100;

template <typename Choice>
void addChoice(QComboBox* list, const QString& text, Choice choice, Choice now)
{
    list->addItem(text, static_cast<int>(choice));
    if (choice == now)
        list->setCurrentIndex(list->count() - 1);
}

template <typename Choice>
Choice chosen(const QComboBox* list)
{
    return static_cast<Choice>(list->currentData().toInt());
}

} // namespace

WindowPage::WindowPage(const WindowChoices& choices, QWidget* parent)
    : QWidget(parent)
    , m_before(choices)
{
    setObjectName(QStringLiteral("windowPage"));
    auto* all = new QVBoxLayout(this);
    all->addWidget(makeLook());
    all->addWidget(makeAlerts());
    all->addStretch();
}

QWidget* WindowPage::makeLook()
{
    auto* group = new QGroupBox(tr("Look"), this);
    m_theme = new QComboBox(group);
    m_theme->setObjectName(QStringLiteral("theme"));
    addChoice(m_theme, tr("as the system"), ThemeMode::System, m_before.theme);
    addChoice(m_theme, tr("light"), ThemeMode::Light, m_before.theme);
    addChoice(m_theme, tr("dark"), ThemeMode::Dark, m_before.theme);
    m_language = new QComboBox(group);
    m_language->setObjectName(QStringLiteral("language"));
    m_language->setToolTip(tr("From the next start on"));
    addChoice(m_language, tr("as the system"), Language::System, m_before.language);
    addChoice(m_language, QStringLiteral("English"), Language::English, m_before.language); // each in its own
    addChoice(m_language, QStringLiteral("Tiếng Việt"), Language::Vietnamese, m_before.language);
    m_colourBlind = new QCheckBox(tr("&Blue and orange instead of green and red"), group);
    m_colourBlind->setObjectName(QStringLiteral("colourBlind"));
    m_colourBlind->setChecked(m_before.colourBlind);
    m_fast = new QCheckBox(tr("&60 frames a second instead of 30"), group);
    m_fast->setObjectName(QStringLiteral("fastFrames"));
    m_fast->setChecked(m_before.fastFrames);
    auto* form = new QFormLayout(group);
    form->addRow(tr("&Theme"), m_theme);
    form->addRow(tr("L&anguage, from the next start on"), m_language);
    form->addRow(m_colourBlind);
    form->addRow(m_fast);
    return group;
}

QWidget* WindowPage::makeAlerts()
{
    const AlertLimits& limits = m_before.alerts;
    auto* group = new QGroupBox(tr("Alerts"), this);
    auto* form = new QFormLayout(group);
    m_notLive =
        makeNumber(QStringLiteral("notLive"), tr(" s"), static_cast<int>(limits.notLiveMs / msPerSecond), secondsMost);
    m_silent =
        makeNumber(QStringLiteral("silent"), tr(" s"), static_cast<int>(limits.silentMs / msPerSecond), secondsMost);
    m_lag = makeNumber(QStringLiteral("lag"), tr(" ms"), static_cast<int>(limits.lagMs), lagMsMost);
    m_weight = makeNumber(QStringLiteral("weight"), tr(" %"), limits.weightPercent, percentMost);
    form->addRow(tr("A symbol is &not live for longer than"), m_notLive);
    form->addRow(tr("A symbol is s&ilent for longer than"), m_silent);
    form->addRow(tr("Kafka's la&g is over"), m_lag);
    form->addRow(tr("REST &weight used is over"), m_weight);
    return group;
}

QSpinBox* WindowPage::makeNumber(const QString& name, const QString& unit, int value, int most)
{
    auto* number = new QSpinBox(this);
    number->setObjectName(name);
    number->setRange(1, most);
    number->setSuffix(unit);
    number->setValue(value);
    number->setAlignment(Qt::AlignRight);
    return number;
}

WindowChoices WindowPage::choices() const
{
    WindowChoices now = m_before;
    now.theme = chosen<ThemeMode>(m_theme);
    now.language = chosen<Language>(m_language);
    now.colourBlind = m_colourBlind->isChecked();
    now.fastFrames = m_fast->isChecked();
    now.alerts.notLiveMs = std::int64_t{m_notLive->value()} * msPerSecond;
    now.alerts.silentMs = std::int64_t{m_silent->value()} * msPerSecond;
    now.alerts.lagMs = m_lag->value();
    now.alerts.weightPercent = m_weight->value();
    return now;
}

} // namespace obm

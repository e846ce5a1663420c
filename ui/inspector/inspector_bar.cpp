#include "ui/inspector/inspector_bar.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace obm {

InspectorBar::InspectorBar(const QString& symbol, bool isSimulated, bool canResync, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(makeWords(symbol, isSimulated));
    column->addLayout(makeControls(canResync));
    m_pause.setSingleShot(true);
    m_pause.setInterval(resyncPause);
    connect(&m_pause, &QTimer::timeout, m_resync, [this] { m_resync->setEnabled(true); });
    setTheme(theme);
}

QHBoxLayout* InspectorBar::makeWords(const QString& symbol, bool isSimulated)
{
    auto* const name = new QLabel(symbol, this);
    QFont large = font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.3);
    name->setFont(large);
    m_state = new QLabel(tr("not known yet"), this);
    m_state->setObjectName(QStringLiteral("inspectorState"));
    m_simulated = new QLabel(tr("SIMULATED"), this);
    m_simulated->setObjectName(QStringLiteral("inspectorSimulated"));
    m_simulated->setVisible(isSimulated);
    m_simulated->setAutoFillBackground(true);
    m_simulated->setMargin(fontMetrics().height() / 5);
    auto* const line = new QHBoxLayout;
    line->addWidget(name);
    line->addWidget(m_state, 1);
    line->addWidget(m_simulated);
    return line;
}

QHBoxLayout* InspectorBar::makeControls(bool canResync)
{
    m_group = new QComboBox(this);
    m_group->setObjectName(QStringLiteral("inspectorGroup"));
    m_group->setAccessibleName(tr("Price grouping"));
    m_group->setToolTip(tr("Put prices together: bids rounded down, asks up ([ finer, ] coarser)"));
    m_group->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (int i = 0; i < groupCount; ++i)
        m_group->addItem(tr("×%1").arg(groupTicks(i)));
    connect(m_group, &QComboBox::currentIndexChanged, this,
            [this](int index) { Q_EMIT groupChanged(groupTicks(std::max(0, index))); });
    addKey(QStringLiteral("["), -1);
    addKey(QStringLiteral("]"), 1);
    auto* const label = new QLabel(tr("&Group"), this);
    label->setBuddy(m_group);

    m_quote = makeToggle(QStringLiteral("inspectorQuote"), tr("Quote coin"),
                         tr("Sizes as price times quantity instead of quantity (%1)"), QStringLiteral("Q"));
    m_centre = makeToggle(QStringLiteral("inspectorCentre"), tr("Centre lock"),
                          tr("Keep the best prices in the middle (%1)"), QStringLiteral("C"));
    m_logarithmic = makeToggle(QStringLiteral("inspectorLogarithmic"), tr("Log chart"),
                               tr("Depth on a logarithmic scale (%1)"), QStringLiteral("L"));
    m_centre->setChecked(true);
    connect(m_quote, &QCheckBox::toggled, this,
            [this](bool on) { Q_EMIT unitsChanged(on ? LadderUnits::Quote : LadderUnits::Base); });
    connect(m_centre, &QCheckBox::toggled, this, &InspectorBar::centredChanged);
    connect(m_logarithmic, &QCheckBox::toggled, this, &InspectorBar::logarithmicChanged);

    m_resync = new QPushButton(tr("S&ync again"), this);
    m_resync->setObjectName(QStringLiteral("inspectorResync"));
    m_resync->setEnabled(canResync);
    m_resync->setToolTip(
        canResync ? tr("Drop this book and take a new snapshot; at most once in %1 s").arg(resyncPause.count())
                  : tr("Not from here: the books are kept by another process"));
    connect(m_resync, &QPushButton::clicked, this, &InspectorBar::askResync);

    auto* const line = new QHBoxLayout;
    line->addWidget(label);
    line->addWidget(m_group);
    line->addWidget(m_quote);
    line->addWidget(m_centre);
    line->addWidget(m_logarithmic);
    line->addStretch();
    line->addWidget(m_resync);
    line->setSpacing(fontMetrics().height() * 2 / 3);
    return line;
}

QCheckBox* InspectorBar::makeToggle(const QString& name, const QString& text, const QString& toolTip,
                                    const QString& key)
{
    auto* const button = new QCheckBox(text, this);
    button->setObjectName(name);
    button->setToolTip(toolTip.arg(key));
    auto* const shortcut = new QShortcut(QKeySequence(key), parentWidget());
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, button, &QCheckBox::toggle);
    return button;
}

void InspectorBar::addKey(const QString& key, int groupStep)
{
    auto* const shortcut = new QShortcut(QKeySequence(key), parentWidget());
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, [this, groupStep] {
        m_group->setCurrentIndex(std::clamp(m_group->currentIndex() + groupStep, 0, groupCount - 1));
    });
}

void InspectorBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    QPalette badge;
    badge.setColor(QPalette::Window, theme.simulated);
    badge.setColor(QPalette::WindowText, theme.simulatedText);
    m_simulated->setPalette(badge);
}

void InspectorBar::setState(const SymbolRow* row)
{
    const QString words =
        row ? QString::fromUtf8(symbolOf(row->state)) + u' ' + QString::fromStdString(row->words) : tr("not known yet");
    if (words != m_state->text())
        m_state->setText(words);
    const QColor& colour = row ? m_theme.of(row->state) : m_theme.faintText;
    QPalette inked = m_state->palette();
    if (inked.color(QPalette::WindowText) != colour) {
        inked.setColor(QPalette::WindowText, colour);
        m_state->setPalette(inked);
    }
}

void InspectorBar::setCentred(bool centred)
{
    m_centre->setChecked(centred);
}

void InspectorBar::setTick(const TickSize& tick)
{
    if (tick.units() == m_tickUnits)
        return;
    m_tickUnits = tick.units();
    for (int i = 0; i < groupCount; ++i) {
        const Amount width = Amount{tick.units()} * groupTicks(i);
        const QString price =
            amountText(width, {.scale = Decimal::maxFractionDigits, .power = 0, .decimals = tick.decimals()});
        m_group->setItemText(i, tr("%1 (×%2)").arg(price).arg(groupTicks(i)));
    }
}

void InspectorBar::askResync()
{
    m_resync->setEnabled(false);
    m_pause.start();
    Q_EMIT resyncAsked();
}

} // namespace obm

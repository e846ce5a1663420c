#include "ui/alerts/alerts_popup.h"

#include "ui/alerts/alert_text.h"
#include "ui/format/format.h"
#include "ui/table/cell_delegate.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace obm {

namespace {

constexpr int kindsInARow = 3;

// The keys of the settings file.
const QString keyMuted = QStringLiteral("alerts/muted");
const QString keyNotify = QStringLiteral("alerts/notify");
const QString keyBeep = QStringLiteral("alerts/beep");

QString keptNameOf(AlertKind kind)
{
    return QString::fromLatin1(toText(kind));
}

} // namespace

AlertsPopup::AlertsPopup(Alerts& alerts, AlertVoice& voice, bool canNotify, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_alerts(alerts)
    , m_voice(voice)
    , m_title(new QLabel(this))
    , m_table(new QTableView(this))
{
    setObjectName(QStringLiteral("alertsPopup"));
    setAccessibleName(tr("Alerts"));
    setFrameShape(QFrame::StyledPanel);
    restore();
    makeTable();
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setObjectName(QStringLiteral("alertsTitle"));
    auto* all = new QVBoxLayout(this);
    all->addWidget(m_title);
    all->addWidget(m_table, 1);
    all->addWidget(makeKinds());
    all->addWidget(makeWays(canNotify));
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 18);
}

void AlertsPopup::makeTable()
{
    m_table->setObjectName(QStringLiteral("alertsTable"));
    m_table->setAccessibleName(tr("Active alerts"));
    m_table->setModel(&m_model);
    dressTable(m_table);
    const QFontMetrics metrics = m_table->fontMetrics();
    const auto width = [&](const char* widest) {
        return metrics.horizontalAdvance(QString::fromLatin1(widest)) + metrics.height();
    };
    m_table->setColumnWidth(static_cast<int>(AlertColumn::Kind), width("symbol not live (muted)"));
    m_table->horizontalHeader()->setSectionResizeMode(static_cast<int>(AlertColumn::Text), QHeaderView::Stretch);
    m_table->setColumnWidth(static_cast<int>(AlertColumn::Since), width("59 min 59 s"));
    connect(m_table, &QTableView::activated, this, &AlertsPopup::activate);
    connect(m_table, &QTableView::clicked, this, &AlertsPopup::activate);
    setFocusProxy(m_table);
}

QCheckBox* AlertsPopup::makeChoice(const QString& name, const QString& text, bool on)
{
    auto* choice = new QCheckBox(text, this);
    choice->setObjectName(name);
    choice->setChecked(on);
    return choice;
}

QWidget* AlertsPopup::makeKinds()
{
    auto* kinds = new QWidget(this);
    auto* grid = new QGridLayout(kinds);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(new QLabel(tr("Alert me about"), kinds), 0, 0);
    for (const AlertKind kind : alertKinds) {
        const auto number = static_cast<int>(kind);
        auto* choice = makeChoice(QStringLiteral("alertKind%1").arg(number), nameOf(kind), !m_alerts.isMuted(kind));
        choice->setToolTip(tr("Muted, it is listed here, but neither counted nor told"));
        connect(choice, &QCheckBox::toggled, this, [this, kind](bool on) {
            m_alerts.mute(kind, !on);
            save();
        });
        grid->addWidget(choice, number / kindsInARow, 1 + number % kindsInARow);
    }
    grid->setColumnStretch(kindsInARow + 1, 1);
    return kinds;
}

QWidget* AlertsPopup::makeWays(bool canNotify)
{
    auto* ways = new QWidget(this);
    auto* row = new QHBoxLayout(ways);
    row->setContentsMargins(0, 0, 0, 0);
    auto* notify = makeChoice(QStringLiteral("alertNotify"), tr("Notify on the desktop"), m_voice.notifies());
    notify->setEnabled(canNotify);
    if (!canNotify)
        notify->setToolTip(tr("This desktop shows no notifications"));
    connect(notify, &QCheckBox::toggled, this, [this](bool on) {
        m_voice.setNotifies(on);
        save();
    });
    auto* beep = makeChoice(QStringLiteral("alertBeep"), tr("Beep"), m_voice.beeps());
    connect(beep, &QCheckBox::toggled, this, [this](bool on) {
        m_voice.setBeeps(on);
        save();
    });
    row->addWidget(notify);
    row->addWidget(beep);
    row->addStretch(1);
    return ways;
}

void AlertsPopup::restore()
{
    const QSettings settings;
    const QStringList muted = settings.value(keyMuted).toStringList();
    for (const AlertKind kind : alertKinds)
        m_alerts.mute(kind, muted.contains(keptNameOf(kind)));
    m_voice.setNotifies(settings.value(keyNotify, true).toBool());
    m_voice.setBeeps(settings.value(keyBeep, false).toBool());
}

void AlertsPopup::save() const
{
    QStringList muted;
    for (const AlertKind kind : alertKinds) {
        if (m_alerts.isMuted(kind))
            muted << keptNameOf(kind);
    }
    QSettings settings;
    settings.setValue(keyMuted, muted);
    settings.setValue(keyNotify, m_voice.notifies());
    settings.setValue(keyBeep, m_voice.beeps());
}

void AlertsPopup::setTheme(const Theme& theme)
{
    m_model.setTheme(theme);
}

void AlertsPopup::refresh(std::int64_t nowMs)
{
    if (!isVisible())
        return;
    m_model.update(m_alerts.active(), nowMs);
    const auto count = m_model.rowCount();
    const QString title = count == 0   ? tr("No alerts: everything is within its limits")
                          : count == 1 ? tr("1 alert")
                                       : tr("%1 alerts").arg(format::count(count));
    if (m_title->text() != title)
        m_title->setText(title);
}

void AlertsPopup::openAbove(const QWidget& anchor)
{
    move(anchor.mapToGlobal(QPoint(anchor.width() - width(), -height())));
    show();
    setFocus(Qt::PopupFocusReason);
}

void AlertsPopup::activate(const QModelIndex& row)
{
    const QString symbol = row.isValid() ? QString::fromStdString(m_model.alert(row.row()).symbol) : QString();
    if (symbol.isEmpty() || !isVisible()) // closed by the click that also activates
        return;
    close();
    Q_EMIT symbolActivated(symbol);
}

} // namespace obm

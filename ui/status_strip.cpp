#include "ui/status_strip.h"

#include "ui/alerts/alert_text.h"
#include "ui/seen.h"

#include <QLabel>
#include <QToolButton>

#include <cmath>

namespace obm {

namespace {

void setIfNew(QLabel* label, const QString& text)
{
    if (label->text() != text)
        label->setText(text);
}

void setIfNew(QToolButton* button, const QString& text)
{
    if (button->text() != text)
        button->setText(text);
}

void setInk(QWidget* widget, const QColor& color)
{
    QPalette palette = widget->palette();
    if (palette.color(QPalette::ButtonText) == color)
        return;
    palette.setColor(QPalette::ButtonText, color);
    palette.setColor(QPalette::WindowText, color);
    widget->setPalette(palette);
}

QString errorsText(int count)
{
    return count == 0   ? StatusStrip::tr("no unread errors")
           : count == 1 ? StatusStrip::tr("✖ 1 unread error")
                        : StatusStrip::tr("✖ %1 unread errors").arg(count);
}

QString alertsText(int count)
{
    return count == 0   ? StatusStrip::tr("no alerts")
           : count == 1 ? StatusStrip::tr("▲ 1 alert")
                        : StatusStrip::tr("▲ %1 alerts").arg(count);
}

} // namespace

StatusStrip::StatusStrip(QWidget* parent)
    : QStatusBar(parent)
    , m_attached(new QLabel(this))
    , m_errors(new QToolButton(this))
    , m_alerts(new QToolButton(this))
    , m_frames(new QLabel(this))
{
    setObjectName(QStringLiteral("statusStrip"));
    m_attached->setObjectName(QStringLiteral("attachedTo"));
    m_errors->setObjectName(QStringLiteral("unreadErrors"));
    m_alerts->setObjectName(QStringLiteral("alerts"));
    m_frames->setObjectName(QStringLiteral("frames"));
    m_errors->setToolTip(tr("Errors in the journal that were not on the screen yet"));
    m_frames->setToolTip(tr("Frames painted a second; frames that came late were left out"));
    for (QToolButton* button : {m_errors, m_alerts}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
    }
    addWidget(m_attached, 1);
    addPermanentWidget(m_errors);
    addPermanentWidget(m_alerts);
    addPermanentWidget(m_frames);
    connect(m_errors, &QToolButton::clicked, this, &StatusStrip::errorsWanted);
    connect(m_alerts, &QToolButton::clicked, this, &StatusStrip::alertsWanted);
    showErrors();
    setIfNew(m_alerts, alertsText(0));
}

void StatusStrip::setAttachedTo(const QString& where)
{
    setIfNew(m_attached, tr("attached to %1").arg(where));
}

void StatusStrip::setTheme(const Theme& theme)
{
    m_theme = theme;
    setInk(m_attached, theme.faintText);
    setInk(m_frames, theme.faintText);
}

void StatusStrip::setUnreadErrors(int count)
{
    m_unreadErrors = count;
    if (isSeen(*this))
        showErrors();
}

void StatusStrip::showErrors()
{
    setIfNew(m_errors, errorsText(m_unreadErrors));
    setInk(m_errors, m_unreadErrors == 0 ? m_theme.faintText : m_theme.of(Condition::Bad));
}

void StatusStrip::refresh(const std::vector<Alert>& active, const FrameMeter& frames)
{
    if (!isSeen(*this))
        return;
    showErrors();
    std::vector<const Alert*> loud;
    for (const Alert& alert : active) {
        if (!alert.muted)
            loud.push_back(&alert);
    }
    const auto count = static_cast<int>(loud.size());
    setIfNew(m_alerts, alertsText(count));
    setInk(m_alerts, count == 0 ? m_theme.faintText : m_theme.of(Condition::Degraded));
    m_alerts->setToolTip(count == 0 ? tr("Alerts, and which of them are muted") : lineOf(*loud.front()));
    const auto late = static_cast<qulonglong>(frames.late());
    setIfNew(m_frames, tr("%1 fps, %2 late").arg(std::lround(frames.perSecond())).arg(late));
}

} // namespace obm

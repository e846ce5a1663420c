#include "ui/overview/stage_tile.h"

#include "ui/overview/elided_label.h"
#include "ui/overview/overview_text.h"

#include "ui/format/format.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace obm {

namespace {

constexpr int wordsLinesMax = 2;
constexpr int stripWidth = 4;

QColor faded(QColor color)
{
    color.setAlphaF(0.5F);
    return color;
}

void setIfNew(QLabel* label, const QString& text)
{
    if (label->text() != text)
        label->setText(text);
}

void setInk(QWidget* widget, const QColor& color)
{
    QPalette palette = widget->palette();
    palette.setColor(QPalette::WindowText, color);
    widget->setPalette(palette);
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

// Why something is not there, and since when it is as it is.
QString footOf(const StageRow& row, std::int64_t nowEpochMs)
{
    const QString since = row.sinceEpochMs > 0 ? format::since(row.sinceEpochMs, nowEpochMs) : QString();
    return joined({QString::fromStdString(row.blank), since});
}

} // namespace

StageTile::StageTile(Stage stage, QWidget* parent)
    : QFrame(parent)
    , m_stage(stage)
    , m_name(new QLabel(nameOf(stage), this))
    , m_badge(new QLabel(this))
    , m_words(new ElidedLabel(wordsLinesMax, this))
    , m_rate(new QLabel(this))
    , m_latency(new QLabel(this))
    , m_foot(new ElidedLabel(1, this))
{
    setObjectName(QStringLiteral("stageTile%1").arg(static_cast<int>(stage)));
    setAccessibleName(nameOf(stage)); // until it is known how it does
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    m_badge->setObjectName(QStringLiteral("condition"));
    m_words->setObjectName(QStringLiteral("words"));
    m_rate->setObjectName(QStringLiteral("rate"));
    m_latency->setObjectName(QStringLiteral("latency"));
    m_foot->setObjectName(QStringLiteral("foot"));
    QFont bold = font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_badge->setFont(bold);
    m_rate->setFont(bold);
    lay();
}

void StageTile::lay()
{
    const int unit = fontMetrics().height() / 2;
    auto* head = new QHBoxLayout;
    head->addWidget(m_name);
    head->addStretch();
    head->addWidget(m_badge);
    auto* values = new QHBoxLayout;
    values->addWidget(m_rate);
    values->addStretch();
    values->addWidget(m_latency);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(unit + stripWidth, unit, unit, unit);
    all->setSpacing(unit / 2);
    all->addLayout(head);
    all->addWidget(m_words);
    all->addLayout(values);
    all->addWidget(m_foot);
    setMinimumWidth(fontMetrics().averageCharWidth() * 22);
}

void StageTile::setTheme(const Theme& theme)
{
    m_theme = theme;
    setInk(m_foot, theme.faintText);
    setInk(m_latency, theme.faintText);
    colour();
}

void StageTile::colour()
{
    setInk(m_badge, m_theme.of(m_condition));
    update();
}

void StageTile::refresh(const StageRow& row, std::int64_t nowEpochMs)
{
    if (row.condition != m_condition) {
        m_condition = row.condition;
        colour();
    }
    setIfNew(m_badge, QStringLiteral("%1 %2").arg(QString::fromUtf8(symbolOf(row.condition)), wordOf(row.condition)));
    m_words->setText(joined({QString::fromStdString(row.words), lagText(row)}));
    setIfNew(m_rate, rateText(row));
    setIfNew(m_latency, latencyText(row));
    m_foot->setText(footOf(row, nowEpochMs));
    const QString all = stageText(row, nowEpochMs);
    if (accessibleName() != all)
        setAccessibleName(all);
}

void StageTile::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor& condition = m_theme.of(m_condition);
    const bool alarming = m_condition == Condition::Bad || m_condition == Condition::Degraded;
    painter.setPen(hasFocus() ? m_theme.accent : alarming ? faded(condition) : m_theme.line);
    painter.setBrush(alarming ? mixed(m_theme.raised, condition, m_theme.isDark ? 0.10 : 0.06) : m_theme.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(condition);
    painter.drawRoundedRect(QRectF(0, 0, stripWidth, height()), 2, 2);
}

void StageTile::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT activated(m_stage);
}

void StageTile::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        Q_EMIT activated(m_stage);
    else
        QFrame::keyPressEvent(event);
}

} // namespace obm

#include "ui/ladder/ladder_widget.h"

#include "ui/format/format.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>

namespace obm {

namespace {

constexpr int rowCount = 2 * LadderWidget::levelsOfSide + 1;

} // namespace

LadderWidget::LadderWidget(const QString& symbol, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_symbol(symbol)
    , m_theme(theme)
    , m_painter(font(), theme)
    , m_reason(tr("not known yet"))
{
    setObjectName(QStringLiteral("ladder_") + symbol);
    setAccessibleName(tr("Ladder of %1").arg(symbol));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(tr("Click to see the whole book"));
    m_layout.setWindow(rowCount);
    m_layout.update(0);
}

void LadderWidget::setTheme(const Theme& theme)
{
    m_theme = theme;
    relayout();
}

void LadderWidget::relayout()
{
    m_painter = LadderPainter(font(), m_theme);
    updateGeometry();
    update();
}

void LadderWidget::setGroup(std::int64_t ticks)
{
    m_layout.setGroup(ticks);
}

void LadderWidget::setUnits(LadderUnits units)
{
    m_layout.setUnits(units);
    update(headingsRect());
}

void LadderWidget::showBook(std::shared_ptr<const BookView> book, std::int64_t nowMs)
{
    const bool wasEmpty = m_layout.isEmpty();
    m_layout.setBook(std::move(book));
    if (!m_layout.update(nowMs))
        return;
    if (wasEmpty != m_layout.isEmpty())
        update();
    else
        update(m_painter.changedRows(rowsRect(), m_painted, m_layout.frame()));
}

void LadderWidget::showState(const SymbolRow* row)
{
    m_hasRow = row != nullptr;
    const SymbolRow next = row ? *row : SymbolRow{};
    const QString reason = !row                            ? tr("not known yet")
                           : row->state != SyncState::Live ? QString::fromStdString(row->words)
                                                           : QString();
    const QString age = row && row->ageMs ? format::age(*row->ageMs / 100 * 100) : QString();
    if (next.state != m_row.state || age != m_age)
        update(headerRect());
    if (reason != m_reason)
        update();
    m_row = next;
    m_age = age;
    m_reason = reason;
    describe();
}

// For screen readers; said only when it changes.
void LadderWidget::describe()
{
    const auto text = [](const std::optional<Decimal>& price) {
        return price ? QString::fromStdString(price->toString()) : QStringLiteral("-");
    };
    const QString said =
        m_reason.isEmpty() ? tr("live, bid %1, ask %2").arg(text(m_row.bestBid), text(m_row.bestAsk)) : m_reason;
    if (said != accessibleDescription())
        setAccessibleDescription(said);
}

QRect LadderWidget::headerRect() const
{
    return {1, 1, width() - 2, m_painter.rowHeight() * 3 / 2};
}

QRect LadderWidget::headingsRect() const
{
    return {1, headerRect().bottom() + 1, width() - 2, m_painter.rowHeight()};
}

QRect LadderWidget::rowsRect() const
{
    return {1, headingsRect().bottom() + 1, width() - 2, m_painter.rowHeight() * rowCount};
}

QSize LadderWidget::sizeHint() const
{
    return {m_painter.leastWidth() * 11 / 10, rowsRect().bottom() + 2};
}

QSize LadderWidget::minimumSizeHint() const
{
    return {m_painter.leastWidth(), sizeHint().height()};
}

void LadderWidget::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    const QRegion& dirty = event->region();
    if (dirty.intersects(headerRect()))
        paintHeader(painter);
    if (dirty.intersects(headingsRect())) {
        painter.fillRect(headingsRect(), m_theme.panel);
        m_painter.paintHeadings(painter, headingsRect(), m_layout.units());
    }
    m_painter.paintRows(painter, rowsRect(), m_layout.frame(), dirty);
    if (!m_reason.isEmpty())
        paintReason(painter);
    m_painted = m_layout.frame();
    painter.setPen(hasFocus() ? m_theme.accent : m_theme.line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void LadderWidget::paintHeader(QPainter& painter) const
{
    const int margin = fontMetrics().height() / 2;
    const QRect line = headerRect().adjusted(margin, 0, -margin, 0);
    painter.fillRect(headerRect(), m_theme.raised);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(m_theme.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_symbol);
    painter.setFont(font());
    painter.setPen(m_hasRow ? m_theme.of(m_row.state) : m_theme.faintText);
    const QString state =
        m_hasRow ? QString::fromUtf8(symbolOf(m_row.state)) + u' ' + QString::fromLatin1(toText(m_row.state))
                 : QString();
    const QString age = m_age.isEmpty() ? QString() : m_age + QStringLiteral("  ");
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, state);
    painter.setPen(m_theme.faintText);
    painter.drawText(line.adjusted(0, 0, -fontMetrics().horizontalAdvance(state), 0), Qt::AlignRight | Qt::AlignVCenter,
                     age);
}

void LadderWidget::paintReason(QPainter& painter) const
{
    const int margin = fontMetrics().height() / 2;
    painter.setFont(font());
    painter.setPen(m_theme.text);
    const QRect area = rowsRect().adjusted(margin, 0, -margin, -rowsRect().height() / 2 - m_painter.rowHeight());
    painter.drawText(area, static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap), m_reason);
}

void LadderWidget::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    update();
}

void LadderWidget::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT symbolActivated(m_symbol);
}

void LadderWidget::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        Q_EMIT symbolActivated(m_symbol);
    else if (event->key() == Qt::Key_Delete)
        Q_EMIT removalAsked(m_symbol);
    else
        QWidget::keyPressEvent(event);
}

void LadderWidget::enterEvent(QEnterEvent* event)
{
    QWidget::enterEvent(event);
    m_layout.setHeld(true);
}

void LadderWidget::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_layout.setHeld(false);
}

void LadderWidget::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        relayout();
}

} // namespace obm

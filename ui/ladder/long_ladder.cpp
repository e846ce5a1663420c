#include "ui/ladder/long_ladder.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>

#include <utility>

namespace obm {

LongLadder::LongLadder(const Theme& theme, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_painter(font(), theme)
{
    setObjectName(QStringLiteral("longLadder"));
    setAccessibleName(tr("The whole book as a ladder"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &LongLadder::scrolled);
}

void LongLadder::setTheme(const Theme& theme)
{
    m_theme = theme;
    relayout();
}

void LongLadder::relayout()
{
    m_painter = LadderPainter(font(), m_theme);
    m_layout.setWindow(std::max(1, rowsRect().height() / m_painter.rowHeight()));
    layOut(m_nowMs);
    viewport()->update();
}

void LongLadder::setGroup(std::int64_t ticks)
{
    m_layout.setGroup(ticks);
    layOut(m_nowMs);
}

void LongLadder::setUnits(LadderUnits units)
{
    m_layout.setUnits(units);
    layOut(m_nowMs);
    viewport()->update();
}

void LongLadder::setCentred(bool centred)
{
    if (centred == m_layout.isCentred())
        return;
    m_layout.setCentred(centred);
    layOut(m_nowMs);
    Q_EMIT centredChanged(centred);
}

void LongLadder::setReason(const QString& reason)
{
    if (reason == m_reason)
        return;
    m_reason = reason;
    setAccessibleDescription(reason);
    viewport()->update();
}

bool LongLadder::showBook(std::shared_ptr<const BookView> book, std::int64_t nowMs)
{
    m_nowMs = nowMs;
    m_layout.setBook(std::move(book));
    const bool changed = m_layout.update(nowMs);
    if (changed) {
        viewport()->update(m_painter.changedRows(rowsRect(), m_painted, m_layout.frame()));
        moveBar();
    }
    return changed;
}

void LongLadder::layOut(std::int64_t nowMs)
{
    if (m_layout.update(nowMs))
        viewport()->update(m_painter.changedRows(rowsRect(), m_painted, m_layout.frame()));
    moveBar();
}

// The bar follows the book; it must not scroll it.
void LongLadder::moveBar()
{
    QScrollBar* const bar = verticalScrollBar();
    const QSignalBlocker quiet(bar);
    bar->setPageStep(std::max(1, static_cast<int>(m_layout.frame().rows.size()) - 1));
    bar->setRange(m_layout.topMin(), m_layout.topMax());
    bar->setValue(m_layout.top());
}

void LongLadder::scrolled(int top)
{
    const bool wasCentred = m_layout.isCentred();
    m_layout.scrollTo(top);
    layOut(m_nowMs);
    if (wasCentred)
        Q_EMIT centredChanged(false);
}

QRect LongLadder::headingsRect() const
{
    return {0, 0, viewport()->width(), m_painter.rowHeight()};
}

QRect LongLadder::rowsRect() const
{
    return viewport()->rect().adjusted(0, m_painter.rowHeight(), 0, 0);
}

QSize LongLadder::sizeHint() const
{
    return {m_painter.leastWidth() * 5 / 4, m_painter.rowHeight() * 40};
}

QSize LongLadder::minimumSizeHint() const
{
    return {m_painter.leastWidth() + verticalScrollBar()->sizeHint().width(), m_painter.rowHeight() * 8};
}

void LongLadder::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    const QRegion& dirty = event->region();
    if (dirty.intersects(headingsRect())) {
        painter.fillRect(headingsRect(), m_theme.raised);
        m_painter.paintHeadings(painter, headingsRect(), m_layout.units());
    }
    const int used = static_cast<int>(m_layout.frame().rows.size()) * m_painter.rowHeight();
    painter.fillRect(rowsRect().adjusted(0, used, 0, 0), m_theme.panel);
    m_painter.paintRows(painter, rowsRect(), m_layout.frame(), dirty);
    if (m_layout.isEmpty() && !m_reason.isEmpty()) {
        painter.setPen(m_theme.text);
        const int margin = fontMetrics().height();
        painter.drawText(rowsRect().adjusted(margin, 0, -margin, -rowsRect().height() / 2),
                         static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap), m_reason);
    }
    m_painted = m_layout.frame();
}

void LongLadder::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    relayout();
}

void LongLadder::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Home)
        setCentred(true);
    else
        QAbstractScrollArea::keyPressEvent(event);
}

bool LongLadder::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave) {
        m_layout.setHeld(event->type() == QEvent::Enter);
        layOut(m_nowMs);
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void LongLadder::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        relayout();
}

} // namespace obm

#include "ui/overview/elided_label.h"

#include <QPainter>
#include <QTextLayout>

namespace obm {

ElidedLabel::ElidedLabel(int linesMax, QWidget* parent)
    : QWidget(parent)
    , m_linesMax(linesMax)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    setToolTip(text);
    setAccessibleName(text);
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, fontMetrics().lineSpacing() * m_linesMax};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    QTextLayout layout(m_text, font());
    layout.beginLayout();
    m_elided = false;
    for (int row = 0; row < m_linesMax; ++row) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width());
        const QPointF at(0, row * fontMetrics().lineSpacing());
        const int start = line.textStart();
        if (row + 1 < m_linesMax) {
            line.draw(&painter, at);
            continue;
        }
        const QString rest = m_text.mid(start);
        const QString shown = fontMetrics().elidedText(rest, Qt::ElideRight, width());
        m_elided = shown != rest;
        painter.drawText(at + QPointF(0, fontMetrics().ascent()), shown);
    }
    layout.endLayout();
}

} // namespace obm

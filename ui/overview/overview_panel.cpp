#include "ui/overview/overview_panel.h"

#include "ui/overview/overview_text.h"
#include "ui/seen.h"

#include <QHBoxLayout>
#include <QPainter>

namespace obm {

namespace {

// Points to the next stage.
class Arrow : public QWidget
{
public:
    explicit Arrow(QWidget* parent)
        : QWidget(parent)
    {
        setFixedWidth(fontMetrics().height());
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 1.5));
        const double middle = height() / 2.0;
        const double head = width() / 4.0;
        const double end = width() - 2.0;
        painter.drawLine(QPointF(2, middle), QPointF(end, middle));
        painter.drawLine(QPointF(end - head, middle - head), QPointF(end, middle));
        painter.drawLine(QPointF(end - head, middle + head), QPointF(end, middle));
    }
};

} // namespace

OverviewPanel::OverviewPanel(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("overviewPanel"));
    setAccessibleName(tr("Overview"));
    auto* row = new QHBoxLayout(this);
    const int margin = fontMetrics().height() / 2;
    row->setContentsMargins(margin, margin / 2, margin, margin);
    row->setSpacing(margin / 4);
    for (std::size_t i = 0; i < stageCount; ++i) {
        if (i > 0)
            row->addWidget(new Arrow(this));
        m_tiles[i] = new StageTile(static_cast<Stage>(i), this);
        row->addWidget(m_tiles[i], 1);
        connect(m_tiles[i], &StageTile::activated, this, &OverviewPanel::stageActivated);
    }
    setFocusProxy(m_tiles.front());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void OverviewPanel::setTheme(const Theme& theme)
{
    for (StageTile* tile : m_tiles)
        tile->setTheme(theme);
}

void OverviewPanel::refresh(const StageRows& rows, std::int64_t nowEpochMs)
{
    m_text = overviewText(rows, nowEpochMs);
    if (!isSeen(*this))
        return;
    setAccessibleDescription(m_text);
    for (std::size_t i = 0; i < stageCount; ++i)
        m_tiles[i]->refresh(rows[i], nowEpochMs);
}

} // namespace obm

// A whole book as one long ladder: only the rows on screen are laid out and painted. It stays centred on the spread
// until somebody scrolls; then it stays at its price, and under the pointer nothing moves.
// Keys: arrows, Page Up and Down scroll; Home centres again.
// Thread: main.
#pragma once

#include "ui/ladder/ladder_layout.h"
#include "ui/ladder/ladder_painter.h"
#include "ui/theme/theme.h"

#include <QAbstractScrollArea>

#include <memory>

namespace obm {

class LongLadder : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit LongLadder(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setGroup(std::int64_t ticks);
    void setUnits(LadderUnits units);
    void setCentred(bool centred);
    void setReason(const QString& reason); // shown in place of a book

    // True if what is on screen is another than before.
    bool showBook(std::shared_ptr<const BookView> book, std::int64_t nowMs);
    [[nodiscard]] const LadderLayout& ladder() const { return m_layout; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void centredChanged(bool centred);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QRect headingsRect() const;
    [[nodiscard]] QRect rowsRect() const;
    void scrolled(int top);
    void layOut(std::int64_t nowMs);
    void moveBar();
    void relayout();

    Theme m_theme;
    LadderPainter m_painter;
    LadderLayout m_layout;
    LadderFrame m_painted;
    QString m_reason;
    std::int64_t m_nowMs = 0;
};

} // namespace obm

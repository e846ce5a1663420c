// One small ladder: symbol and state above, the best levels of both sides around the spread. Where there is no live
// book it says why. It paints rows that changed and no others. A click or Enter opens the symbol.
// Thread: main. Times: ms; `steady` for what fades, epoch for ages.
#pragma once

#include "monitor/symbol_row.h"
#include "ui/ladder/ladder_layout.h"
#include "ui/ladder/ladder_painter.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <string>

namespace obm {

class LadderWidget : public QWidget
{
    Q_OBJECT

public:
    static constexpr int levelsOfSide = 10;

    LadderWidget(const QString& symbol, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] const QString& symbol() const { return m_symbol; }
    [[nodiscard]] const LadderFrame& frame() const { return m_layout.frame(); }
    void setTheme(const Theme& theme);
    void setGroup(std::int64_t ticks);
    void setUnits(LadderUnits units);

    // What is known now: nothing of it need be there. `row` null: the state is not known (yet).
    void showBook(std::shared_ptr<const BookView> book, std::int64_t nowMs);
    void showState(const SymbolRow* row);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void symbolActivated(const QString& symbol);
    void removalAsked(const QString& symbol);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QRect headerRect() const;
    [[nodiscard]] QRect headingsRect() const;
    [[nodiscard]] QRect rowsRect() const;
    void paintHeader(QPainter& painter) const;
    void paintReason(QPainter& painter) const;
    void describe();
    void relayout();

    QString m_symbol;
    Theme m_theme;
    LadderPainter m_painter;
    LadderLayout m_layout;
    LadderFrame m_painted; // what is on screen
    SymbolRow m_row;
    bool m_hasRow = false;
    QString m_reason; // why there is no book; empty: there is one
    QString m_age;
};

} // namespace obm

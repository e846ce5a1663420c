// Text in at most so many lines: what does not fit ends in an ellipsis, and the whole of it is in the tooltip.
// Thread: main.
#pragma once

#include <QWidget>

namespace obm {

class ElidedLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedLabel(int linesMax, QWidget* parent = nullptr);

    void setText(const QString& text);
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] bool isElided() const { return m_elided; } // as last painted

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    int m_linesMax;
    bool m_elided = false;
};

} // namespace obm

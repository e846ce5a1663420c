// One stage of the way: its name, its condition in colour, sign and word, what is wrong, rate and latency, since when.
// Thread: main.
#pragma once

#include "monitor/stage_row.h"
#include "ui/theme/theme.h"

#include <QFrame>

class QLabel;

namespace obm {

class ElidedLabel;

class StageTile : public QFrame
{
    Q_OBJECT

public:
    explicit StageTile(Stage stage, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void refresh(const StageRow& row, std::int64_t nowEpochMs);

Q_SIGNALS:
    void activated(obm::Stage stage); // a click, or Enter

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void lay();
    void colour();

    Stage m_stage;
    Condition m_condition = Condition::Off;
    Theme m_theme;
    QLabel* m_name;
    QLabel* m_badge;
    ElidedLabel* m_words; // what is wrong, or how it does; the lag
    QLabel* m_rate;
    QLabel* m_latency;
    ElidedLabel* m_foot; // since when; why a value is missing
};

} // namespace obm

// The way as a row of stages with arrows between them: is it healthy, in one glance.
// Thread: main.
#pragma once

#include "ui/overview/stage_tile.h"

#include <QWidget>

#include <array>

namespace obm {

class OverviewPanel : public QWidget
{
    Q_OBJECT

public:
    explicit OverviewPanel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void refresh(const StageRows& rows, std::int64_t nowEpochMs);
    [[nodiscard]] QString text() const { return m_text; } // as last refreshed, also while it cannot be seen

Q_SIGNALS:
    void stageActivated(obm::Stage stage);

private:
    std::array<StageTile*, stageCount> m_tiles{};
    QString m_text;
};

} // namespace obm

// The active alerts as rows, those of muted kinds too, and said to be so. A row keeps its place and its selection while
// others come and go.
// Thread: main. Units: ms of a steady clock.
#pragma once

#include "monitor/alerts.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <vector>

namespace obm {

enum class AlertColumn { Kind, Text, Since };
inline constexpr int alertColumnCount = 3;

class AlertModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    // active: ordered by kind and symbol, as Alerts keeps them.
    void update(const std::vector<Alert>& active, std::int64_t nowMs);
    void setTheme(const Theme& theme);
    [[nodiscard]] const Alert& alert(int row) const { return m_alerts[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    void removeGone(const std::vector<Alert>& active);
    void insertNew(const std::vector<Alert>& active);

    std::vector<Alert> m_alerts;
    std::int64_t m_nowMs = 0;
    Theme m_theme;
};

} // namespace obm

#include "ui/alerts/alert_model.h"

#include "ui/alerts/alert_text.h"
#include "ui/format/format.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace obm {

namespace {

bool isSame(const Alert& a, const Alert& b)
{
    return a.kind == b.kind && a.symbol == b.symbol;
}

bool isBefore(const Alert& a, const Alert& b)
{
    return std::tie(a.kind, a.symbol) < std::tie(b.kind, b.symbol);
}

} // namespace

void AlertModel::update(const std::vector<Alert>& active, std::int64_t nowMs)
{
    removeGone(active);
    insertNew(active);
    m_alerts = active;
    m_nowMs = nowMs;
    if (!m_alerts.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, alertColumnCount - 1));
}

void AlertModel::removeGone(const std::vector<Alert>& active)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (std::ranges::binary_search(active, alert(row), isBefore))
            continue;
        beginRemoveRows({}, row, row);
        m_alerts.erase(m_alerts.begin() + row);
        endRemoveRows();
    }
}

void AlertModel::insertNew(const std::vector<Alert>& active)
{
    for (std::size_t i = 0; i < active.size(); ++i) {
        if (i < m_alerts.size() && isSame(m_alerts[i], active[i]))
            continue;
        const auto row = static_cast<int>(i);
        beginInsertRows({}, row, row);
        m_alerts.insert(m_alerts.begin() + row, active[i]);
        endInsertRows();
    }
}

void AlertModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (!m_alerts.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, alertColumnCount - 1), {Qt::ForegroundRole});
}

int AlertModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_alerts.size());
}

int AlertModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : alertColumnCount;
}

QVariant AlertModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Alert& row = alert(index.row());
    const auto column = static_cast<AlertColumn>(index.column());
    if (role == Qt::ForegroundRole && (row.muted || column == AlertColumn::Since))
        return m_theme.faintText;
    if (role == Qt::ForegroundRole && column == AlertColumn::Kind)
        return m_theme.of(Condition::Degraded);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            int((column == AlertColumn::Since ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case AlertColumn::Kind:
        return row.muted ? tr("%1 (muted)").arg(nameOf(row.kind)) : nameOf(row.kind);
    case AlertColumn::Text:
        return lineOf(row);
    case AlertColumn::Since:
        return format::duration(m_nowMs - row.raisedMs);
    }
    std::unreachable();
}

QVariant AlertModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= alertColumnCount)
        return {};
    const auto column = static_cast<AlertColumn>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            int((column == AlertColumn::Since ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case AlertColumn::Kind:
        return tr("Alert");
    case AlertColumn::Text:
        return tr("What is wrong");
    case AlertColumn::Since:
        return tr("For");
    }
    std::unreachable();
}

} // namespace obm

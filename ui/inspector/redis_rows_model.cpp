#include "ui/inspector/redis_rows_model.h"

#include <algorithm>

namespace obm {

RedisRowsModel::RedisRowsModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{}

void RedisRowsModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCountAll - 1));
}

void RedisRowsModel::setBook(std::shared_ptr<const RedisBook> book)
{
    std::vector<Row> rows = book ? rowsOf(*book) : std::vector<Row>();
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    } else if (rows != m_rows) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCountAll - 1));
    }
}

std::vector<RedisRowsModel::Row> RedisRowsModel::rowsOf(const RedisBook& book)
{
    std::vector<Row> rows;
    addSide(book, false, rows);
    std::ranges::reverse(rows);
    addSide(book, true, rows);
    return rows;
}

// Best first. A row that is only in the local book stands behind those that Redis has.
void RedisRowsModel::addSide(const RedisBook& book, bool isBid, std::vector<Row>& rows)
{
    const std::size_t from = rows.size();
    for (const TextLevel& level : isBid ? book.bids : book.asks)
        rows.push_back({.isBid = isBid,
                        .differs = false,
                        .isCompared = book.isCompared,
                        .redis = level,
                        .local = book.isCompared ? level : TextLevel{}});
    for (const DifferingRow& differing : book.differing) {
        if (differing.isBid != isBid)
            continue;
        if (rows.size() <= from + differing.row)
            rows.resize(from + differing.row + 1, Row{.isBid = isBid, .isCompared = true, .redis = {}, .local = {}});
        Row& row = rows[from + differing.row];
        row.differs = true;
        row.redis = differing.redis;
        row.local = differing.local;
    }
}

int RedisRowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RedisRowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnCountAll;
}

QVariant RedisRowsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole: {
        const bool isNumber = index.column() >= RedisPrice && index.column() <= LocalQuantity;
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    }
    case Qt::ForegroundRole:
        return ink(row, index.column());
    case Qt::BackgroundRole:
        return row.differs ? QVariant(mixed(m_theme.panel, m_theme.of(Condition::Bad), 0.22)) : QVariant();
    default:
        return {};
    }
}

QString RedisRowsModel::text(const Row& row, int column)
{
    switch (column) {
    case Side:
        return row.isBid ? tr("bid") : tr("ask");
    case RedisPrice:
        return QString::fromStdString(row.redis.price);
    case RedisQuantity:
        return QString::fromStdString(row.redis.quantity);
    case LocalPrice:
        return QString::fromStdString(row.local.price);
    case LocalQuantity:
        return QString::fromStdString(row.local.quantity);
    default:
        return row.differs ? tr("≠ differs") : row.isCompared ? tr("= equal") : QString();
    }
}

QVariant RedisRowsModel::ink(const Row& row, int column) const
{
    if (column == RedisPrice || column == LocalPrice || column == Side)
        return row.isBid ? m_theme.bid : m_theme.ask;
    if (column == Verdict)
        return row.differs ? m_theme.of(Condition::Bad) : m_theme.faintText;
    return m_theme.text;
}

QVariant RedisRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RedisPrice:
        return tr("Price in Redis");
    case RedisQuantity:
        return tr("Quantity in Redis");
    case LocalPrice:
        return tr("Local price");
    case LocalQuantity:
        return tr("Local quantity");
    default:
        return QString();
    }
}

} // namespace obm

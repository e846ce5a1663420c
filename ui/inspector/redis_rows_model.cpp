#include "ui/inspector/redis_rows_model.h"

namespace obm {

RedisRowsModel::RedisRowsModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{}

void RedisRowsModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    tellAllChanged();
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
        tellAllChanged();
    }
}

void RedisRowsModel::tellAllChanged()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCountAll - 1));
}

std::vector<RedisRowsModel::Row> RedisRowsModel::rowsOf(const RedisBook& book)
{
    std::vector<Row> rows;
    for (const bool isBid : {true, false}) {
        const std::vector<TextLevel>& levels = isBid ? book.bids : book.asks;
        for (std::size_t i = 0; i < levels.size(); ++i) {
            Cell& cell = cellAt(rows, i, isBid);
            cell.redis = levels[i];
            cell.isCompared = book.isCompared;
        }
    }
    for (const DifferingRow& differing : book.differing)
        cellAt(rows, differing.row, differing.isBid) = {
            .redis = differing.redis, .local = differing.local, .differs = true, .isCompared = true};
    return rows;
}

RedisRowsModel::Cell& RedisRowsModel::cellAt(std::vector<Row>& rows, std::size_t row, bool isBid)
{
    if (rows.size() <= row)
        rows.resize(row + 1);
    return rows[row][isBid ? 0 : 1];
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
    const int column = index.column();
    const Cell& cell = m_rows[static_cast<std::size_t>(index.row())][column < AskPrice ? 0 : 1];
    switch (role) {
    case Qt::DisplayRole:
        return text(cell, column);
    case Qt::TextAlignmentRole: {
        const bool isLocal = column == LocalBid || column == LocalAsk;
        return QVariant::fromValue(Qt::AlignVCenter | (isLocal ? Qt::AlignLeft : Qt::AlignRight));
    }
    case Qt::ForegroundRole:
        return ink(cell, column);
    case Qt::BackgroundRole:
        return cell.differs ? QVariant(mixed(m_theme.panel, m_theme.of(Condition::Bad), 0.22)) : QVariant();
    default:
        return {};
    }
}

QVariant RedisRowsModel::text(const Cell& cell, int column) const
{
    switch (column) {
    case BidPrice:
    case AskPrice:
        return QString::fromStdString(cell.redis.price);
    case BidQuantity:
    case AskQuantity:
        return QString::fromStdString(cell.redis.quantity);
    default:
        return localText(cell);
    }
}

QString RedisRowsModel::localText(const Cell& cell)
{
    if (!cell.differs)
        return cell.isCompared ? tr("= equal") : QString();
    if (cell.local.price.empty())
        return tr("≠ no such row");
    return tr("≠ %1 × %2").arg(QString::fromStdString(cell.local.price), QString::fromStdString(cell.local.quantity));
}

QVariant RedisRowsModel::ink(const Cell& cell, int column) const
{
    switch (column) {
    case BidPrice:
        return m_theme.bid;
    case AskPrice:
        return m_theme.ask;
    case LocalBid:
    case LocalAsk:
        return cell.differs ? m_theme.of(Condition::Bad) : m_theme.faintText;
    default:
        return m_theme.text;
    }
}

QVariant RedisRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case BidPrice:
        return tr("Bid");
    case AskPrice:
        return tr("Ask");
    case LocalBid:
    case LocalAsk:
        return tr("Local book");
    default:
        return tr("Quantity");
    }
}

} // namespace obm

// What Redis returns of a book, row by row from the best price on, beside the local book as it was at the same u:
// equal, or what it had instead. Rows that differ are marked in words and colour. Thread: main.
#pragma once

#include "monitor/redis_book.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

#include <array>
#include <memory>
#include <vector>

namespace obm {

class RedisRowsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { BidPrice, BidQuantity, LocalBid, AskPrice, AskQuantity, LocalAsk, columnCountAll };

    explicit RedisRowsModel(const Theme& theme, QObject* parent = nullptr);

    void setTheme(const Theme& theme);
    // Null: nothing was read yet.
    void setBook(std::shared_ptr<const RedisBook> book);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Cell // one side of a row
    {
        TextLevel redis;
        TextLevel local; // where it differs
        bool differs = false;
        bool isCompared = false;

        bool operator==(const Cell&) const = default;
    };
    using Row = std::array<Cell, 2>; // bid, ask

    static std::vector<Row> rowsOf(const RedisBook& book);
    static Cell& cellAt(std::vector<Row>& rows, std::size_t row, bool isBid);
    [[nodiscard]] static QString localText(const Cell& cell);
    [[nodiscard]] QVariant text(const Cell& cell, int column) const;
    [[nodiscard]] QVariant ink(const Cell& cell, int column) const;
    void tellAllChanged();

    Theme m_theme;
    std::vector<Row> m_rows;
};

} // namespace obm

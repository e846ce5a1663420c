// What Redis returns of a book beside the local book as it was at the same u: asks above, bids below, rows that differ
// marked in words and colour.
// Thread: main.
#pragma once

#include "monitor/redis_book.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace obm {

class RedisRowsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Side, RedisPrice, RedisQuantity, LocalPrice, LocalQuantity, Verdict, columnCountAll };

    explicit RedisRowsModel(const Theme& theme, QObject* parent = nullptr);

    void setTheme(const Theme& theme);
    // Null: nothing was read yet.
    void setBook(std::shared_ptr<const RedisBook> book);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        bool isBid = true;
        bool differs = false;
        bool isCompared = false;
        TextLevel redis;
        TextLevel local;

        bool operator==(const Row&) const = default;
    };

    static std::vector<Row> rowsOf(const RedisBook& book);
    static void addSide(const RedisBook& book, bool isBid, std::vector<Row>& rows);
    [[nodiscard]] static QString text(const Row& row, int column);
    [[nodiscard]] QVariant ink(const Row& row, int column) const;

    Theme m_theme;
    std::vector<Row> m_rows;
};

} // namespace obm

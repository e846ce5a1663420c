// 'In Redis': what any reader gets for the symbol right now, whose it is and how old, and whether it is the local book
// as it was at the same u. Where there is nothing, or nothing to compare with, it says why.
// Thread: main.
#pragma once

#include "monitor/redis_book.h"
#include "ui/inspector/redis_rows_model.h"

#include <QLabel>
#include <QTableView>
#include <QWidget>

#include <memory>

namespace obm {

class RedisPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RedisPanel(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    // `noLocalBook`: why the link has no local books at all; empty: it has.
    void showBook(std::shared_ptr<const RedisBook> book, const QString& noLocalBook, std::int64_t nowEpochMs);

private:
    void setVerdict(const QString& text, const QColor& colour);

    Theme m_theme;
    RedisRowsModel m_model;
    QLabel* m_facts;   // u, age, owner
    QLabel* m_verdict; // equal, differs, or why it cannot be told
    QTableView* m_table;
};

// The line of facts and the line of judgement; pure.
QString factsOf(const RedisBook& book, std::int64_t nowEpochMs);
QString verdictOf(const RedisBook* book, const QString& noLocalBook);

} // namespace obm
